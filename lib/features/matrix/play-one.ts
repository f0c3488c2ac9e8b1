import type { VariantId } from "../../core/ids.ts";
import { ok, type Result, refuse } from "../../core/result.ts";
import type { Clock } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { ndjson } from "../../http/ndjson.ts";
import { findExperiment } from "../../lab/experiments.ts";
import type { ExperimentNews, MatrixCell, Performance } from "../../lab/played-cells.ts";
import { play } from "../../lab/runner.ts";
import type { Part, Stage } from "../../lab/stage.ts";

/** So many at once in one process, and asked for by one lab; each plays one variant after another. */
const atOnce = 40;
const atOnceOfLab = 12;

/** What is to be played; each variant once. `exchanges`: each verdict brings what was sent and answered, as its proof. */
export type ExperimentWanted = {
  readonly id: string;
  readonly variants: readonly VariantId[];
  readonly exchanges: boolean;
};

type ExperimentOptions = {
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
  readonly systemClock: Clock;
  /** Told of each verdict that somebody still waits for. */
  readonly keep: (labId: string, cell: MatrixCell) => void;
};

type Playing = { readonly labId: string; readonly stop: () => void };
type Tell = (news: ExperimentNews) => void;

export type Experiments = ReturnType<typeof createExperiments>;

/** One experiment at a time for whoever asks, each in labs of its own. */
export function createExperiments({ stage, manifests, systemClock, keep }: ExperimentOptions) {
  // Also what was stopped, as long as it finishes a variant: until then it takes the machine as before.
  const playing = new Set<Playing>();

  /** Each step as it happens, then the verdict, which is the newest truth about that cell; or why there is none. */
  async function playPart(part: Part, exchanges: boolean, labId: string, tell: Tell, signal: AbortSignal) {
    const { experiment, variant } = part;
    const performances: Performance[] = [];
    const witness = exchanges ? { witness: (each: Performance) => void performances.push(each) } : {};
    try {
      const verdict = await play({ ...part, ...witness }, (report) =>
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
     * One variant after another. NOT_FOUND: no such experiment. UNPROCESSABLE: no such variant. TOO_MANY_REQUESTS: as
     * many as there may be are being played, in this process or for this lab.
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
      const work = async (tell: Tell, signal: AbortSignal) => {
        const begun = { labId, stop: () => stop.abort() };
        playing.add(begun);
        try {
          for (const part of parts) if (!signal.aborted) await playPart(part, exchanges, labId, tell, signal);
        } finally {
          playing.delete(begun);
        }
      };
      return ok(ndjson(work, AbortSignal.any([given, stop.signal])));
    },

    /** The lab is gone: what is played for it stops, and is not kept. */
    forget(labId: string): void {
      for (const each of playing) if (each.labId === labId) each.stop();
    },
  };
}
