import type { FlowManifest, VariantId } from "../core/flow.ts";
import type { Performance } from "../core/matrix.ts";
import { ok, type Result, refuse } from "../core/result.ts";
import type { Clock } from "../core/time.ts";
import type { Stage } from "../lab/actors.ts";
import { findExperiment } from "../lab/experiments.ts";
import { play } from "../lab/runner.ts";
import { ndjson } from "./ndjson.ts";

/** What is to be played. `exchanges`: each verdict brings what was sent and answered, as its proof. */
export type ExperimentWanted = {
  readonly id: string;
  readonly variants: readonly VariantId[];
  readonly exchanges: boolean;
};

/** Plays an experiment, one variant after another; each step is told as it happens, then the verdict. */
export function streamExperiment(
  { stage, manifests, clock }: { stage: Stage; manifests: readonly FlowManifest[]; clock: Clock },
  { id, variants, exchanges }: ExperimentWanted,
  given: AbortSignal,
): Result<ReadableStream<Uint8Array>> {
  const experiment = findExperiment(id);
  if (!experiment) return refuse("NOT_FOUND");
  const parts = variants.flatMap((wanted) =>
    manifests.flatMap((manifest) =>
      manifest.variants.filter((each) => each.id === wanted).map((variant) => ({ manifest, variant })),
    ),
  );
  if (parts.length !== variants.length) return refuse("UNPROCESSABLE");

  const work = async (tell: (line: object) => void, signal: AbortSignal) => {
    for (const { manifest, variant } of parts) {
      if (signal.aborted) return;
      const performances: Performance[] = [];
      const witness = exchanges ? { witness: (each: Performance) => void performances.push(each) } : {};
      const onStep = (report: object) => void tell({ type: "step", variant: variant.id, ...report });
      const verdict = await play({ experiment, manifest, variant, stage, manifests, ...witness }, onStep);
      const proof = exchanges ? { performances } : {};
      tell({ type: "verdict", ...verdict, ...proof, playedAt: new Date(clock.now()).toISOString() });
    }
  };
  return ok(ndjson(work, given));
}
