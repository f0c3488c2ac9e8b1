"use client";

import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import { duration } from "@/lib/core/time.ts";
import { clockTime } from "./format-time.ts";

/** The lab's clock on a page: one tick a second for all components that show a time. */
export type LabTime = {
  readonly subscribe: (tick: () => void) => () => void;
  /** Milliseconds on the lab's clock at the last tick. */
  readonly read: () => number;
  /** The same value on the server and during hydration, so that both render the same. */
  readonly readFirst: () => number;
};

const stopped: LabTime = { subscribe: () => () => undefined, read: () => 0, readFirst: () => 0 };
const LabTimeContext = createContext<LabTime>(stopped);

export function LabTimeProvider({ time, children }: { time: LabTime; children: ReactNode }) {
  return <LabTimeContext value={time}>{children}</LabTimeContext>;
}

export function useLabNow(): number {
  const time = use(LabTimeContext);
  return useSyncExternalStore(time.subscribe, time.read, time.readFirst);
}

const never = () => () => undefined;

/** The reader's time zone. UTC on the server and during hydration. */
export function useZone(): string | undefined {
  return useSyncExternalStore<string | undefined>(
    never,
    () => undefined,
    () => "UTC",
  );
}

/** A time on the system clock: of an experiment or of the server's process. */
export function SystemMoment({ at }: { at: string }) {
  const zone = useZone();
  return (
    <time dateTime={at} title={at}>
      {clockTime(Date.parse(at), Date.parse(at), zone)}
    </time>
  );
}

type At = { readonly at: string };

/** A time on the lab's clock in readable form. The tooltip has the exact value. */
export function Moment({ at }: At) {
  const zone = useZone();
  const now = useLabNow();
  return (
    <time dateTime={at} title={at}>
      {clockTime(Date.parse(at), now, zone)}
    </time>
  );
}

/** `in 14 min 32 s`, counting down; `ended 2 s ago` afterwards. */
export function Countdown({ at, lead = "in", past = "ended" }: At & { lead?: string; past?: string }) {
  const left = Date.parse(at) - useLabNow();
  return (
    <time dateTime={at} title={at}>
      {left > 0 ? `${lead} ${duration(left)}` : `${past} ${duration(-left)} ago`}
    </time>
  );
}

/** `2 s ago`, counting up. */
export function Ago({ at }: At) {
  const past = useLabNow() - Date.parse(at);
  return (
    <time dateTime={at} title={at}>
      {past < 1000 ? "just now" : `${duration(past)} ago`}
    </time>
  );
}

/** The rest of a lifetime as a bar. It is hidden from screen readers, because the words beside it say the same. */
export function LifetimeBar({ endsAt, spans }: { endsAt: string | null; spans: readonly number[] }) {
  const now = useLabNow();
  const left = endsAt === null ? 0 : Math.max(0, Date.parse(endsAt) - now);
  const whole = spans.find((span) => left <= span + 2000) ?? spans.at(-1) ?? 1;
  const part = Math.min(1, left / whole).toFixed(3);
  return (
    <div className="bar" aria-hidden="true">
      <i style={{ "--part": part }} />
    </div>
  );
}
