import type { Exchange } from "../core/exchange.ts";
import { type Clock, minute } from "../core/time.ts";

const keptPerLab = 60;
const watchedFor = minute;
const heartbeatEvery = 15_000;

/** `tell` an exchange, or `end` the stream. */
type Subscriber = { readonly tell: (exchange: Exchange) => void; readonly end: () => void };

type Watched = {
  /** Begins the name of each of its events: numbers begin anew with the lab and with this process. */
  readonly series: string;
  lastId: number;
  kept: Exchange[];
  watchedUntil: number;
  readonly subscribers: Set<Subscriber>;
};

/**
 * The exchanges of watched labs, in this process's memory: the last few of each, told to every open tab
 * as server-sent events. A lab that nobody watches is forgotten.
 */
export function createExchangeFeed({ systemClock }: { systemClock: Clock }) {
  const labs = new Map<string, Watched>();

  function watch(labId: string): Watched {
    const series = `${labId}.${systemClock.now().toString(36)}`;
    const lab = labs.get(labId) ?? { series, lastId: 0, kept: [], watchedUntil: 0, subscribers: new Set() };
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
      for (const { tell } of lab.subscribers) tell(numbered);
    },

    /** `after`: the name of the last event that was read. One of another lab or process says nothing about what is kept here. */
    stream(labId: string, after: string | null, signal: AbortSignal): ReadableStream<Uint8Array> {
      const lab = watch(labId);
      const encoder = new TextEncoder();
      let stop = () => {};
      return new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string) => controller.enqueue(encoder.encode(text));
          const tell = (exchange: Exchange) => send(eventOf(lab.series, exchange));
          const end = () => {
            stop();
            controller.close();
          };
          const subscriber = { tell, end };
          stop = () => {
            clearInterval(heartbeat);
            lab.subscribers.delete(subscriber);
            lab.watchedUntil = systemClock.now() + watchedFor;
          };
          const heartbeat = setInterval(() => send(": still here\n\n"), heartbeatEvery);
          signal.addEventListener("abort", stop);
          lab.subscribers.add(subscriber);
          send("retry: 2000\n\n");
          const resumeAfter = numberAfter(lab, after);
          for (const exchange of lab.kept) if (exchange.id > resumeAfter) tell(exchange);
        },
        cancel: () => stop(),
      });
    },

    /** Writes down the exchanges of a lab from now on, until the answer is called: then it tells them. */
    collect(labId: string): () => readonly Exchange[] {
      const lab = watch(labId);
      const collected: Exchange[] = [];
      const subscriber = { tell: (exchange: Exchange) => void collected.push(exchange), end: () => {} };
      lab.subscribers.add(subscriber);
      return () => {
        lab.subscribers.delete(subscriber);
        return collected;
      };
    },

    /** Forgets a lab's exchanges, because it was reset, and ends its streams: whoever reads on is in another lab by now. */
    forget(labId: string): void {
      const lab = labs.get(labId);
      labs.delete(labId);
      for (const { end } of lab?.subscribers ?? []) end();
    },

    /** Drops the labs that nobody watches any more. */
    sweep(): void {
      for (const [labId, lab] of labs) {
        if (lab.subscribers.size === 0 && lab.watchedUntil <= systemClock.now()) labs.delete(labId);
      }
    },
  };
}

function eventOf(series: string, exchange: Exchange): string {
  return `id: ${series}.${exchange.id}\nevent: exchange\ndata: ${JSON.stringify(exchange)}\n\n`;
}

function numberAfter({ series, lastId }: Watched, after: string | null): number {
  const number = after?.startsWith(`${series}.`) ? Number(after.slice(series.length + 1)) : 0;
  return Number.isInteger(number) && number >= 0 && number <= lastId ? number : 0;
}
