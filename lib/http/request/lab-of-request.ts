import type { FlowModule } from "../../core/flow.ts";
import type { FlowRequest } from "../../core/request.ts";
import type { Application, LabContext } from "../application.ts";
import type { Operation } from "../operation.ts";
import { labNamedBy } from "./address.ts";
import { labCookie, labCookieOf } from "./lab-cookie.ts";

/**
 * The lab of this request: that of its lab cookie. Without one, the lab that a credential names, so a bearer token
 * needs no cookie. Outside lab mode there is one lab only.
 */
export async function resolveLabContext(
  app: Application,
  need: Operation["lab"],
  request: FlowRequest,
): Promise<{ context: LabContext | null } | { retryAfter: number }> {
  if (need === "none") return { context: null };
  const cookie = labCookieOf(request.cookies);
  if (need === "start" && app.labMode) {
    const value = cookie ?? app.mintLabCookie();
    const visit = await app.visit(value, request.client.ip);
    if (!cookie && "context" in visit) request.cookies.set(labCookie.name, value, labCookie);
    return visit;
  }
  const labId = cookie || !app.labMode ? app.labIdOf(cookie ?? "") : namedBy(app.flows, request);
  return { context: labId ? await app.findLabContext(labId) : null };
}

function namedBy(flows: readonly FlowModule[], request: FlowRequest): string | null {
  const cookies = flows.flatMap(({ manifest }) => manifest.cookies.map(({ name }) => request.cookies.get(name)?.value));
  const credential = [request.bearer, request.refreshToken, ...cookies].find(Boolean);
  return credential ? labNamedBy(credential) : null;
}
