import type { VariantId } from "../../core/ids.ts";
import { ok, type Result, refuse } from "../../core/result.ts";
import type { Clock } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { ndjson } from "../../http/ndjson.ts";
import { firstOf } from "../../http/stopping.ts";
import { findExperiment } from "../../lab/experiments.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";
import type { ExperimentNews, MatrixCell, Performance } from "../../lab/played-cells.ts";
import { play } from "../../lab/runner.ts";
import type { Part, Stage } from "../../lab/stage.ts";

/** The most experiments at once in one process, and for one lab. Each plays its variants one after another. */
const atOnce = 40;
const atOnceOfLab = 12;

/**
 * The experiment and its variants, each named once. `exchanges`: each verdict comes with the requests and answers, as
 * proof.
 */
export type ExperimentWanted = {
  readonly id: string;
  readonly variants: readonly VariantId[];
  readonly exchanges: boolean;
};

type ExperimentOptions = {
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
  readonly systemClock: Clock;
  /** Called with each verdict, while the caller still listens. */
  readonly keep: (labId: string, cell: MatrixCell) => void;
  readonly memory: Pick<LabMemory, "keep">;
};

type Playing = { readonly labId: string; readonly stop: () => void };
type TellNews = (news: ExperimentNews) => void;

export type Experiments = ReturnType<typeof createExperiments>;

/** Plays single experiments for callers, each in labs of its own. */
export function createExperiments({ stage, manifests, systemClock, keep, memory }: ExperimentOptions) {
  // A stopped experiment still counts until its current variant is done: until then it uses the machine.
  // Bounded by `atOnce`.
  const playing = new Set<Playing>();
  memory.keep({
    name: "experiments",
    count: () => playing.size,
    /** They stop, and their results are dropped. */
    forget(gone) {
      for (const each of playing) if (gone.has(each.labId)) each.stop();
    },
  });

  /** Streams each step, then the verdict, or why there is none. The verdict becomes the newest result for that cell. */
  async function playPart(part: Part, exchanges: boolean, labId: string, tell: TellNews, signal: AbortSignal) {
    const { experiment, variant } = part;
    const performances: Performance[] = [];
    const watching = exchanges ? { onPerformance: (each: Performance) => void performances.push(each) } : {};
    try {
      const verdict = await play({ ...part, ...watching }, (report) =>
        tell({ type: "step", variant: variant.id, ...report }),
      );
      if (signal.aborted) return;
      const cell = { ...verdict, playedAt: new Date(systemClock.now()).toISOString() };
      keep(labId, cell);
      tell({ type: "verdict", ...cell, ...(exchanges && { performances }) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tell({ type: "failed", variant: variant.id, experiment: experiment.id, reason });
    }
  }

  return {
    /**
     * Plays the variants one after another. NOT_FOUND: no such experiment. UNPROCESSABLE: no such variant.
     * TOO_MANY_REQUESTS: the process or this lab is already playing as many as it may.
     */
    play(
      labId: string,
      { id, variants, exchanges }: ExperimentWanted,
      given: AbortSignal,
    ): Result<ReadableStream<Uint8Array>> {
      const experiment = findExperiment(id);
      if (!experiment) return refuse("NOT_FOUND");
      const parts = variants.flatMap((wanted) =>
        manifests.flatMap((manifest) =>
          manifest.variants
            .filter((each) => each.id === wanted)
            .map((variant): Part => ({ experiment, manifest, variant, stage, manifests })),
        ),
      );
      if (parts.length !== variants.length) return refuse("UNPROCESSABLE");
      const own = [...playing].filter((each) => each.labId === labId);
      if (playing.size >= atOnce || own.length >= atOnceOfLab) return refuse("TOO_MANY_REQUESTS");

      const stop = new AbortController();
      const work = async (tell: TellNews, signal: AbortSignal) => {
        const begun = { labId, stop: () => stop.abort() };
        playing.add(begun);
        try {
          for (const part of parts) if (!signal.aborted) await playPart(part, exchanges, labId, tell, signal);
        } finally {
          playing.delete(begun);
        }
      };
      return ok(ndjson(work, firstOf([given, stop.signal])));
    },
  };
}
