"use client";

import { duration } from "@/lib/core/time.ts";
import { useLabNow } from "./lab-time.tsx";

/** How the last thing that a person asked for ended. */
export type Outcome = {
  /** What was asked, as its button says it. */
  readonly asked: string;
  readonly accepted: boolean;
  /** What came of it, when there is something to say; for a refusal its sentence. */
  readonly detail: string | null;
  readonly status: number;
  readonly code: string | null;
  /** Milliseconds since 1970 on this machine's clock: when it may be asked again. */
  readonly retryAt: number | null;
};

/** Said aloud when it changes. It stays until the next thing is asked. */
export function OutcomeLine({ outcome, className = "" }: { outcome: Outcome | undefined; className?: string }) {
  return (
    <div role="status" aria-live="polite" className={className}>
      {outcome &&
        (outcome.accepted ? outcome.detail !== null && <Accepted outcome={outcome} /> : <Refused outcome={outcome} />)}
    </div>
  );
}

function Accepted({ outcome }: { outcome: Outcome }) {
  return (
    <p className="mt-2 text-xs text-dim">
      {outcome.asked}: {outcome.detail}
    </p>
  );
}

function Refused({ outcome }: { outcome: Outcome }) {
  return (
    <p className="mt-2 rounded-lg bg-refused-ground px-2.5 py-1.5 text-xs text-refused">
      {outcome.asked} refused: <span className="font-mono font-semibold">{outcome.code}</span>
      {outcome.status > 0 && <span className="font-mono"> {outcome.status}</span>}
      {outcome.detail !== null && outcome.retryAt === null && <span className="block text-ink">{outcome.detail}</span>}
      {outcome.retryAt !== null && <RetryAfter at={outcome.retryAt} />}
    </p>
  );
}

/** Rate limits count on the system's clock; the lab's clock only brings the tick. */
function RetryAfter({ at }: { at: number }) {
  useLabNow();
  const left = at - Date.now();
  return (
    <span className="figures block text-ink" aria-live="off">
      {left > 0 ? `Too many attempts. You can try again in ${duration(left)} (Retry-After).` : "You can try again now."}
    </span>
  );
}
