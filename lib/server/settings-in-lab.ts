import type { Variant } from "../core/flow.ts";
import type { Lab } from "../core/lab.ts";
import { lifetimePresets } from "../core/time.ts";

/** A variant as this lab runs it: its own settings, but for what the lab chose itself. */
export function inLab(lab: Lab, variant: Variant): Variant {
  if (lab.lifetimes === "standard") return variant;
  return { ...variant, settings: { ...variant.settings, lifetimes: lifetimePresets[lab.lifetimes] } };
}
