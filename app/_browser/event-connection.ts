import type { Exchange } from "@/lib/lab/exchange.ts";

/** An exchange with its event id, `<lab>.<series>.<number>`. A new connection resumes after this id. */
export type ExchangeEvent = { readonly id: string; readonly exchange: Exchange };

export type ConnectionListener = {
  readonly received: (event: ExchangeEvent) => void;
  readonly opened: () => void;
  readonly lost: () => void;
};

export type Connection = { readonly close: () => void };

const address = "/api/lab/exchanges";
const tryAgainAfter = 3000;

/** One connection of server-sent events that starts after the event with this id. It reconnects until it is closed. */
export function connect(after: string | null, { received, opened, lost }: ConnectionListener): Connection {
  let last = after;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open() {
    // A new EventSource cannot send Last-Event-ID, so the address carries the id. On a reconnect the header wins.
    const opening = new EventSource(last === null ? address : `${address}?after=${encodeURIComponent(last)}`);
    source = opening;
    opening.addEventListener("open", opened);
    opening.addEventListener("exchange", (event: MessageEvent<string>) => {
      const exchange: Exchange = JSON.parse(event.data);
      last = event.lastEventId;
      received({ id: event.lastEventId, exchange });
    });
    opening.addEventListener("error", () => {
      lost();
      // The browser reconnects by itself, except after an answer that is not a stream.
      if (opening.readyState === EventSource.CLOSED) timer = setTimeout(open, tryAgainAfter);
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
