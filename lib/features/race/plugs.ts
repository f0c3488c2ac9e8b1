import { type Claim, lengthOf } from "../../core/claim.ts";
import type { VariantId } from "../../core/ids.ts";
import { type LifetimePreset, second } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { claimLines, type Experiment } from "../../lab/experiment.ts";
import { experiments } from "../../lab/experiments.ts";
import { inLab, usualSettings } from "../../lab/lab-settings.ts";
import type { RaceCopy } from "./model.ts";

/** Nobody watches for hours: every login of a race has the lifetimes of a classroom. */
export const raceLifetimes: LifetimePreset = "seconds";

const known: readonly Experiment[] = experiments;

/**
 * What can be pulled: the last step of each experiment in which somebody ends something, or nobody does. A moved clock
 * is none, since a race is run in real time; nor is what only the thief does.
 */
export const racePlugs: readonly Experiment[] = known.filter(
  ({ group, steps, replay }) =>
    group !== "time" && group !== "thief" && replay.at === "own-flow" && steps.at(-1)?.actor !== "attacker",
);

export function findPlug(id: string): Experiment | undefined {
  return racePlugs.find((plug) => plug.id === id);
}

/** A variant as a race runs it. */
export function asRaced(variant: Variant): Variant {
  return inLab({ ...usualSettings, lifetimes: raceLifetimes }, variant);
}

/** The experiment that a plug becomes when nobody pulls it: its script without the last step. */
function unpulled({ steps, replay }: Experiment): Experiment | undefined {
  const script = JSON.stringify(steps.slice(0, -1));
  return known.find((each) => each.replay.at === replay.at && JSON.stringify(each.steps) === script);
}

/** What a variant claims of a copy before anybody pulls the plug; `null`: nothing, so there it gets in. */
export function claimBefore(variant: Variant, plug: Experiment, credential: Claim["credential"]): Claim | null {
  const before = unpulled(plug);
  return before ? expectedOf(variant, before, credential) : null;
}

/** The copies that a variant runs with, and what it claims of each. */
export function copiesOf(variant: Variant, plug: Experiment): readonly RaceCopy[] {
  const { settings } = asRaced(variant);
  return variant.holds.map(({ credential }) => {
    const expected = expectedOf(variant, plug, credential);
    const length = expected && lengthOf(expected.until, settings);
    return { credential, expected, expectedSeconds: length === null ? null : length / second };
  });
}

/**
 * A copy in a race is looked at and never used, as a silent thief's is. But it is looked at before the plug as well, and
 * whoever remembers what it was asked remembers that too: there it is as with an active thief.
 */
function expectedOf({ claims }: Variant, { id }: Experiment, credential: Claim["credential"]): Claim | null {
  const about = (claims[id] ?? []).filter((claim) => claim.credential === credential);
  const remembered = about.find(({ until }) => until === "staleFor");
  const claim = remembered ?? about.find(({ thief = "silent" }) => thief === "silent");
  if (!claim) return null;
  const { thief: _, ...expected } = claim;
  return expected;
}

/** One variant for each thing that a flow can show at this plug: a flow's own default before the others. */
export function oneOfEachKind(plug: Experiment, manifests: readonly FlowManifest[]): readonly VariantId[] {
  return manifests.flatMap(({ variants, defaults }) => {
    const shown = new Map<string, VariantId>();
    const first = variants.filter(({ id }) => id === defaults.lab);
    for (const variant of [...first, ...variants]) {
      const kind = copiesOf(variant, plug).flatMap(({ expected }) => claimLines(expected ? [expected] : []));
      if (!shown.has(kind.join())) shown.set(kind.join(), variant.id);
    }
    return [...shown.values()];
  });
}
