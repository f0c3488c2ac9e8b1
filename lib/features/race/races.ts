import { setTimeout } from "node:timers/promises";
import type { VariantId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import { ok } from "../../core/result.ts";
import { type Clock, lifetimePresets, second } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { ndjson } from "../../http/ndjson.ts";
import { firstOf } from "../../http/stopping.ts";
import type { Experiment } from "../../lab/experiment.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";
import type { Stage } from "../../lab/stage.ts";
import type { RaceWanted } from "./model.ts";
import { copiesOf, findPlug, raceLifetimes, racePlugs } from "./plugs.ts";
import { type Race, runRace } from "./run-race.ts";

/** The most lanes at once in one process, of all labs together: each checks its copies once a second. */
const lanesAtOnce = 100;
/** The longest time of a race, on the system's clock. */
const longest = Math.max(...Object.values(lifetimePresets[raceLifetimes])) + 30 * second;

type Running = { readonly lanes: number; readonly until: number; readonly stop: () => void };

type RaceOptions = {
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
  readonly systemClock: Clock;
  readonly memory: Pick<LabMemory, "keep">;
};

export type Races = ReturnType<typeof createRaces>;

/**
 * Newline-delimited JSON of `RaceNews`. `retryAfter`: seconds until the race that is in the way is over at the latest.
 */
type RaceStart =
  | { readonly ok: true; readonly value: ReadableStream<Uint8Array> }
  | { readonly ok: false; readonly code: RefusalCode; readonly detail: string; readonly retryAfter?: number };

/** Races in real time, one at a time for each lab that asks. Each race runs in labs of its own. */
export function createRaces({ stage, manifests, systemClock, memory }: RaceOptions) {
  // Bounded: by `lanesAtOnce`; an entry goes with its race.
  const running = new Map<string, Running>();
  memory.keep({
    name: "races",
    count: () => running.size,
    forget(gone) {
      for (const [labId, { stop }] of running) if (gone.has(labId)) stop();
    },
  });

  function busy(labId: string, lanes: number): RaceStart | null {
    const own = running.get(labId);
    if (own) return wait("A race of this lab is under way. Stop it, or wait for its end.", [own]);
    const others = [...running.values()];
    const taken = others.reduce((sum, each) => sum + each.lanes, 0);
    return taken + lanes > lanesAtOnce
      ? wait("Others are racing here, with all the lanes that there are.", others)
      : null;
  }

  function wait(detail: string, races: readonly Running[]): RaceStart {
    const until = Math.min(...races.map((each) => each.until));
    const retryAfter = Math.max(1, Math.ceil((until - systemClock.now()) / second));
    return { ok: false, code: "TOO_MANY_REQUESTS", detail, retryAfter };
  }

  return {
    start(labId: string, wanted: RaceWanted, given: AbortSignal): RaceStart {
      const plug = findPlug(wanted.plug);
      if (!plug)
        return unknown(
          "plug",
          racePlugs.map(({ id }) => id),
        );
      const chosen = variantsOf(manifests, wanted.variants);
      if (chosen.length !== wanted.variants.length) {
        return unknown(
          "variants",
          manifests.flatMap(({ variants }) => variants.map(({ id }) => id)),
        );
      }
      const entrants = entrantsOf(plug, chosen, wanted.active);
      const declined = busy(labId, entrants.length);
      if (declined) return declined;

      const stop = new AbortController();
      const own = { lanes: entrants.length, until: systemClock.now() + longest, stop: () => stop.abort() };
      running.set(labId, own);
      const leave = () => {
        if (running.get(labId) === own) running.delete(labId);
      };
      return ok(
        ndjson(
          async (tell, signal) => {
            // After a stop the next race may start, while this one's labs are still being given back.
            signal.addEventListener("abort", leave);
            await runRace({ plug, entrants, stage, clock: systemClock, pause, signal }, tell).finally(leave);
          },
          firstOf([given, stop.signal]),
        ),
      );
    },
  };
}

function unknown(field: string, known: readonly string[]): RaceStart {
  return { ok: false, code: "UNPROCESSABLE", detail: `${field}: there are ${known.join(", ")}.` };
}

type Chosen = Pick<Race["entrants"][number], "manifest" | "variant">;

function variantsOf(manifests: readonly FlowManifest[], wanted: readonly VariantId[]): readonly Chosen[] {
  return manifests.flatMap((manifest) =>
    manifest.variants.filter(({ id }) => wanted.includes(id)).map((variant) => ({ manifest, variant })),
  );
}

/** A lane for each variant, and one more for its active thief where that one gains something. */
export function entrantsOf(plug: Experiment, chosen: readonly Chosen[], active = false): Race["entrants"] {
  return chosen.flatMap((one) => [
    { ...one, thief: "silent" as const },
    ...(active && copiesOf(one.variant, plug, "active").length > 0 ? [{ ...one, thief: "active" as const }] : []),
  ]);
}

/** Waits in real time, and stops waiting when the race is stopped. */
async function pause(length: number, signal: AbortSignal): Promise<void> {
  await setTimeout(length, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
