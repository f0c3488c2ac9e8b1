import type { Exchange } from "../core/exchange.ts";
import { type Clock, minute } from "../core/time.ts";

const keptPerLab = 60;
const watchedFor = minute;
const heartbeatEvery = 15_000;

type Watched = {
  lastId: number;
  kept: Exchange[];
  watchedUntil: number;
  readonly subscribers: Set<(exchange: Exchange) => void>;
};

/**
 * The exchanges of watched labs, in this process's memory: the last few of each, told to every open tab
 * as server-sent events. A lab that nobody watches is forgotten.
 */
export function createExchangeFeed({ systemClock }: { systemClock: Clock }) {
  const labs = new Map<string, Watched>();

  function watch(labId: string): Watched {
    const lab = labs.get(labId) ?? { lastId: 0, kept: [], watchedUntil: 0, subscribers: new Set() };
    labs.set(labId, lab);
    return lab;
  }

  return {
    /** Somebody is subscribed, or was within the last minute: a page that reloads misses nothing. */
    isWatched(labId: string): boolean {
      const lab = labs.get(labId);
      return lab !== undefined && (lab.subscribers.size > 0 || lab.watchedUntil > systemClock.now());
    },

    publish(labId: string, exchange: Omit<Exchange, "id">): void {
      const lab = labs.get(labId);
      if (!lab) return;
      lab.lastId += 1;
      const numbered = { ...exchange, id: lab.lastId };
      lab.kept = [...lab.kept, numbered].slice(-keptPerLab);
      for (const tell of lab.subscribers) tell(numbered);
    },

    stream(labId: string, afterId: number | null, signal: AbortSignal): ReadableStream<Uint8Array> {
      const lab = watch(labId);
      const encoder = new TextEncoder();
      let stop = () => {};
      return new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string) => controller.enqueue(encoder.encode(text));
          const tell = (exchange: Exchange) => send(eventOf(exchange));
          stop = () => {
            clearInterval(heartbeat);
            lab.subscribers.delete(tell);
            lab.watchedUntil = systemClock.now() + watchedFor;
          };
          const heartbeat = setInterval(() => send(": still here\n\n"), heartbeatEvery);
          signal.addEventListener("abort", stop);
          lab.subscribers.add(tell);
          send("retry: 2000\n\n");
          // A number from before a restart of this process says nothing about what is kept here.
          const resumeAfter = afterId !== null && afterId <= lab.lastId ? afterId : 0;
          for (const exchange of lab.kept) if (exchange.id > resumeAfter) tell(exchange);
        },
        cancel: () => stop(),
      });
    },

    /** Forgets a lab's exchanges: it was reset, or expired. */
    forget(labId: string): void {
      const lab = labs.get(labId);
      if (lab) lab.kept = [];
    },

    /** Drops the labs that nobody watches any more. */
    sweep(): void {
      for (const [labId, lab] of labs) {
        if (lab.subscribers.size === 0 && lab.watchedUntil <= systemClock.now()) labs.delete(labId);
      }
    },
  };
}

function eventOf(exchange: Exchange): string {
  return `id: ${exchange.id}\nevent: exchange\ndata: ${JSON.stringify(exchange)}\n\n`;
}
