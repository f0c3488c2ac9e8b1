"use client";

import type { FlowId } from "@/lib/core/ids.ts";
import { duration } from "@/lib/core/time.ts";
import { useLabNow } from "./lab-time.tsx";

/** The result of the person's last action. */
export type Outcome = {
  /** The action, in the words of its button. */
  readonly asked: string;
  readonly accepted: boolean;
  /** The result in words, if there is more to say. For a refusal its sentence. */
  readonly detail: string | null;
  readonly status: number;
  readonly code: string | null;
  /** When the action may be tried again, in milliseconds since 1970 on this machine's clock. */
  readonly retryAt: number | null;
  /** Where it was done to several flows: the result of each. */
  readonly each?: readonly FlowOutcome[];
};

export type FlowOutcome = { readonly flow: FlowId; readonly title: string; readonly words: string };

/** A live region. The line stays until the next action. */
export function OutcomeLine({ outcome, className = "" }: { outcome: Outcome | undefined; className?: string }) {
  return (
    <div role="status" aria-live="polite" className={className}>
      {outcome && (outcome.accepted ? <Accepted outcome={outcome} /> : <Refused outcome={outcome} />)}
    </div>
  );
}

/** What was done, and what came of it in each flow, in its colour. */
function Accepted({ outcome: { asked, detail, each = [] } }: { outcome: Outcome }) {
  if (detail === null && each.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 text-xs text-dim">
      <span>
        {asked}
        {detail !== null && `: ${detail}`}
      </span>
      {each.map(({ flow, title, words }) => (
        <span key={flow} data-flow={flow}>
          <span className="font-semibold text-flow">{title}</span> {words}
        </span>
      ))}
    </p>
  );
}

function Refused({ outcome }: { outcome: Outcome }) {
  return (
    <p className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-xs text-refused">
      {outcome.asked} refused: <span className="font-mono font-semibold">{outcome.code}</span>
      {outcome.status > 0 && <span className="font-mono"> {outcome.status}</span>}
      {outcome.detail !== null && outcome.retryAt === null && <span className="block text-ink">{outcome.detail}</span>}
      {outcome.retryAt !== null && <RetryAfter at={outcome.retryAt} why={outcome.detail ?? ""} />}
    </p>
  );
}

/** Rate limits use the system clock. The lab's clock only triggers the update. */
function RetryAfter({ at, why }: { at: number; why: string }) {
  useLabNow();
  const left = at - Date.now();
  return (
    <span className="figures block text-ink" aria-live="off">
      {left > 0 ? `${why} You can try again in ${duration(left)} (Retry-After).` : "You can try again now."}
    </span>
  );
}
