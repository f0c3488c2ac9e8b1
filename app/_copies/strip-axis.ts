import { duration, second } from "@/lib/core/time.ts";
import type { CopyView } from "@/lib/lab/feed/copies-view.ts";

/** The part of a bar before the plug, in percent. */
export const beforePlug = 14;
/** Two labels of marks side by side, in percent of a bar of 17rem. */
const apart = 17;
/** The label of now is longer than those of the marks. */
const apartFromNow = 24;
const leastSeconds = 60;
const marks = [60, 300, 1800, 2 * 3600, 8 * 3600, 86_400, 7 * 86_400, 30 * 86_400];

export type StripAxis = {
  /** The place of a time after the plug, in percent of the bar. */
  readonly at: (seconds: number) => number;
  readonly ticks: readonly { readonly seconds: number; readonly words: string }[];
};

/** What a copy has to do with the axis. */
type Span = Pick<CopyView, "letIn" | "verdict">;

/** Logarithmic from the plug, so that five seconds and thirty minutes fit one line. */
export function stripAxis(copies: readonly Span[], now: number): StripAxis {
  const ends = copies.map((copy) => Math.max(secondsUntil(copy, now), ...copy.letIn.map(({ to }) => to)));
  const far = Math.max(leastSeconds, ...ends);
  const whole = Math.log1p(far);
  const at = (seconds: number) =>
    beforePlug + (100 - beforePlug) * (Math.log1p(Math.max(0, Math.min(seconds, far))) / whole);
  const since = Math.max(0, ...copies.map(({ verdict }) => verdict?.afterSeconds ?? 0));
  const ticks: StripAxis["ticks"][number][] = [];
  for (const seconds of marks) {
    const near =
      (since > 0 && at(seconds) - at(since) < apartFromNow) ||
      ticks.some((tick) => at(seconds) - at(tick.seconds) < apart);
    if (seconds <= far && seconds > since && !near) ticks.push({ seconds, words: duration(seconds * second) });
  }
  return { at, ticks };
}

/** The end of a copy that gets in, in seconds after its plug; 0: it is refused. */
export function secondsUntil({ verdict }: Pick<Span, "verdict">, now: number): number {
  if (!verdict?.accepted) return 0;
  return (verdict.afterSeconds ?? 0) + Math.max(0, (Date.parse(verdict.until) - now) / second);
}
