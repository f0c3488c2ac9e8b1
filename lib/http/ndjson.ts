import { stoppingLine } from "../lab/stopping-line.ts";
import { firstOf, ServerStopping } from "./stopping.ts";

/** Sends a line. Lines after the reader has disconnected are dropped. */
type WriteLine = (line: object) => void;

/**
 * Newline-delimited JSON, one line a call. The stream ends when `work` does. `signal` aborts when the request ends or
 * the reader disconnects. When the server stops, the last line says so, and the stream ends when `work` does. Work that
 * should not run ahead of its reader awaits `taken` after each line.
 */
export function ndjson(
  work: (tell: WriteLine, signal: AbortSignal, taken: () => Promise<void>) => Promise<void>,
  given: AbortSignal,
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const signal = firstOf([given, stop.signal]);
  const encoder = new TextEncoder();
  let goOn = () => {};
  return new ReadableStream({
    start(controller) {
      const tell = (line: object) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      const taken = () =>
        new Promise<void>((resolve) => {
          if (signal.aborted || (controller.desiredSize ?? 0) > 0) return resolve();
          goOn = () => {
            // A signal with a listener is never collected, and a stream has one for each line.
            signal.removeEventListener("abort", goOn);
            resolve();
          };
          signal.addEventListener("abort", goOn);
        });
      const isStopping = () => given.reason instanceof ServerStopping && !stop.signal.aborted;
      const sayWhy = () =>
        isStopping() && controller.enqueue(encoder.encode(`${JSON.stringify(stoppingLine(given.reason))}\n`));
      if (given.aborted) sayWhy();
      else given.addEventListener("abort", sayWhy, { once: true });
      // Not awaited: a stream pulls only after `start` has returned.
      void work(tell, signal, taken).then(
        () => {
          given.removeEventListener("abort", sayWhy);
          if (!stop.signal.aborted) controller.close();
        },
        (error: unknown) => {
          given.removeEventListener("abort", sayWhy);
          if (isStopping()) controller.close();
          else if (!stop.signal.aborted) controller.error(error);
        },
      );
    },
    pull: () => goOn(),
    cancel: () => stop.abort(),
  });
}
