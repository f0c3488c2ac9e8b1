import type { Claim } from "../../core/claim.ts";
import type { Experiment } from "../../lab/experiment.ts";
import type { ConformanceState, VariantState } from "./model.ts";

/** What tests said of one variant and one requirement. */
export type Outcome = { readonly says: "met" | "cannot"; readonly status: "passed" | "failed" | "not-run" };

/**
 * The verdict for one variant. A failed test comes first. A test that shows `cannot` outweighs tests that show `met`: a
 * logout that ends one copy does not make up for another copy that gets in.
 */
export function verdictOf(said: readonly Outcome[]): Exclude<VariantState, "not-concerned"> {
  if (said.some(({ status }) => status === "failed")) return "failing";
  const seen = said.filter(({ status }) => status === "passed");
  if (seen.some(({ says }) => says === "cannot")) return "cannot";
  if (seen.length > 0) return "met";
  return said.length > 0 ? "not-run" : "unproven";
}

/** A flow, from its variants that are concerned and not wrong on purpose. */
export function verdictOfFlow(variants: readonly VariantState[]): ConformanceState {
  const concerned = variants.filter((state) => state !== "not-concerned");
  const is = (state: VariantState) => (each: VariantState) => each === state;
  if (concerned.length === 0) return "not-concerned";
  if (concerned.some(is("failing"))) return "failing";
  if (concerned.every(is("met"))) return "met";
  if (concerned.every(is("cannot"))) return "cannot";
  if (concerned.some(is("met")) && concerned.some(is("cannot"))) return "option";
  return concerned.some(is("not-run")) ? "not-run" : "unproven";
}

/**
 * What a confirmed claim means for the requirements of its experiment. If rights were changed without ending the login,
 * a copy may get in with today's rights; in every other experiment no copy may get in.
 */
export function saidByClaims(experiment: Pick<Experiment, "steps">, claims: readonly Claim[]): Outcome["says"] | null {
  if (claims.length === 0) return null;
  const aboutRights = experiment.steps.at(-1)?.does === "set-role";
  const kept = claims.every(
    ({ outcome, authority }) => outcome !== "exposed" || (aboutRights && authority === "current"),
  );
  return kept ? "met" : "cannot";
}
