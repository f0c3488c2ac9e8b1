import { type Clock, minute } from "../../core/time.ts";
import type { LabMemory } from "../memory/lab-memory.ts";
import type { CopiesView } from "./copies-view.ts";
import { type Exchange, unprovedKept } from "./exchange.ts";

const keptPerLab = 60;
const watchedFor = minute;
/** A page takes five seconds without any event for a lost server. */
const heartbeatEvery = 2_000;
/** Far above the tabs of one browser, which share a connection where they can. */
const streamsPerLab = 16;
/** Of labs that no page watches now. Anybody can make a page's browser open a stream and leave it. */
const unwatchedLabs = 1000;

/** `tell`: there is something to send, an exchange or the state of the copies; `end` ends the stream. */
type Subscriber = { readonly tell: (exchange?: Exchange) => void; readonly end: () => void };

type From = { readonly after: string | null; readonly copies: CopiesView };

type Watched = {
  /** The prefix of its event ids: numbers restart with each lab and process. */
  readonly series: string;
  lastId: number;
  /** Ascending: the last 60 that are proved, and the last few that are not. */
  kept: readonly Exchange[];
  /** The kept copies, as they are now. Only the newest state is sent. */
  copies: CopiesView | null;
  /** The id of the last proved exchange that is no longer kept. */
  lost: number;
  watchedUntil: number;
  readonly subscribers: Set<Subscriber>;
  /** The subscribers that are streams, the oldest first. */
  readonly streams: Set<Subscriber>;
};

/**
 * The exchanges of watched labs, in this process's memory: the last few of each, sent to every open tab as server-sent
 * events. A lab without a watcher is forgotten. No reader has a queue of its own: each reads from the lab's last few,
 * at its own pace. A reader that falls further behind is disconnected and reconnects.
 */
export function createExchangeFeed({ systemClock, memory }: { systemClock: Clock; memory: LabMemory }) {
  // Bounded: those without a watcher by `forgetOldest`, the others by their streams.
  const labs = new Map<string, Watched>();
  memory.keep({ name: "exchanges", count: () => labs.size, forget: (gone) => gone.forEach(forget) });

  function watch(labId: string): Watched {
    const series = `${labId}.${systemClock.now().toString(36)}`;
    const lab = labs.get(labId) ?? {
      ...{ series, lastId: 0, kept: [], copies: null, lost: 0, watchedUntil: 0 },
      ...{ subscribers: new Set<Subscriber>(), streams: new Set<Subscriber>() },
    };
    labs.set(labId, lab);
    return lab;
  }

  /** Ends a lab's streams too: the browser's next stream belongs to another lab. */
  function forget(labId: string): void {
    const lab = labs.get(labId);
    labs.delete(labId);
    for (const { end } of lab?.subscribers ?? []) end();
  }

  function forgetOldest(): void {
    const left = [...labs].filter(([, { subscribers }]) => subscribers.size === 0);
    for (const [labId] of left.slice(0, -unwatchedLabs)) labs.delete(labId);
  }

  return {
    /** A page of this lab is on its way to its browser. Until its stream opens, exchanges are kept for it, for a minute. */
    expectReader(labId: string): void {
      const lab = watch(labId);
      lab.watchedUntil = systemClock.now() + watchedFor;
      forgetOldest();
    },

    /**
     * Has a subscriber, had one within the last minute, or expects one: a page that is loaded or reloaded misses no
     * exchange.
     */
    isWatched(labId: string): boolean {
      const lab = labs.get(labId);
      return lab !== undefined && (lab.subscribers.size > 0 || lab.watchedUntil > systemClock.now());
    },

    publish(labId: string, exchange: Omit<Exchange, "id">): void {
      const lab = labs.get(labId);
      if (!lab) return;
      lab.lastId += 1;
      const numbered = { ...exchange, id: lab.lastId };
      keep(lab, numbered);
      for (const { tell } of lab.subscribers) tell(numbered);
    },

    /** A page reads this lab's stream now. */
    isStreamed: (labId: string): boolean => (labs.get(labId)?.streams.size ?? 0) > 0,

    /** Sends the state of the lab's copies to every stream, and to each that opens later. */
    show(labId: string, copies: CopiesView): void {
      const lab = labs.get(labId);
      if (!lab) return;
      lab.copies = copies;
      for (const { tell } of lab.subscribers) tell();
    },

    /**
     * `after`: the id of the last event that was read. An id of another lab or process is ignored, so the reader gets all
     * that is kept. `copies`: their state now, with which the stream begins. The stream ends when `signal` aborts. Above the most streams of a lab, the oldest stream ends.
     */
    stream(labId: string, { after, copies }: From, signal: AbortSignal): ReadableStream<Uint8Array> {
      const lab = watch(labId);
      lab.copies = copies;
      const [oldest] = lab.streams;
      if (oldest && lab.streams.size >= streamsPerLab) oldest.end();
      const leave = (subscriber: Subscriber) => {
        lab.subscribers.delete(subscriber);
        lab.streams.delete(subscriber);
        lab.watchedUntil = systemClock.now() + watchedFor;
        forgetOldest();
      };
      return streamOf(lab, numberAfter(lab, after), signal, leave);
    },

    /** Records the exchanges of a lab until the returned function is called, which answers them. */
    collect(labId: string): () => readonly Exchange[] {
      const lab = watch(labId);
      const collected: Exchange[] = [];
      const tell = (exchange?: Exchange) => void (exchange && collected.push(exchange));
      const subscriber = { tell, end: () => {} };
      lab.subscribers.add(subscriber);
      return () => {
        lab.subscribers.delete(subscriber);
        return collected;
      };
    },

    forget,

    /** Forgets the labs that no page watches any more. */
    sweep(): void {
      for (const [labId, lab] of labs) {
        if (lab.subscribers.size === 0 && lab.watchedUntil <= systemClock.now()) labs.delete(labId);
      }
    },
  };
}

/**
 * Those that are not proved push out only one another. Whoever knows a lab's public id, which is in each of its tokens,
 * would otherwise push out what its visitor wants to see.
 */
function keep(lab: Watched, exchange: Exchange): void {
  const all = [...lab.kept, exchange];
  const alike = all.filter(({ unproved }) => unproved === exchange.unproved);
  const dropped = alike.length > (exchange.unproved ? unprovedKept : keptPerLab) ? alike[0] : undefined;
  lab.kept = all.filter((each) => each !== dropped);
  if (dropped && !dropped.unproved) lab.lost = dropped.id;
}

/** Server-sent events, at the reader's pace. */
function streamOf(
  lab: Watched,
  readBefore: number,
  signal: AbortSignal,
  leave: (subscriber: Subscriber) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  /** The number of the last event that was sent. */
  let position = readBefore;
  const lostBefore = lab.lost;
  let shown: CopiesView | null = null;
  let stop = () => {};
  let isOpen = true;

  /** Sends as many events as the reader has room for; the others stay in the lab's list. */
  function fill(controller: ReadableStreamDefaultController<Uint8Array>): void {
    for (const exchange of lab.kept) {
      if ((controller.desiredSize ?? 0) <= 0) return;
      if (exchange.id <= position) continue;
      position = exchange.id;
      controller.enqueue(encoder.encode(eventOf(lab.series, exchange)));
    }
    if (lab.copies === shown || lab.copies === null || (controller.desiredSize ?? 0) <= 0) return;
    shown = lab.copies;
    controller.enqueue(encoder.encode(`event: copies\ndata: ${JSON.stringify(shown)}\n\n`));
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const subscriber: Subscriber = {
        tell() {
          fill(controller);
          // An event that it has not read is no longer kept. The reader reconnects with its last event id (Last-Event-ID).
          if (lab.lost > Math.max(position, lostBefore)) subscriber.end();
        },
        end() {
          stop();
          if (isOpen) controller.close();
          isOpen = false;
        },
      };
      const heartbeat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode("event: here\ndata: {}\n\n"));
      }, heartbeatEvery);
      stop = () => {
        clearInterval(heartbeat);
        signal.removeEventListener("abort", subscriber.end);
        leave(subscriber);
      };
      signal.addEventListener("abort", subscriber.end);
      lab.subscribers.add(subscriber);
      lab.streams.add(subscriber);
      controller.enqueue(encoder.encode("retry: 2000\n\n"));
      if (signal.aborted) subscriber.end();
    },
    pull: fill,
    cancel() {
      isOpen = false;
      stop();
    },
  });
}

function eventOf(series: string, exchange: Exchange): string {
  return `id: ${series}.${exchange.id}\nevent: exchange\ndata: ${JSON.stringify(exchange)}\n\n`;
}

function numberAfter({ series, lastId }: Watched, after: string | null): number {
  const number = after?.startsWith(`${series}.`) ? Number(after.slice(series.length + 1)) : 0;
  return Number.isInteger(number) && number >= 0 && number <= lastId ? number : 0;
}
