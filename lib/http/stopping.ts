import type { Application } from "./application.ts";

/** Why a stream ends that nobody asked to end: the `reason` of `Application.stopping`. */
export class ServerStopping extends Error {
  override readonly message = "The server is stopping. Ask again in a moment.";
}

/** For an answer that goes on: aborted when its reader leaves, and when the server stops. */
export function untilTheEnd({
  app,
  request,
}: {
  readonly app: Pick<Application, "stopping">;
  readonly request: Request;
}): AbortSignal {
  return AbortSignal.any([request.signal, app.stopping]);
}
