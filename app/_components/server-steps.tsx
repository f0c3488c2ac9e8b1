import type { TraceStep } from "@/lib/core/exchange.ts";
import { took } from "./format-time.ts";
import { Nothing } from "./pane.tsx";

const refusedWord = /^[A-Z_]{4,}( at .+)?$/;

/** What the server did for one request, in order, as its traced ports saw it. */
export function ServerSteps({ steps }: { steps: readonly TraceStep[] }) {
  if (steps.length === 0) {
    return <Nothing>No step was traced. Steps are kept only while somebody watches this lab.</Nothing>;
  }
  return (
    <ol className="grid grid-cols-[auto_auto_1fr_auto] font-mono text-xs">
      {steps.map((step, index) => (
        <li
          key={`${step.startedAfter} ${step.actor} ${step.did}`}
          className="col-span-4 grid grid-cols-subgrid gap-x-2.5 border-t border-line py-1 first:border-0"
        >
          <span className="text-faint">{index + 1}</span>
          <span>
            <span className="font-semibold text-flow">{step.actor}</span> {step.did}
          </span>
          <span className={`min-w-0 wrap-anywhere ${refusedWord.test(step.found) ? "text-refused" : "text-dim"}`}>
            {step.found}
          </span>
          <span className="figures text-right text-faint" title={`began after ${took(step.startedAfter)}`}>
            {took(step.took)}
          </span>
        </li>
      ))}
    </ol>
  );
}
