"use client";

import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import { clockTime, dayOf, timeLeft, timeOn, timePast } from "./format-time.ts";

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

/** What follows the lab's clock. A component is drawn anew when this value changes, and not with each tick. */
export function useLabTime<T extends string | number | null>(select: (now: number) => T): T {
  const time = use(LabTimeContext);
  return useSyncExternalStore(
    time.subscribe,
    () => select(time.read()),
    () => select(time.readFirst()),
  );
}

/** Milliseconds on the lab's clock, anew with each tick. */
export function useLabNow(): number {
  return useLabTime((now) => now);
}

/** The last of these moments that the lab's clock has reached, for what changes at them alone. 0: it reached none. */
export function useLastReached(moments: readonly number[]): number {
  return useLabTime((now) => Math.max(0, ...moments.filter((at) => at <= now)));
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
  const today = useLabTime((now) => dayOf(now, zone));
  return (
    <time dateTime={at} title={at}>
      {timeOn(today, Date.parse(at), zone)}
    </time>
  );
}

/** `in 14 min`, from ten minutes on `in 9 min 59 s`, counting down; `ended 2 s ago` afterwards. */
export function Countdown({ at, lead = "in", past = "ended" }: At & { lead?: string; past?: string }) {
  const words = useLabTime((now) => {
    const left = Date.parse(at) - now;
    return left > 0 ? `${lead} ${timeLeft(left)}` : `${past} ${timePast(-left)} ago`;
  });
  return (
    <time dateTime={at} title={at}>
      {words}
    </time>
  );
}

/** `2 s ago`, from ten seconds on `10 s ago`, from a minute on `1 min ago`, counting up. */
export function Ago({ at }: At) {
  const words = useLabTime((now) => {
    const past = now - Date.parse(at);
    return past < 1000 ? "just now" : `${timePast(past)} ago`;
  });
  return (
    <time dateTime={at} title={at}>
      {words}
    </time>
  );
}

/** Of a bar's end: so many can be told apart, and each change is drawn. */
const positions = 200;

/** The rest of a lifetime as a bar. It is hidden from screen readers, because the words beside it say the same. */
export function LifetimeBar({ endsAt, spans }: { endsAt: string | null; spans: readonly number[] }) {
  const part = useLabTime((now) => {
    const left = endsAt === null ? 0 : Math.max(0, Date.parse(endsAt) - now);
    const whole = spans.find((span) => left <= span + 2000) ?? spans.at(-1) ?? 1;
    return Math.ceil(Math.min(1, left / whole) * positions) / positions;
  });
  return (
    <div className="bar" aria-hidden="true">
      <i style={{ "--part": part }} />
    </div>
  );
}
