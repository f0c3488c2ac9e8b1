import type { Variant } from "../../core/variant.ts";
import type { ClaimSheet } from "../experiment.ts";
import { reasonOf } from "./reason.ts";

/**
 * The claims of a variant and why each holds. A page that shows claims only gets the sentences, and not the function that makes them.
 * `reasons`: by experiment, in the order of its claims. `null`: the next claim is on the same credential and has the
 * same reason.
 */
export type ReasonedSheet = ClaimSheet & { readonly reasons: Readonly<Record<string, readonly (string | null)[]>> };

export function reasonedSheet(variant: Variant): ReasonedSheet {
  const { id, claims, settings } = variant;
  const reasons = Object.keys(claims).map((event) => [event, reasonsIn(variant, event)] as const);
  return { id, claims, settings, reasons: Object.fromEntries(reasons) };
}

function reasonsIn(variant: Variant, event: string): readonly (string | null)[] {
  const said = (variant.claims[event] ?? []).map(({ credential, thief = "silent" }) => {
    const why = reasonOf(variant, variant.settings, event, credential, { seen: "nothing", thief });
    return { credential, why };
  });
  return said.map(({ credential, why }, at) => {
    const next = said[at + 1];
    return next?.credential === credential && next.why === why ? null : why;
  });
}
