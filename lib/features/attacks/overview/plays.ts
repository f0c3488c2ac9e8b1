import type { FlowId } from "../../../core/ids.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { keyUnder } from "../leaked-key/leaked-keys.ts";
import { believingVariant } from "./leaked-key-row.ts";
import type { AttackRow, PlayAsked } from "./model.ts";

/**
 * The rows with the requests by which the server plays them, flow by flow, with each flow's default variant in a lab. A cell
 * that says *cannot* twice has none, and rows that are played in a window of the browser have none at all.
 */
export function withPlays(rows: readonly AttackRow[], manifests: readonly FlowManifest[]): readonly AttackRow[] {
  return rows.map((row) => {
    const plays = manifests.flatMap((manifest): readonly (readonly [FlowId, PlayAsked])[] => {
      const cells = row.cells[manifest.id];
      const asked = cells && cells.with.outcome !== "cannot" ? askedFor(row.id, manifest) : null;
      return asked ? [[manifest.id, asked]] : [];
    });
    return plays.length > 0 ? { ...row, plays: Object.fromEntries(plays) } : row;
  });
}

function askedFor(row: string, { id, variants, defaults }: FlowManifest): PlayAsked | null {
  const variant = variants.find((each) => each.id === defaults.lab) ?? variants[0];
  switch (row) {
    case "theft-own-device":
    case "theft-alike":
      return { address: "/api/lab/theft", body: { variant: variant.id } };
    case "fixation":
      return { address: "/api/lab/fixation", body: { variant: variant.id } };
    case "forgery":
      return { address: "/api/lab/forgery", body: { variant: variant.id } };
    case "leaked-key":
      return withLeakedKey(variant, variants);
    case "guessing":
      // The limits are the same in front of every login. The play guesses at this one.
      return id === "server-session" ? { address: "/api/lab/guessing", body: { attack: "many-addresses" } } : null;
    default:
      return null;
  }
}

/** `null`: the variant that shows what the key is worth without a record stands on another key. */
function withLeakedKey(variant: Variant, variants: readonly Variant[]): PlayAsked | null {
  const key = keyUnder(variant);
  const believing = believingVariant([variant, ...variants]);
  if (key === null || !believing || keyUnder(believing) !== key) return null;
  return {
    ...{ address: "/api/lab/leaked-key", body: { key, as: "admin" } },
    variants: { without: believing.id, with: variant.id },
  };
}
