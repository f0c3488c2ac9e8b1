import type { FlowId } from "../../../core/ids.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { declaredForm } from "../forgery/form-of.ts";
import { forgeriesOf } from "../forgery/table.ts";
import type { AttackCell, AttackRow } from "./model.ts";

/** Forged credentials, as each variant's manifest claims it. A test plays the claim, and every case of the table. */
export function forgeryRow(manifests: readonly FlowManifest[]): AttackRow {
  return {
    id: "forgery",
    group: "Makes or guesses one",
    title: "Forged",
    words: "Every case of one table, each by a real request.",
    href: "/attacks/forgery",
    stops: "one algorithm, every claim checked",
    cells: Object.fromEntries(
      manifests.map((manifest): [FlowId, AttackRow["cells"][FlowId]] => {
        const variant = manifest.variants.find(({ id }) => id === manifest.defaults.lab) ?? manifest.variants[0];
        return [manifest.id, { without: againstMistakes(variant), with: asClaimed(variant) }];
      }),
    ),
  };
}

/** Whether a case of its form is played against a verifier with a mistake, which lets it in. */
function againstMistakes(variant: Variant): AttackCell {
  const fooling = forgeriesOf(declaredForm(variant)).filter(({ weakness }) => typeof weakness === "string").length;
  if (fooling === 0) return { outcome: "cannot", words: "a random id says nothing" };
  return { outcome: "succeeds", words: `${fooling} of its cases, by a mistake` };
}

function asClaimed({ claims }: Variant): AttackCell {
  const claim = claims["forge"]?.find(({ credential }) => credential === "access");
  if (!claim || claim.outcome === "exposed") return { outcome: "succeeds", words: "as anybody" };
  return { outcome: "refused", words: claim.outcome };
}
