import { holdingName } from "../../../core/credential.ts";
import type { FlowId } from "../../../core/ids.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { claimedOf } from "../theft/claimed.ts";
import { senders } from "../theft/senders.ts";
import type { AttackCell, AttackRow } from "./model.ts";

/** A thief with a copy, as each variant claims to answer him. A test plays the claim of every variant. */
function theftRow(
  manifests: readonly FlowManifest[],
  id: "own-device" | "alike",
  told: Pick<AttackRow, "title" | "words" | "stops">,
): AttackRow {
  return {
    ...{ id: `theft-${id}`, group: "Takes or plants a credential", href: "/attacks/theft", ...told },
    cells: Object.fromEntries(
      manifests.map(({ id: flow, variants, defaults }): [FlowId, AttackRow["cells"][FlowId]] => {
        const variant = variants.find((each) => each.id === defaults.lab) ?? variants[0];
        return [flow, { without: cellOf(variant, id, "off"), with: cellOf(variant, id, "enforce") }];
      }),
    ),
  };
}

/** The credential that gets in, if one does; else how the thief is refused. */
function cellOf(variant: Variant, id: string, binding: "off" | "enforce"): AttackCell {
  const thief = senders.find((each) => each.id === id);
  if (!thief) throw new Error(`No sender is called ${id}`);
  const answers = variant.holds.map((holding) => ({
    name: holdingName(holding),
    code: claimedOf(variant, holding.credential, thief, binding).code,
  }));
  const open = answers.find(({ code }) => code === null);
  return open
    ? { outcome: "succeeds", words: `with a copied ${open.name}` }
    : { outcome: "refused", words: answers[0]?.code ?? "" };
}

/** From a device of his own, and with everything that binding compares. */
export function theftRows(manifests: readonly FlowManifest[]): readonly AttackRow[] {
  return [
    theftRow(manifests, "own-device", {
      title: "Stolen, from another device",
      words: "A copy of the credential in another browser.",
      stops: "binding, where a record is asked",
    }),
    theftRow(manifests, "alike", {
      title: "Stolen, by one who looks like her",
      words: "Her user agent, behind her address.",
      stops: "only a key that the device holds",
    }),
  ];
}
