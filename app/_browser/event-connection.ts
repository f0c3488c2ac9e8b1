import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";

/** An exchange with its event id, `<lab>.<series>.<number>`. A new connection resumes after this id. */
export type ExchangeEvent = { readonly id: string; readonly exchange: Exchange };

export type ConnectionListener = {
  readonly received: (event: ExchangeEvent) => void;
  /** The state of the lab's copies, whenever it changed. */
  readonly copies: (copies: CopiesView) => void;
  readonly opened: () => void;
  /** The connection was closed, or nothing came through it for five seconds. */
  readonly lost: () => void;
};

export type Connection = { readonly close: () => void };

const address = "/api/lab/exchanges";
const tryAgainAfter = 2000;
/** The server sends an event at least every two seconds. */
const silentFor = 5000;

/** One connection of server-sent events that starts after the event with this id. It reconnects until it is closed. */
export function connect(after: string | null, listener: ConnectionListener): Connection {
  const { received, copies, opened, lost } = listener;
  let last = after;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Called at each event. A server that is stopped or cut off closes no connection, it only falls silent. */
  function heard() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      source?.close();
      lost();
      open();
    }, silentFor);
  }

  function open() {
    // A new EventSource cannot send Last-Event-ID, so the address carries the id. On a reconnect the header wins.
    const opening = new EventSource(last === null ? address : `${address}?after=${encodeURIComponent(last)}`);
    source = opening;
    heard();
    opening.addEventListener("open", () => {
      heard();
      opened();
    });
    opening.addEventListener("here", heard);
    opening.addEventListener("copies", (event: MessageEvent<string>) => {
      heard();
      copies(JSON.parse(event.data));
    });
    opening.addEventListener("exchange", (event: MessageEvent<string>) => {
      heard();
      const exchange: Exchange = JSON.parse(event.data);
      last = event.lastEventId;
      received({ id: event.lastEventId, exchange });
    });
    opening.addEventListener("error", () => {
      lost();
      // The browser reconnects by itself, except after an answer that is not a stream.
      if (opening.readyState !== EventSource.CLOSED) return heard();
      clearTimeout(timer);
      timer = setTimeout(open, tryAgainAfter);
    });
  }

  open();
  return {
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}

/** The lab that an event is of. */
export function labOf({ id }: ExchangeEvent): string {
  return id.split(".")[0] ?? "";
}
