/**
 * Newline-delimited JSON, a line each time something is told. Ends when `work` does; whoever stops reading stops it
 * through `signal`, and what is told after that is lost.
 */
export function ndjson(
  work: (tell: (line: object) => void, signal: AbortSignal) => Promise<void>,
  given: AbortSignal,
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const signal = AbortSignal.any([given, stop.signal]);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      const tell = (line: object) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        await work(tell, signal);
        if (!stop.signal.aborted) controller.close();
      } catch (error) {
        if (!stop.signal.aborted) controller.error(error);
      }
    },
    cancel: () => stop.abort(),
  });
}
