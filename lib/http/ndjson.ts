/** Sends a line. Lines after the reader has disconnected are dropped. */
type WriteLine = (line: object) => void;

/**
 * Newline-delimited JSON, one line a call. The stream ends when `work` does. `signal` aborts when the request ends or
 * the reader disconnects. Work that should not run ahead of its reader awaits `taken` after each line.
 */
export function ndjson(
  work: (tell: WriteLine, signal: AbortSignal, taken: () => Promise<void>) => Promise<void>,
  given: AbortSignal,
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const signal = AbortSignal.any([given, stop.signal]);
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
          goOn = resolve;
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
      // Not awaited: a stream pulls only after `start` has returned.
      void work(tell, signal, taken).then(
        () => !stop.signal.aborted && controller.close(),
        (error: unknown) => !stop.signal.aborted && controller.error(error),
      );
    },
    pull: () => goOn(),
    cancel: () => stop.abort(),
  });
}
