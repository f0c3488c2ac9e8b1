import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import { type Connection, connect, type ExchangeEvent, labOf } from "./event-connection.ts";

export type StreamState = "connecting" | "live" | "lost";

export type StreamListener = {
  readonly received: (event: ExchangeEvent) => void;
  readonly copies: (copies: CopiesView) => void;
  /** The connection was opened. Events before it may have been missed. */
  readonly opened: () => void;
  readonly state: (state: StreamState) => void;
};

export type OpenStream = {
  /** Says whether this tab is visible. Only a visible tab takes the connection. */
  readonly want: (wanted: boolean) => void;
  /** The lab that this tab is in. */
  readonly inLab: (lab: string) => void;
  readonly close: () => void;
};

type Message =
  | { readonly type: "received"; readonly event: ExchangeEvent }
  | { readonly type: "copies"; readonly copies: CopiesView }
  | { readonly type: "opened" }
  | { readonly type: "state"; readonly state: StreamState }
  /**
   * Sent by a tab that was opened or whose lab was reset. The tab with the connection answers with recent exchanges.
   */
  | { readonly type: "joined"; readonly lab: string }
  | {
      readonly type: "recent";
      readonly state: StreamState;
      readonly all: readonly ExchangeEvent[];
      readonly copies: CopiesView | null;
    };

/** The name of the lock and of the channel. The tab that holds the lock has the connection. */
const name = "loginscope exchanges";
const keptForOthers = 60;

/**
 * The exchanges of the browser's lab over one connection for all tabs, because a browser opens only six connections
 * to a host. Without Web Locks (on plain http at a network address) each tab has its own connection.
 */
export function openStream(listener: StreamListener): OpenStream {
  return navigator.locks && typeof BroadcastChannel !== "undefined" ? shared(listener) : alone(listener);
}

function shared(listener: StreamListener): OpenStream {
  const channel = new BroadcastChannel(name);
  let recent: readonly ExchangeEvent[] = [];
  let copies: CopiesView | null = null;
  let state: StreamState = "connecting";
  let lab = "";
  let leading: { readonly connection: Connection; readonly release: () => void } | null = null;
  let queued: AbortController | null = null;
  let closed = false;

  /** Sends nothing after this page has left: posting to a closed channel throws. */
  function tell(message: Message): void {
    if (!closed) channel.postMessage(message);
  }

  function hear(message: Message): void {
    switch (message.type) {
      case "received":
        recent = [...recent.filter((one) => labOf(one) === labOf(message.event)), message.event].slice(-keptForOthers);
        listener.received(message.event);
        break;
      case "copies":
        copies = message.copies;
        listener.copies(copies);
        break;
      case "opened":
        listener.opened();
        break;
      case "state":
        state = message.state;
        listener.state(state);
        break;
      case "joined":
        if (leading) answer(message.lab);
        break;
      case "recent":
        hearRecent(message);
        break;
    }
  }

  /** What the tab with the connection has, for one that was just opened. */
  function hearRecent(message: Extract<Message, { type: "recent" }>): void {
    if (recent.length === 0) recent = message.all;
    for (const event of message.all) listener.received(event);
    if (message.copies) hear({ type: "copies", copies: message.copies });
    if (state !== message.state && message.state === "live") listener.opened();
    state = message.state;
    listener.state(state);
  }

  /** Handles the message here and sends it to every other tab. */
  function say(message: Message): void {
    hear(message);
    tell(message);
  }
  channel.addEventListener("message", (event: MessageEvent<Message>) => hear(event.data));

  function answer(asked: string): void {
    if (asked !== lab && leading) {
      lab = asked;
      leading.connection.close();
      leading = { ...leading, connection: begin() };
    }
    const all = recent.filter((event) => labOf(event) === lab);
    tell({ type: "recent", state, all, copies: copies?.lab === lab ? copies : null });
  }

  /** Resumes after the last event that this tab received, from its own connection or from another tab. */
  function begin(): Connection {
    return connect(recent.findLast((event) => labOf(event) === lab)?.id ?? null, {
      received: (event) => say({ type: "received", event }),
      copies: (now) => say({ type: "copies", copies: now }),
      opened() {
        say({ type: "state", state: "live" });
        say({ type: "opened" });
      },
      lost: () => say({ type: "state", state: "lost" }),
    });
  }

  function queue(): void {
    if (queued) return;
    const waiting = new AbortController();
    queued = waiting;
    const lead = () =>
      new Promise<void>((release) => {
        // The lock may have been granted just before this tab gave up waiting for it.
        if (waiting.signal.aborted) release();
        else leading = { connection: begin(), release };
      });
    // Rejected when the tab was hidden while it waited for the lock.
    navigator.locks.request(name, { signal: waiting.signal }, lead).catch(() => undefined);
  }
  function resign(): void {
    queued?.abort();
    queued = null;
    leading?.connection.close();
    leading?.release();
    leading = null;
  }

  return {
    want: (wanted) => (wanted ? queue() : resign()),
    inLab(id) {
      if (leading) answer(id);
      else tell({ type: "joined", lab: id });
      lab = id;
    },
    close() {
      resign();
      closed = true;
      channel.close();
    },
  };
}

function alone(listener: StreamListener): OpenStream {
  let connection: Connection | null = null;
  let last: ExchangeEvent | null = null;
  let lab = "";
  const close = () => {
    connection?.close();
    connection = null;
  };
  const open = () => {
    connection ??= connect(last && labOf(last) === lab ? last.id : null, {
      received(event) {
        last = event;
        listener.received(event);
      },
      copies: listener.copies,
      opened() {
        listener.state("live");
        listener.opened();
      },
      lost: () => listener.state("lost"),
    });
  };
  return {
    want: (wanted) => (wanted ? open() : close()),
    inLab(id) {
      const moved = id !== lab && lab !== "";
      lab = id;
      if (!moved || !connection) return;
      close();
      open();
    },
    close,
  };
}
