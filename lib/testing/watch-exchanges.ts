import { expect, onTestFinished } from "vitest";
import type { Exchange } from "../lab/feed/exchange.ts";
import type { TestApplication } from "./test-application.ts";
import type { Visitor } from "./visitor.ts";

export type Watching = {
  readonly response: Response;
  /** The next exchange, as it is in the stream. Other events are left out. */
  next(): Promise<string>;
  /** The exchanges since the last call. */
  seen(): Promise<readonly Exchange[]>;
  stop(): Promise<void>;
};

/** Subscribes to a lab's exchanges as its own page does. */
export async function watchExchanges(
  app: TestApplication,
  visitor: Visitor,
  headers: Record<string, string> = {},
  query = "",
): Promise<Watching> {
  const cookie = `__Host-lab=${visitor.cookies.get("__Host-lab")}`;
  const response = await app.dispatch(
    new Request(`${app.env.origin}/api/lab/exchanges${query}`, { headers: { cookie, ...headers } }),
  );
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => (await reader?.read())?.value ?? "";
  const next = async () => {
    for (;;) {
      const event = await read();
      if (!/^event: (?:copies|here)$/m.test(event)) return event;
    }
  };
  const stop = async () => reader?.cancel();
  onTestFinished(stop);
  expect(await read()).toBe("retry: 2000\n\n");
  return {
    response,
    next,
    stop,
    async seen() {
      // Exchanges are told in order: when this one has been told, all earlier ones have.
      await visitor.another().get("/api/cookie/sessions");
      const all: Exchange[] = [];
      for (;;) {
        const exchange: Exchange = JSON.parse(/^data: (.*)$/m.exec(await next())?.[1] ?? "");
        if (exchange.request.path === "/api/cookie/sessions") return all;
        all.push(exchange);
      }
    },
  };
}
