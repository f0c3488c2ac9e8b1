import { type Claim, lengthOf, type Thief } from "../../core/claim.ts";
import type { VariantId } from "../../core/ids.ts";
import { type LifetimePreset, second } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { claimLines, type Experiment, type ExperimentGroup } from "../../lab/experiment.ts";
import { experiments } from "../../lab/experiments.ts";
import { inLab, usualSettings } from "../../lab/lab-settings.ts";
import type { RaceCopy } from "./model.ts";

/** Every login of a race has lifetimes of seconds, so that a class can watch it end. */
export const raceLifetimes: LifetimePreset = "seconds";

const known: readonly Experiment[] = experiments;

const unraced: ReadonlySet<ExperimentGroup> = new Set(["time", "thief", "use"]);

/**
 * The events of a race: the last step of each experiment in which a login is ended, or forgotten by its client.
 * Experiments that move the clock are left out, since a race runs in real time; so are those in which only the
 * thief acts, nobody ends anything, or no copy is asked about.
 */
export const racePlugs: readonly Experiment[] = known.filter(
  ({ group, steps, replay: { at, by } }) =>
    !unraced.has(group) && at === "own-flow" && by === undefined && steps.at(-1)?.actor !== "attacker",
);

export function findPlug(id: string): Experiment | undefined {
  return racePlugs.find((plug) => plug.id === id);
}

/** A variant with the settings of a race. */
export function asRaced(variant: Variant): Variant {
  return inLab({ ...usualSettings, lifetimes: raceLifetimes }, variant);
}

/** The experiment with the plug's script but without its last step. Where nothing has changed, a read cache is no step. */
function unpulled({ steps, replay }: Experiment): Experiment | undefined {
  const script = JSON.stringify(steps.slice(0, -1).filter(({ does }) => does !== "cache-reads"));
  return known.find((each) => each.replay.at === replay.at && JSON.stringify(each.steps) === script);
}

/** The variant's claim for a copy before the plug; `null`: it claims none, so the copy gets in. */
export function claimBefore(
  variant: Variant,
  plug: Experiment,
  { credential, thief }: Pick<Claim, "credential"> & { readonly thief: Thief },
): Claim | null {
  const before = unpulled(plug);
  return before ? expectedOf(variant, before, credential, thief) : null;
}

/**
 * The copies of a variant in a race, with its claim for each. A silent thief has all of them. An active one has those
 * for which use makes a difference.
 */
export function copiesOf(variant: Variant, plug: Experiment, thief: Thief = "silent"): readonly RaceCopy[] {
  const { settings } = asRaced(variant);
  const held =
    thief === "silent" ? variant.holds : variant.holds.filter(({ credential }) => gains(variant, plug, credential));
  return held.map(({ credential }) => {
    const expected = expectedOf(variant, plug, credential, thief);
    const length = expected && lengthOf(expected.until, settings);
    return { credential, expected, expectedSeconds: length === null ? null : length / second };
  });
}

/**
 * Whether a thief who keeps using this copy is claimed to get in for another time. Of refresh tokens the refresh bench
 * says what use does: it exchanges them.
 */
function gains(variant: Variant, plug: Experiment, credential: Claim["credential"]): boolean {
  const [unused, used] = [
    expectedOf(variant, plug, credential, "silent"),
    expectedOf(variant, plug, credential, "active"),
  ];
  return credential === "access" && unused?.until !== used?.until;
}

/**
 * A silent thief's copy in a race is looked at and never used. But it is also looked at before the plug. A server
 * that caches answers then has it in its cache, so for such a variant the claims on an active thief apply.
 */
function expectedOf({ claims }: Variant, { id }: Experiment, credential: Claim["credential"], by: Thief): Claim | null {
  const about = (claims[id] ?? []).filter((claim) => claim.credential === credential);
  const remembered = about.find(({ until }) => until === "staleFor");
  const claim = remembered ?? about.find(({ thief = by }) => thief === by);
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
