import { z } from "zod";
import { holdingOf } from "../core/credential.ts";
import type { AuthFlow } from "../core/flow.ts";
import type { Grant } from "../core/login.ts";
import { type RefusalCode, refusals } from "../core/refusal.ts";
import type { Client, FlowRequest } from "../core/request.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { FlowManifest, OptionalOperation, Variant } from "../core/variant.ts";
import { readBody, shortText } from "./body.ts";
import { clientOf } from "./client.ts";
import { createRequestJar, type RequestJar } from "./cookie-jar.ts";
import { isSafe, judgeOrigin } from "./origin.ts";
import { json, type ProblemExtras, problem, unauthorized } from "./problem.ts";

/** One variant of one flow by itself, without labs. */
export type Standalone = {
  readonly flow: AuthFlow;
  readonly manifest: Pick<FlowManifest, "id" | "cookies">;
  readonly variant: Variant;
  /** Scheme, host and port under which people reach it. */
  readonly origin: string;
  deviceOf(userAgent: string): string;
  /** Logins, counted by name and address. Answers the seconds to wait, or `null`. */
  readonly limit: { consume(key: string): Promise<number | null>; reward(key: string): Promise<void> };
  report(error: unknown): void;
};

type Refusal = { readonly ok: false; readonly code: RefusalCode } & ProblemExtras;
type Call = Standalone & { readonly body: unknown; readonly flowRequest: FlowRequest };
type Operation = {
  readonly method: "GET" | "POST";
  readonly body?: z.ZodType;
  run(call: Call): Promise<Response | Refusal>;
};

const loginBody = z.strictObject({
  username: shortText,
  password: shortText,
  remember: z.boolean().optional(),
  client: z.enum(["browser", "native"]).optional(),
});
const refreshBody = z.strictObject({ refresh_token: shortText }).optional();
const revokeBody = z.union(
  [z.strictObject({ scope: z.enum(["current", "others", "all"]) }), z.strictObject({ session: shortText })],
  'must be {"scope": "current" | "others" | "all"} or {"session": "<id>"}',
);
const noBody = z.strictObject({}).optional();

const operations = new Map<string, Operation>([
  ["/login", { method: "POST", body: loginBody, run: login }],
  ["/me", { method: "GET", run: me }],
  ["/refresh", { method: "POST", body: refreshBody, run: refresh }],
  ["/logout", { method: "POST", body: refreshBody, run: logout }],
  ["/sessions", { method: "GET", run: sessions }],
  ["/revoke", { method: "POST", body: revokeBody, run: revoke }],
]);

/** The one way in: address, method, origin, body, then the flow. Every answer that is no success is problem details (RFC 9457). */
export function createStandalone(options: Standalone): (request: Request) => Promise<Response> {
  return async (request) => {
    const jar = createRequestJar(request.headers.get("cookie"));
    const given = await answer(options, request, jar).catch((error: unknown): Refusal | Response => {
      if (error instanceof StoreUnavailable) return { ok: false, code: "STORE_UNAVAILABLE" };
      options.report(error);
      return json({ title: "Something broke on the server", status: 500 }, 500);
    });
    const response = given instanceof Response ? given : problem(given.code, given);
    for (const line of jar.setCookieLines()) response.headers.append("set-cookie", line);
    response.headers.set("cache-control", "no-store");
    response.headers.set("x-content-type-options", "nosniff");
    return response;
  };
}

async function answer(options: Standalone, request: Request, jar: RequestJar): Promise<Response | Refusal> {
  const operation = operations.get(new URL(request.url).pathname);
  if (!operation) return { ok: false, code: "NOT_FOUND" };
  if (request.method !== operation.method) {
    return { ok: false, code: "METHOD_NOT_ALLOWED", headers: { allow: operation.method } };
  }
  const origin = judgeOrigin(request, options.origin);
  if (!origin.ok) return origin;
  const read = isSafe(request) ? { body: undefined } : await readBody(request, operation.body ?? noBody);
  if ("answer" in read) return read.answer;
  const flowRequest = flowRequestOf(request, jar, clientOf(request, options.deviceOf), read.body);
  return operation.run({ ...options, body: read.body, flowRequest });
}

function flowRequestOf(request: Request, cookies: RequestJar, client: Client, body: unknown): FlowRequest {
  const authorization = request.headers.get("authorization");
  const bearer = authorization === null ? undefined : (/^Bearer +([^\s]+) *$/i.exec(authorization)?.[1] ?? "");
  const refreshToken =
    typeof body === "object" && body !== null && "refresh_token" in body ? String(body.refresh_token) : undefined;
  return { cookies, client, ...(bearer !== undefined && { bearer }), ...(refreshToken && { refreshToken }) };
}

async function login(call: Call): Promise<Response | Refusal> {
  const { flow, variant, flowRequest, limit } = call;
  const { username, password, remember = false, client = "browser" } = loginBody.parse(call.body);
  if (client === "native" && variant.native !== true) {
    return { ok: false, code: "UNPROCESSABLE", detail: "client: what is given here lives in cookies." };
  }
  const key = `${flowRequest.client.ip}|${username}`;
  const wait = await limit.consume(key);
  if (wait !== null) {
    const detail = `${refusals.TOO_MANY_REQUESTS.title}. Wait ${wait} seconds, then try again.`;
    return { ok: false, code: "TOO_MANY_REQUESTS", detail, headers: { "retry-after": String(wait) } };
  }
  const grant = await flow.login(flowRequest, { username, password }, { remember, client });
  if (!grant.ok) return refused(call, grant.code);
  await limit.reward(key);
  return json(grantBody(call, grant.value));
}

async function me(call: Call): Promise<Response | Refusal> {
  const principal = await call.flow.authenticate(call.flowRequest);
  if (!principal.ok) return refused(call, principal.code);
  const { user, issuedAt, expiresAt } = principal.value;
  return json({ user, variant: call.variant.id, issuedAt: iso(issuedAt), expiresAt: iso(expiresAt) });
}

async function refresh(call: Call): Promise<Response | Refusal> {
  const grant = await call.flow.refresh?.(call.flowRequest);
  if (!grant) return cannot(call, "refresh");
  return grant.ok ? json(grantBody(call, grant.value)) : refused(call, grant.code);
}

async function logout(call: Call): Promise<Response | Refusal> {
  await call.flow.logout(call.flowRequest);
  return new Response(null, { status: 204 });
}

async function sessions(call: Call): Promise<Response | Refusal> {
  const principal = await call.flow.authenticate(call.flowRequest);
  if (!principal.ok) return refused(call, principal.code);
  const list = await call.flow.list?.(principal.value.user.id);
  if (!list) return cannot(call, "list");
  if (!list.ok) return list;
  return json({
    sessions: list.value.map(({ createdAt, lastSeenAt, expiresAt, ...each }) => ({
      ...each,
      current: each.id === principal.value.recordId,
      ...{ createdAt: iso(createdAt), lastSeenAt: iso(lastSeenAt), expiresAt: iso(expiresAt) },
    })),
  });
}

async function revoke(call: Call): Promise<Response | Refusal> {
  const principal = await call.flow.authenticate(call.flowRequest);
  if (!principal.ok) return refused(call, principal.code);
  const target = { user: principal.value.user.id, ...revokeBody.parse(call.body) };
  const revoked = await call.flow.revoke?.(principal.value, target);
  if (!revoked) return cannot(call, "revoke");
  if (revoked.ok) return json({ revoked: revoked.value });
  return revoked.code === "NOT_SUPPORTED" ? cannot(call, "revokeOne") : revoked;
}

/** Field names of RFC 6749 §5.1 where the client holds tokens. */
function grantBody({ variant }: Call, { user, issuedAt, expiresAt, accessToken, refreshToken }: Grant) {
  return {
    user,
    variant: variant.id,
    expiresAt: iso(expiresAt),
    ...(accessToken && {
      access_token: accessToken.value,
      token_type: "Bearer",
      expires_in: Math.round((accessToken.expiresAt - issuedAt) / 1000),
    }),
    ...(refreshToken && { refresh_token: refreshToken.value }),
  };
}

/** A 401 names what would be accepted (RFC 9110 §11.6.1). */
function refused({ variant }: Call, code: RefusalCode): Refusal {
  const access = holdingOf(variant, "access");
  return unauthorized(code, access?.travels === "cookie" ? { cookie: access.cookie } : { bearer: true });
}

function cannot({ variant }: Call, operation: OptionalOperation): Refusal {
  return { ok: false, code: "NOT_SUPPORTED", detail: variant.cannot[operation], headers: { allow: "" } };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
