import type { AuthEvent } from "../core/ports.ts";
import type { Application } from "./application.ts";
import type { Call } from "./operation.ts";
import { clientOf } from "./request/client.ts";
import { createRequestJar } from "./request/cookie-jar.ts";
import { labCookieOf } from "./request/lab-cookie.ts";
import { networkOf } from "./request/network.ts";

/**
 * Writes a refusal into the lab's events (ASVS 16.3.3), at most so many of one network in a minute: whoever is refused
 * can ask again as often as they like, and each event is a row.
 */
export async function noteRefusal(
  { app, context, client, about }: Pick<Call, "app" | "context" | "client" | "about">,
  event: AuthEvent,
): Promise<void> {
  if (!context) return;
  const { wait } = await app.limits.noted.reserve(`${context.lab.id}|${networkOf(client.ip)}`);
  if (wait === null) context.audit(event, { client, flow: about.flow, variant: about.variant });
}

/** A change that another site asked for, in the lab of its lab cookie. It makes no lab, and changes no answer. */
export async function noteCrossSite(app: Application, request: Request): Promise<void> {
  const cookie = labCookieOf(createRequestJar(request.headers.get("cookie")));
  if (app.labMode && cookie === null) return;
  const context = await app.findLabContext(app.labIdOf(cookie ?? ""));
  const { pathname } = new URL(request.url);
  const flow = app.flows.find(({ manifest }) => pathname.startsWith(`/api/${manifest.id}/`))?.manifest.id ?? null;
  const from = request.headers.get("origin") ?? request.headers.get("sec-fetch-site") ?? "";
  const detail = `${request.method} ${pathname.slice(0, 100)} from ${from.slice(0, 100)}`;
  const about = { flow, variant: null, toldIn: null };
  await noteRefusal(
    { app, context, client: clientOf(request, app.deviceOf), about },
    { type: "cross-site-refused", detail },
  );
}
