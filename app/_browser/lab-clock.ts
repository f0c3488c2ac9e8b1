import type { LabView } from "@/lib/lab/lab-view.ts";

/** The lab's clock, counted by the page between two answers. One ticker serves all times on the page. */
export type LabClock = {
  readonly subscribe: (tick: () => void) => () => void;
  /** Milliseconds on the lab's clock, at the last tick. */
  readonly read: () => number;
  readonly readFirst: () => number;
  /** The exact lab time now, also between two ticks. */
  readonly now: () => number;
  /** Takes the offset from an answer that arrived at `seenAt` on this machine's clock. */
  readonly set: (clock: LabView["clock"], seenAt: number) => void;
};

export function createLabClock(first: LabView["clock"] | null): LabClock {
  const firstRead = first ? Date.parse(first.now) : Date.now();
  let ahead = firstRead - firstSeenAt();
  let last = firstRead;
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const now = () => Date.now() + ahead;

  function tick() {
    last = now();
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, 1000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => last,
    readFirst: () => firstRead,
    now,
    set(clock, seenAt) {
      const next = Date.parse(clock.now) - seenAt;
      // Ignores differences from network delay. Otherwise the shown time would jump back and forth.
      if (Math.abs(next - ahead) < 400) return;
      ahead = next;
      tick();
    },
  };
}

/** When the first answer arrived: the document itself. */
function firstSeenAt(): number {
  if (typeof window === "undefined") return Date.now();
  const [navigation] = performance.getEntriesByType("navigation");
  const started = navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0;
  return performance.timeOrigin + started;
}
