/** Sends a line. What is told after the last reader has left is lost. */
type WriteLine = (line: object) => void;

/**
 * Newline-delimited JSON, a line each time something is told. It ends when `work` does; `signal` ends with the request, and
 * when the reader stops reading. Work that should go no faster than it is read waits for `taken` after each line.
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
      // Not waited for: a stream asks for more only after `start`.
      void work(tell, signal, taken).then(
        () => !stop.signal.aborted && controller.close(),
        (error: unknown) => !stop.signal.aborted && controller.error(error),
      );
    },
    pull: () => goOn(),
    cancel: () => stop.abort(),
  });
}
