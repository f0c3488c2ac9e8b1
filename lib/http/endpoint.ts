import { Overloaded, type RefusalCode } from "../core/refusal.ts";
import { refuse } from "../core/result.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import { sendsAsWritten } from "../lab/settings/cookie-attributes.ts";
import { type Admitted, admission } from "./admission.ts";
import type { AnsweredCall, Application, LabContext } from "./application.ts";
import { corsHeaders } from "./cors.ts";
import { holdBack, lateHeader, lateness } from "./late.ts";
import { atNode, nodeHeader } from "./node.ts";
import { noteCrossSite } from "./note-refusal.ts";
import type { Answer, Call, Operation, Operations } from "./operation.ts";
import { broken, problem } from "./problem.ts";
import { lookAtHeld, recordExchange, recordRefused } from "./record-exchange.ts";
import { createChosenJar } from "./request/chosen-jar.ts";
import { atNetwork, clientOf } from "./request/client.ts";
import { createRequestJar, type RequestJar } from "./request/cookie-jar.ts";
import { flowRequestOf } from "./request/flow-request.ts";
import { resolveLabContext } from "./request/lab-of-request.ts";
import { isProved } from "./request/proof-of-request.ts";
import { settleCookies } from "./request/settle-cookies.ts";

/**
 * Every request below `/api` passes here: it is admitted, read, answered and recorded. `operations`: those of its
 * address; an unknown address has none.
 */
export async function answer(
  app: Application,
  operations: Operations,
  request: Request,
  params: Call["params"] = {},
): Promise<Response> {
  try {
    const admitted = await admission(operations, request, app.origin);
    const response =
      admitted instanceof Response
        ? await turnAway(app, request, admitted)
        : await perform(app, request, params, admitted);
    if (request.method !== "HEAD") return response;
    // HEAD has no body. A stream is cancelled here; without a reader it would run until the process ends.
    await response.body?.cancel();
    return new Response(null, response);
  } catch (error) {
    // Before an operation was chosen: the store of the lab did not answer.
    if (error instanceof StoreUnavailable) return withEdgeHeaders(app, request, problem("STORE_UNAVAILABLE"));
    app.report(error);
    return broken();
  }
}

async function turnAway(app: Application, request: Request, refusal: Response): Promise<Response> {
  const response = withEdgeHeaders(app, request, refusal);
  // Recording only informs an open page: if it fails, the answer stays the same.
  await recordRefused(app, request, response).catch(app.report);
  // Admission refuses with 403 by the origin verdict alone.
  if (response.status === 403) await noteCrossSite(app, request).catch(app.report);
  return response;
}

async function perform(
  app: Application,
  request: Request,
  params: Call["params"],
  { operation, body, text }: Admitted<Operation>,
): Promise<Response> {
  const cameIn = performance.now();
  const sent = createRequestJar(request.headers.get("cookie"));
  const peer = clientOf(request, app.deviceOf);
  const asking = flowRequestOf(request, sent, peer, body);
  const visit = await resolveLabContext(app, operation.lab, request, asking);
  if ("refused" in visit) return withEdgeHeaders(app, request, visit.refused);

  const client = app.labMode ? atNetwork(peer, request) : peer;
  const found = visit.context && app.labMode ? atNode(visit.context, request, sent) : null;
  const context = found?.context ?? visit.context;
  const jar = jarIn(context, app, sent);
  const flowRequest = { ...asking, cookies: jar, client };
  const ambiguous = context ? await settleCookies({ context, flows: app.flows, jar, client }) : new Set<string>();
  const heldSince = await lookAtHeld(app, request, operation.quiet ? null : context);
  const recording = recordExchange(app, { request, body: text, client, withoutCookies: operation.form === true });
  const about: Call["about"] = { flow: null, variant: null, toldIn: null };
  const watch = (lab: LabContext) => {
    if (!app.exchanges.isWatched(lab.lab.id)) return null;
    about.toldIn = lab;
    return recording.trace;
  };
  const call: Call = {
    app,
    request,
    params,
    body,
    context,
    jar,
    flowRequest,
    ambiguous,
    client,
    trace: context && !operation.quiet ? watch(context) : null,
    watch,
    about,
  };
  const early = jar.setCookieLines();
  const given = await rememberingPlaces(call, operation).catch(async (error: unknown): Promise<Answer> => {
    if (error instanceof StoreUnavailable) return refuse("STORE_UNAVAILABLE");
    if (error instanceof Overloaded) return refuse("OVERLOADED");
    if (context && (await isGone(app, context)))
      return problem("NOT_FOUND", { detail: "This lab was reset meanwhile." });
    throw error;
  });
  const set = jar.setCookieLines();
  const lines = "code" in given && withoutCookies.has(given.code) ? early : set;
  const response = withEdgeHeaders(app, request, finish(given, lines));
  if (context) await tellAnswered(call, { context, cameIn, sets: set.length > 0 });
  if (found?.node) response.headers.set(nodeHeader, found.node);
  const late = lateness(request, app.labMode);
  if (late > 0) response.headers.set(lateHeader, String(late));
  await holdBack(request, late);
  if (about.toldIn)
    await recording.publish(about.toldIn, response, {
      about,
      proof: proofOf(call, operation, about.toldIn),
      heldSince,
    });
  return response;
}

/** The answer stays the same, also if telling fails. */
async function tellAnswered(call: Call, answered: Pick<AnsweredCall, "context" | "cameIn" | "sets">): Promise<void> {
  const { toldIn: _, ...about } = call.about;
  const { app, flowRequest } = call;
  await app.answered({ ...answered, flowRequest, sent: () => credentialsSent(call), ...about }).catch(app.report);
}

function credentialsSent({ app: { flows }, jar, flowRequest: { bearer, refreshToken } }: Call): readonly string[] {
  const inCookies = flows.flatMap(({ manifest }) => manifest.cookies.flatMap(({ name }) => jar.everSet(name)));
  return [bearer, refreshToken, ...inCookies].flatMap((each) => each || []);
}

/** Asked after the operation, of the request as it was sent: the operation may have written other cookies into the jar. */
async function proofOf(call: Call, { form }: Operation, toldIn: LabContext): Promise<boolean> {
  // The lab's own client: it is told only once its secret was found right.
  if (form) return true;
  const { app, request, client, body } = call;
  const sent = jarIn(toldIn, app, createRequestJar(request.headers.get("cookie")));
  return isProved({ ...call, flowRequest: flowRequestOf(request, sent, client, body) }, toldIn);
}

/** Before a cookie is sent, its place is written down: a logout has to delete it there. */
async function rememberingPlaces(call: Call, operation: Operation): Promise<Answer> {
  const given = await operation.run(call);
  for (const flow of call.jar.newPlaces()) await call.context?.rememberPlace(flow);
  return given;
}

/**
 * Refusals that set no cookie but the lab's own: the request was not decided, or another one was first, and the cookies
 * are that one's.
 */
const withoutCookies: ReadonlySet<RefusalCode> = new Set(["STORE_UNAVAILABLE", "OVERLOADED", "SUPERSEDED"]);

/** A flow always writes its own cookies in one way. This jar applies the cookie settings of the lab to them. */
export function jarIn(context: LabContext | null, { flows }: Pick<Application, "flows">, jar: RequestJar): RequestJar {
  if (!context) return jar;
  const { settings, cookiePlaces: places } = context.lab;
  const choice = settings.cookies;
  if (sendsAsWritten(choice) && places.length === 0) return jar;
  const own = flows.flatMap(({ manifest }) => manifest.cookies.map(({ name }) => [name, manifest.id] as const));
  return createChosenJar(jar, { own: new Map(own), choice, places });
}

/** Was this lab reset while the request was under way? A lab that was made anew has another salt. */
async function isGone(app: Application, { lab }: LabContext): Promise<boolean> {
  const now = await app.findLabContext(lab.id);
  return now?.lab.salt !== lab.salt;
}

/** Set-Cookie lines are added last, so that a refusal carries the flow's cookies as well. */
function finish(given: Answer, setCookieLines: readonly string[]): Response {
  const response = given instanceof Response ? given : problem(given.code, given);
  for (const line of setCookieLines) response.headers.append("set-cookie", line);
  return response;
}

/** The headers of every answer. No answer may be stored in a cache (ASVS 14.3.2, WSTG-SESS-04). */
function withEdgeHeaders(app: Application, request: Request, response: Response): Response {
  for (const [name, value] of corsHeaders(app.corsOrigins, request)) response.headers.append(name, value);
  response.headers.set("cache-control", "no-store");
  response.headers.append("vary", "Cookie, Authorization, Origin, Sec-Fetch-Site");
  return response;
}
