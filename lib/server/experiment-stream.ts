import type { FlowManifest, VariantId } from "../core/flow.ts";
import { ok, type Result, refuse } from "../core/result.ts";
import type { Clock } from "../core/time.ts";
import type { Stage } from "../lab/actors.ts";
import { findExperiment } from "../lab/experiments.ts";
import { play } from "../lab/runner.ts";

/** Plays an experiment in process, one variant after another; each step is told as it happens, then the verdict. */
export function streamExperiment(
  { stage, manifests, clock }: { stage: Stage; manifests: readonly FlowManifest[]; clock: Clock },
  id: string,
  variants: readonly VariantId[],
  signal: AbortSignal,
): Result<ReadableStream<Uint8Array>> {
  const experiment = findExperiment(id);
  if (!experiment) return refuse("NOT_FOUND");
  const parts = variants.flatMap((wanted) =>
    manifests.flatMap((manifest) =>
      manifest.variants.filter((each) => each.id === wanted).map((variant) => ({ manifest, variant })),
    ),
  );
  if (parts.length !== variants.length) return refuse("UNPROCESSABLE");

  const encoder = new TextEncoder();
  let stopped = false;
  return ok(
    new ReadableStream({
      async start(controller) {
        const tell = (line: object) => stopped || controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        try {
          for (const { manifest, variant } of parts) {
            if (stopped || signal.aborted) break;
            const onStep = (report: object) => void tell({ type: "step", variant: variant.id, ...report });
            const verdict = await play({ experiment, manifest, variant, stage, manifests }, onStep);
            tell({ type: "verdict", ...verdict, playedAt: new Date(clock.now()).toISOString() });
          }
          if (!stopped) controller.close();
        } catch (error) {
          if (!stopped) controller.error(error);
        }
      },
      cancel() {
        stopped = true;
      },
    }),
  );
}
