import type { Application } from "./application.ts";

/** Why a stream ends that nobody asked to end: the `reason` of `Application.stopping`. */
export class ServerStopping extends Error {
  override readonly message = "The server is stopping. Ask again in a moment.";
}

/** What a signal comes from, for as long as there is the signal. */
const sources = new WeakMap<AbortSignal, readonly object[]>();

/**
 * Aborts with the first of them. Node.js knows the signals that `AbortSignal.any` was made of weakly, and a `Request`
 * passes the signal that it was made with on for as long as somebody holds the request: of a stream whose request was
 * collected, a reader that left was not heard. Here what they come from stays with the signal.
 */
export function firstOf(signals: readonly AbortSignal[], ...heldBy: readonly object[]): AbortSignal {
  const first = AbortSignal.any([...signals]);
  sources.set(first, [...signals, ...heldBy]);
  return first;
}

/** For an answer that takes long or goes on: aborted when its reader leaves, and when the server stops. */
export function untilTheEnd({
  app,
  request,
}: {
  readonly app: Pick<Application, "stopping">;
  readonly request: Request;
}): AbortSignal {
  return firstOf([request.signal, app.stopping], request);
}
