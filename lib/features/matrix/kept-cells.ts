import type { VariantId } from "../../core/ids.ts";
import { ok, type Result, refuse } from "../../core/result.ts";
import type { Clock } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { ndjson } from "../../http/ndjson.ts";
import { firstOf } from "../../http/stopping.ts";
import { replayedOf } from "../../lab/experiment.ts";
import { experiments } from "../../lab/experiments.ts";
import { usualSettings } from "../../lab/lab-settings.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";
import type { MatrixCell, MatrixNews, MatrixView, MatrixWanted } from "../../lab/played-cells.ts";
import type { Stage } from "../../lab/stage.ts";
import { runningVersion } from "../source/running-version.ts";
import { playMatrix } from "./play-cells.ts";

/**
 * The number of labs whose cells are remembered. Beyond it, the lab that has not played for the longest time is
 * forgotten.
 */
const labsKept = 50;
/**
 * The most runs at once in one process, and as many stopped ones that still finish a cell: each uses all of the
 * machine.
 */
const runsAtOnce = 2;

type Cells = Map<string, MatrixCell>;
type Run = { readonly labId: string; readonly signal: AbortSignal; readonly stop: () => void };

type MatrixOptions = {
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
  readonly missing: ReadonlyMap<VariantId, string>;
  readonly systemClock: Clock;
  readonly memory: Pick<LabMemory, "keep">;
};

export type Matrix = ReturnType<typeof createMatrix>;

/** The matrix: every experiment against every variant, played on demand and remembered by lab, in this process. */
export function createMatrix({ stage, manifests, missing, systemClock, memory }: MatrixOptions) {
  // Bounded by `labsKept`, and by `runsAtOnce`.
  const labs = new Map<string, Cells>();
  const runs = new Set<Run>();
  memory.keep({ name: "cells of the matrix", count: () => labs.size + runs.size, forget });
  const playable = manifests.flatMap((manifest) =>
    manifest.variants.filter(({ id }) => !missing.has(id)).map((variant) => ({ manifest, variant })),
  );
  // If the client holds no credential that the experiment would replay, there is no cell, no claim and no difference.
  const every = playable.flatMap((each) =>
    experiments
      .filter((experiment) => replayedOf(experiment, each.variant).length > 0)
      .map((experiment) => ({ ...each, experiment, stage, manifests })),
  );
  const keys = new Set(every.map(({ experiment, variant }) => keyOf(variant.id, experiment.id)));
  const knownVariants = new Set<string>(playable.map(({ variant }) => variant.id));
  const knownExperiments = new Set<string>(experiments.map(({ id }) => id));

  const isRunning = (labId: string) => [...runs].some((run) => run.labId === labId && !run.signal.aborted);

  function keep(labId: string, cell: MatrixCell): void {
    const cells = labs.get(labId) ?? new Map<string, MatrixCell>();
    // Moves the lab to the end: the last to be forgotten.
    labs.delete(labId);
    labs.set(labId, cells.set(keyOf(cell.variant, cell.experiment), cell));
    if (labs.size > labsKept) labs.delete([...labs.keys()].find((id) => !isRunning(id)) ?? "");
  }

  /** Also stops what is being played for them. */
  function forget(gone: ReadonlySet<string>): void {
    for (const run of runs) if (gone.has(run.labId)) run.stop();
    for (const labId of gone) labs.delete(labId);
  }

  return {
    async view(labId: string): Promise<MatrixView> {
      return {
        lab: labId,
        version: await runningVersion(),
        settings: { lifetimes: usualSettings.lifetimes },
        variants: playable.map(({ variant }) => variant.id),
        experiments: experiments.map(({ id }) => id),
        total: every.length,
        missing: [...missing].map(([variant, needs]) => ({ variant, needs })),
        cells: [...(labs.get(labId)?.values() ?? [])],
        running: isRunning(labId),
      };
    },

    /**
     * UNPROCESSABLE: an unknown experiment or variant. TOO_MANY_REQUESTS: this lab is playing cells, or enough other
     * labs are.
     */
    run(labId: string, wanted: MatrixWanted, given: AbortSignal): Result<ReadableStream<Uint8Array>> {
      const isKnown =
        (wanted.variants ?? []).every((id) => knownVariants.has(id)) &&
        (wanted.experiments ?? []).every((id) => knownExperiments.has(id));
      if (!isKnown) return refuse("UNPROCESSABLE");
      // A stopped run plays in labs of its own, so the next run can begin at once.
      if (isRunning(labId) || runs.size >= 2 * runsAtOnce) return refuse("TOO_MANY_REQUESTS");
      if ([...runs].filter(({ signal }) => !signal.aborted).length >= runsAtOnce) return refuse("TOO_MANY_REQUESTS");
      const kept = labs.get(labId);
      const cells = every.filter(
        ({ experiment, variant }) =>
          (wanted.variants?.includes(variant.id) ?? true) &&
          (wanted.experiments?.includes(experiment.id) ?? true) &&
          (wanted.again === true || !kept?.has(keyOf(variant.id, experiment.id))),
      );
      const stop = new AbortController();
      const work = async (tell: (news: MatrixNews) => void, signal: AbortSignal) => {
        const run = { labId, signal, stop: () => stop.abort() };
        runs.add(run);
        tell({ type: "begun", cells: cells.length });
        await playMatrix(
          cells,
          (news) => {
            // The caller has stopped the run, so results that arrive later are dropped.
            if (signal.aborted) return;
            if (news.type === "failed") return tell(news);
            const cell = { ...news.verdict, playedAt: new Date(systemClock.now()).toISOString() };
            keep(labId, cell);
            tell({ type: "cell", cell });
          },
          signal,
        ).finally(() => runs.delete(run));
        tell({ type: "done" });
      };
      return ok(ndjson(work, firstOf([given, stop.signal])));
    },

    /** Keeps a cell that was played outside of a run: it is the newest result for that cell. */
    keep(labId: string, cell: MatrixCell): void {
      if (keys.has(keyOf(cell.variant, cell.experiment))) keep(labId, cell);
    },
  };
}

function keyOf(variant: string, experiment: string): string {
  return `${variant} ${experiment}`;
}
