import type { Exchange } from "../core/exchange.ts";
import type { Stage } from "./actors.ts";

/** A lab's own stream of what happens in it. While it is read, the lab is watched. */
export type LabWatch = { read(): Promise<string | null>; cancel(): Promise<void> };

/** Subscribes as a page of that lab does, over the same address. */
export async function watchLab({ transport, origin }: Stage, labCookie: readonly [string, string]): Promise<LabWatch> {
  const headers = { cookie: labCookie.join("=") };
  const response = await transport(new Request(`${origin}/api/lab/exchanges`, { headers }));
  const reader = response.body?.getReader();
  if (!response.ok || !reader) throw new Error(`A lab could not be watched: ${response.status}`);
  const decoder = new TextDecoder();
  let waiting = "";
  return {
    // One event, whatever pieces a connection cuts the stream into.
    async read() {
      for (;;) {
        const end = waiting.indexOf("\n\n");
        if (end >= 0) {
          const event = waiting.slice(0, end);
          waiting = waiting.slice(end + 2);
          return event;
        }
        const { value, done } = await reader.read();
        if (done) return null;
        waiting += decoder.decode(value, { stream: true });
      }
    },
    cancel: () => reader.cancel(),
  };
}

/** The next exchange at that address; what else happens in the lab is passed over. */
export async function nextExchange(watching: LabWatch, path: string): Promise<Exchange> {
  for (;;) {
    const event = await watching.read();
    if (event === null) throw new Error(`The lab told of no exchange at ${path}`);
    const data = /^data: (.*)$/m.exec(event)?.[1];
    const exchange: Exchange | null = data === undefined ? null : JSON.parse(data);
    if (exchange?.request.path === path) return exchange;
  }
}
