"use client";

import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import { duration } from "@/lib/core/time.ts";
import { clockTime } from "./format-time.ts";

/** The lab's clock as a page counts it: one tick a second, shared by everything that shows a time. */
export type LabTime = {
  readonly subscribe: (tick: () => void) => () => void;
  /** Milliseconds on the lab's clock at the last tick. */
  readonly read: () => number;
  /** The same on the server and while hydrating, so that both draw one picture. */
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

/** The reader's own time zone; UTC on the server and while hydrating. */
export function useZone(): string | undefined {
  return useSyncExternalStore<string | undefined>(
    never,
    () => undefined,
    () => "UTC",
  );
}

/** A point in time on the system's clock: what an experiment or the server's process did. */
export function SystemMoment({ at }: { at: string }) {
  const zone = useZone();
  return (
    <time dateTime={at} title={at}>
      {clockTime(Date.parse(at), Date.parse(at), zone)}
    </time>
  );
}

type At = { readonly at: string };

/** A point in time on the lab's clock, readable; the exact value is its title. */
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

/** What is left of a lifetime, as a bar. It repeats what the words beside it say, so it is hidden from readers of the page. */
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
