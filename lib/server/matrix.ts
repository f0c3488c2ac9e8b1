import type { FlowManifest, VariantId } from "../core/flow.ts";
import { usualSettings } from "../core/lab-settings.ts";
import type { MatrixCell, MatrixNews, MatrixView, MatrixWanted } from "../core/matrix.ts";
import { ok, type Result, refuse } from "../core/result.ts";
import type { Clock } from "../core/time.ts";
import type { Stage } from "../lab/actors.ts";
import { experiments } from "../lab/experiments.ts";
import { playMatrix } from "../lab/matrix.ts";
import { ndjson } from "./ndjson.ts";
import { runningVersion } from "./running-version.ts";

/** What labs had played is remembered for so many of them; then the one that began first is forgotten. */
const labsKept = 50;
/** So many runs at once in one process: each takes all the machine it gets. */
const runsAtOnce = 2;

type Kept = { readonly cells: Map<string, MatrixCell>; running: boolean };

type MatrixOptions = {
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
  readonly missing: ReadonlyMap<VariantId, string>;
  readonly systemClock: Clock;
};

/** Who still gets in: every experiment against every variant, played on demand and remembered by lab, in this process. */
export function createMatrix({ stage, manifests, missing, systemClock }: MatrixOptions) {
  const labs = new Map<string, Kept>();
  const playable = manifests.flatMap((manifest) =>
    manifest.variants.filter(({ id }) => !missing.has(id)).map((variant) => ({ manifest, variant })),
  );
  const every = playable.flatMap((each) =>
    experiments.map((experiment) => ({ ...each, experiment, stage, manifests })),
  );

  function keep(labId: string): Kept {
    const kept = labs.get(labId) ?? { cells: new Map<string, MatrixCell>(), running: false };
    labs.set(labId, kept);
    if (labs.size > labsKept) labs.delete([...labs].find(([, each]) => !each.running)?.[0] ?? "");
    return kept;
  }

  return {
    async view(labId: string): Promise<MatrixView> {
      const kept = labs.get(labId);
      return {
        lab: labId,
        version: await runningVersion(),
        settings: { lifetimes: usualSettings.lifetimes },
        variants: playable.map(({ variant }) => variant.id),
        experiments: experiments.map(({ id }) => id),
        missing: [...missing].map(([variant, needs]) => ({ variant, needs })),
        cells: [...(kept?.cells.values() ?? [])],
        running: kept?.running ?? false,
      };
    },

    /**
     * UNPROCESSABLE: an experiment or variant that is not there. TOO_MANY_REQUESTS: this lab, or enough others, are having
     * cells played.
     */
    run(labId: string, wanted: MatrixWanted, given: AbortSignal): Result<ReadableStream<Uint8Array>> {
      const known = new Set<string>(every.flatMap(({ experiment, variant }) => [experiment.id, variant.id]));
      if (![...(wanted.variants ?? []), ...(wanted.experiments ?? [])].every((id) => known.has(id)))
        return refuse("UNPROCESSABLE");
      const running = [...labs.values()].filter((each) => each.running);
      if (labs.get(labId)?.running || running.length >= runsAtOnce) return refuse("TOO_MANY_REQUESTS");
      const kept = keep(labId);
      const cells = every.filter(
        ({ experiment, variant }) =>
          (wanted.variants?.includes(variant.id) ?? true) &&
          (wanted.experiments?.includes(experiment.id) ?? true) &&
          (wanted.again === true || !kept.cells.has(keyOf(variant.id, experiment.id))),
      );
      kept.running = true;
      const work = async (tell: (news: MatrixNews) => void, signal: AbortSignal) => {
        tell({ type: "begun", cells: cells.length });
        await playMatrix(
          cells,
          (news) => {
            if (news.type === "failed") return tell(news);
            const cell = { ...news.verdict, playedAt: new Date(systemClock.now()).toISOString() };
            kept.cells.set(keyOf(cell.variant, cell.experiment), cell);
            tell({ type: "cell", cell });
          },
          signal,
        ).finally(() => {
          kept.running = false;
        });
        tell({ type: "done" });
      };
      return ok(ndjson(work, given));
    },

    forget(labId: string): void {
      labs.delete(labId);
    },
  };
}

function keyOf(variant: string, experiment: string): string {
  return `${variant} ${experiment}`;
}
