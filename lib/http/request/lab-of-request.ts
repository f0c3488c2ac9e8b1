import type { FlowModule } from "../../core/flow.ts";
import type { FlowRequest } from "../../core/request.ts";
import { tooMany } from "../answers.ts";
import type { Application, LabContext } from "../application.ts";
import type { Operation } from "../operation.ts";
import { problem } from "../problem.ts";
import { labNamedBy } from "./address.ts";
import { labCookie, labCookieOf } from "./lab-cookie.ts";
import { isSafe, mayStartLab } from "./origin.ts";

type InLab = { readonly context: LabContext | null };

/**
 * The lab of this request: that of its lab cookie. Without one, the lab that a credential names, so a bearer token
 * needs no cookie. Outside lab mode there is one lab only.
 */
export async function resolveLabContext(
  app: Application,
  need: Operation["lab"],
  request: Request,
  flowRequest: FlowRequest,
): Promise<InLab | { readonly refused: Response }> {
  if (need === "none") return { context: null };
  const { cookies } = flowRequest;
  const cookie = labCookieOf(cookies);
  if (need === "start" && app.labMode) {
    if (cookie === null && !mayStartLab(request)) return { refused: problem("NOT_FOUND", { detail: ofAnotherSite }) };
    const value = cookie ?? app.mintLabCookie();
    // To look at a lab costs no row: it has one from its first change on (RFC 9110 §9.2.1).
    const visit = await app.visit(value, { address: flowRequest.client.ip, writes: !isSafe(request) });
    if ("retryAfter" in visit) return { refused: tooMany(visit.retryAfter) };
    if (!cookie) cookies.set(labCookie.name, value, labCookie);
    return visit;
  }
  const labId = cookie || !app.labMode ? app.labIdOf(cookie ?? "") : namedBy(app.flows, flowRequest);
  return { context: labId ? await app.findLabContext(labId) : null };
}

const ofAnotherSite = "Another site's page starts no lab here. Open one of this application's own pages first.";

function namedBy(flows: readonly FlowModule[], request: FlowRequest): string | null {
  const cookies = flows.flatMap(({ manifest }) => manifest.cookies.map(({ name }) => request.cookies.get(name)?.value));
  // The first that names one: a credential that names none does not hide another.
  const named = [request.bearer, request.refreshToken, ...cookies].map((each) => (each ? labNamedBy(each) : null));
  return named.find((lab) => lab !== null) ?? null;
}
