import type { z } from "zod";
import type { Client, FlowId, FlowRequest, VariantId } from "../core/flow.ts";
import { type RefusalCode, refusals } from "../core/refusal.ts";
import type { Application, StepRecorder, World } from "./application.ts";
import { readBody } from "./body.ts";
import { clientOf } from "./client.ts";
import { createRequestJar, type RequestJar } from "./cookie-jar.ts";
import { corsHeaders } from "./cors.ts";
import { resolveWorld } from "./lab-of-request.ts";
import { judgeOrigin } from "./origin.ts";
import { type ProblemExtras, problem } from "./problem.ts";
import { recordExchange } from "./record-exchange.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One address of the interface: what it takes, by method. Every address goes through `answer`, so none can forget a check. */
export type Endpoint = { readonly [M in Method]?: Operation };

export type Operation = {
  /** What a body must look like; absent: none is read. */
  readonly body?: z.ZodType;
  /** `start`: a visitor without a lab gets one. `named`: whichever lab the request speaks of, if any. */
  readonly lab: "start" | "named" | "none";
  /** Exists only in lab mode. */
  readonly labModeOnly?: boolean;
  /** Only looks at the lab, so watching it is not worth telling the watchers. */
  readonly quiet?: boolean;
  run(call: Call): Promise<Answer>;
};

/** One request on its way through the edge. */
export type Call = {
  readonly app: Application;
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  /** As the operation's schema checked it. */
  readonly body: unknown;
  readonly world: World | null;
  readonly jar: RequestJar;
  readonly flowRequest: FlowRequest;
  readonly client: Client;
  readonly trace: StepRecorder | null;
  /** For the record: which flow and variant it turned out to concern. */
  readonly about: { flow: FlowId | null; variant: VariantId | null };
};

export type Answer = Response | ({ readonly ok: false; readonly code: RefusalCode } & ProblemExtras);

/** The one way in: every request of the interface is judged, read, answered and recorded here. */
export async function answer(
  app: Application,
  endpoint: Endpoint,
  request: Request,
  params: Call["params"] = {},
): Promise<Response> {
  try {
    const response = await answerOrThrow(app, endpoint, request, params);
    for (const [name, value] of corsHeaders(app.corsOrigins, request)) response.headers.append(name, value);
    response.headers.set("cache-control", "no-store");
    response.headers.append("vary", "Cookie, Authorization, Origin, Sec-Fetch-Site");
    return request.method === "HEAD" ? new Response(null, response) : response;
  } catch (error) {
    app.report(error);
    return Response.json(
      { type: "about:blank", title: "Something broke on the server", status: 500, detail: "It was not your request." },
      { status: 500, headers: { "content-type": "application/problem+json", "cache-control": "no-store" } },
    );
  }
}

async function answerOrThrow(
  app: Application,
  endpoint: Endpoint,
  request: Request,
  params: Call["params"],
): Promise<Response> {
  const allow = allowed(endpoint);
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
  const operation = operationOf(endpoint, request.method);
  if (!operation) return problem("METHOD_NOT_ALLOWED", { headers: { allow } });
  if (operation.labModeOnly && !app.labMode) return problem("NOT_FOUND");
  const origin = judgeOrigin(request);
  if (!origin.ok) return problem(origin.code);
  const read = operation.body ? await readBody(request, operation.body) : { body: undefined, text: "" };
  if ("answer" in read) return read.answer;

  const jar = createRequestJar(request.headers.get("cookie"));
  const client = clientOf(request, app.deviceOf);
  const flowRequest = flowRequestOf(request, jar, client, read.body);
  const visit = await resolveWorld(app, operation.lab, flowRequest);
  if ("retryAfter" in visit) return tooMany(visit.retryAfter);

  const { world } = visit;
  const watched = world && !operation.quiet && app.exchanges.isWatched(world.lab.id);
  const steps = watched ? recordExchange(app, world, request, read.text, client) : null;
  const call: Call = {
    app,
    request,
    params,
    body: read.body,
    world,
    jar,
    flowRequest,
    client,
    trace: steps?.trace ?? null,
    about: { flow: null, variant: null },
  };
  const response = finish(await operation.run(call), jar);
  await steps?.publish(response, call.about);
  return response;
}

/** The Set-Cookie lines are added last, so a flow's cookies travel with a refusal as well. */
function finish(given: Answer, jar: RequestJar): Response {
  const response = given instanceof Response ? given : problem(given.code, given);
  for (const line of jar.setCookieLines()) response.headers.append("set-cookie", line);
  return response;
}

export function tooMany(seconds: number): Response {
  const detail = `${refusals.TOO_MANY_REQUESTS.title}. Wait ${seconds} seconds, then try again.`;
  return problem("TOO_MANY_REQUESTS", { detail, headers: { "retry-after": String(seconds) } });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

function operationOf(endpoint: Endpoint, method: string): Operation | undefined {
  const asked = method === "HEAD" ? "GET" : method;
  return Object.entries(endpoint).find(([name]) => name === asked)?.[1];
}

function allowed(endpoint: Endpoint): string {
  const methods = Object.keys(endpoint);
  return [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

function flowRequestOf(request: Request, jar: RequestJar, client: Client, body: unknown): FlowRequest {
  const bearer = /^Bearer +([^\s]+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const refreshToken =
    typeof body === "object" && body !== null && "refresh_token" in body ? String(body.refresh_token) : undefined;
  return { cookies: jar, client, ...(bearer && { bearer }), ...(refreshToken && { refreshToken }) };
}
