import type { z } from "zod";
import { type AuthFlow, acting } from "../core/flow.ts";
import type { FlowRequest } from "../core/request.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import { nameAsKept } from "../core/text/person-name.ts";
import type { FlowManifest, Variant } from "../core/variant.ts";
import { type Admitted, admission } from "./admission.ts";
import { grantBody, noContent, notSupported, refused, sessionView, tooMany } from "./answers.ts";
import { forgetCookies, forgetRefused } from "./forget-cookies.ts";
import { broken, json, problem, type Refusal } from "./problem.ts";
import { clientOf } from "./request/client.ts";
import { createRequestJar } from "./request/cookie-jar.ts";
import { loginBody, refreshBody, revokeBody } from "./request/flow-bodies.ts";
import { flowRequestOf } from "./request/flow-request.ts";

/** One variant of one flow by itself, without labs. */
export type Standalone = {
  readonly flow: AuthFlow;
  readonly manifest: Pick<FlowManifest, "id" | "cookies">;
  readonly variant: Variant;
  /** Scheme, host and port under which people reach it. */
  readonly origin: string;
  deviceOf(userAgent: string): string;
  /** Counts logins by name and address. `wait`: seconds, or `null`. An attempt that succeeds is given back. */
  readonly limit: {
    reserve(key: string): Promise<{ readonly wait: number | null; giveBack(): Promise<void> }>;
  };
  report(error: unknown): void;
};

type StandaloneAnswer = Response | Refusal;
type Call<Body = unknown> = Standalone & { readonly body: Body; readonly flowRequest: FlowRequest };
type Operation = { readonly body?: z.ZodType; run(call: Call): Promise<StandaloneAnswer> };

// One variant stands alone here: a login chooses none.
const standaloneLoginBody = loginBody.omit({ variant: true });

/** The operations of each address, by method. */
const addresses = new Map<string, ReadonlyMap<string, Operation>>([
  ["/login", new Map([["POST", withBody(standaloneLoginBody, login)]])],
  ["/me", new Map([["GET", { run: me }]])],
  ["/refresh", new Map([["POST", withBody(refreshBody, refresh)]])],
  ["/logout", new Map([["POST", withBody(refreshBody, logout)]])],
  ["/sessions", new Map([["GET", { run: sessions }]])],
  ["/revoke", new Map([["POST", withBody(revokeBody, revoke)]])],
]);

/** `run` gets the body as the schema parsed it in `admission`. */
function withBody<Body extends z.ZodType>(
  body: Body,
  run: (call: Call<z.output<Body>>) => Promise<StandaloneAnswer>,
): Operation {
  return { body, run };
}

/** Answers every request: address, method, origin, body, then the flow. Every refusal is problem details (RFC 9457). */
export function createStandalone(options: Standalone): (request: Request) => Promise<Response> {
  return async (request) => {
    const operations = addresses.get(new URL(request.url).pathname) ?? new Map<string, Operation>();
    try {
      const admitted = await admission(operations, request, options.origin);
      const response = admitted instanceof Response ? admitted : await perform(options, request, admitted);
      // May not be stored (ASVS 14.3.2, WSTG-SESS-04).
      response.headers.set("cache-control", "no-store");
      response.headers.set("x-content-type-options", "nosniff");
      return request.method === "HEAD" ? new Response(null, response) : response;
    } catch (error) {
      options.report(error);
      return broken();
    }
  };
}

async function perform(
  options: Standalone,
  request: Request,
  { operation, body }: Admitted<Operation>,
): Promise<Response> {
  const jar = createRequestJar(request.headers.get("cookie"));
  const flowRequest = flowRequestOf(request, jar, clientOf(request, options.deviceOf), body);
  const given = await operation.run({ ...options, body, flowRequest }).catch((error: unknown): Refusal => {
    if (error instanceof StoreUnavailable) return { ok: false, code: "STORE_UNAVAILABLE" };
    throw error;
  });
  const response = given instanceof Response ? given : problem(given.code, given);
  // Added last, so that a refusal carries the flow's cookies as well. An undecided request changes nothing.
  const undecided = "code" in given && given.code === "STORE_UNAVAILABLE";
  for (const line of undecided ? [] : jar.setCookieLines()) response.headers.append("set-cookie", line);
  return response;
}

async function login(call: Call<z.output<typeof standaloneLoginBody>>): Promise<StandaloneAnswer> {
  const { flow, variant, flowRequest, limit } = call;
  const { username, password, remember = false, client = "browser" } = call.body;
  if (client === "native" && variant.native !== true) {
    return { ok: false, code: "UNPROCESSABLE", detail: "client: what is given here lives in cookies." };
  }
  const key = `${flowRequest.client.ip}|${nameAsKept(username)}`;
  const attempt = await limit.reserve(key);
  if (attempt.wait !== null) return tooMany(attempt.wait);
  const grant = await flow.login(flowRequest, { username, password }, { remember, client });
  // The password was right, also where its cookie does not fit or another login was first.
  if (grant.ok || grant.code === "UNPROCESSABLE" || grant.code === "SUPERSEDED") await attempt.giveBack();
  if (!grant.ok) return refused(own(call), grant.code);
  return json(grantBody(grant.value, call, variant));
}

async function me(call: Call): Promise<StandaloneAnswer> {
  const principal = await call.flow.authenticate(call.flowRequest);
  if (!principal.ok) return refused(own(call), principal.code, call.variant);
  const { user, issuedAt, expiresAt } = principal.value;
  return json({ user, variant: call.variant.id, issuedAt: iso(issuedAt), expiresAt: iso(expiresAt) });
}

async function refresh(call: Call): Promise<StandaloneAnswer> {
  const grant = await call.flow.refresh?.(call.flowRequest);
  if (!grant) return notSupported(call.variant, "refresh");
  if (grant.ok) return json(grantBody(grant.value, call, call.variant));
  const { cookies, refreshToken } = call.flowRequest;
  // A token of the body is another client's, whose cookies stay.
  if (refreshToken === undefined) forgetRefused(cookies, call.manifest, grant.code);
  return refused(own(call), grant.code, call.variant);
}

async function logout(call: Call): Promise<StandaloneAnswer> {
  await call.flow.logout(call.flowRequest);
  return noContent();
}

async function sessions(call: Call): Promise<StandaloneAnswer> {
  const principal = await call.flow.authenticate(call.flowRequest);
  if (!principal.ok) return refused(own(call), principal.code, call.variant);
  const list = await call.flow.list?.(principal.value.user.id);
  if (!list) return notSupported(call.variant, "list");
  if (!list.ok) return list;
  const { recordId } = principal.value;
  return json({ sessions: list.value.map((each) => ({ ...sessionView(each, recordId), variant: each.variant })) });
}

async function revoke(call: Call<z.output<typeof revokeBody>>): Promise<StandaloneAnswer> {
  const principal = await call.flow.authenticate(call.flowRequest, acting);
  if (!principal.ok) return refused(own(call), principal.code, call.variant);
  const target = { user: principal.value.user.id, ...call.body };
  const revoked = await call.flow.revoke?.(principal.value, target);
  if (!revoked) return notSupported(call.variant, "revoke");
  const { session, scope } = { session: undefined, scope: undefined, ...call.body };
  const endsOwn = session === undefined ? scope !== "others" : session === principal.value.recordId;
  if (revoked.ok && endsOwn) forgetCookies(call.flowRequest.cookies, call.manifest);
  if (revoked.ok) return json({ revoked: revoked.value });
  return revoked.code === "NOT_SUPPORTED" ? notSupported(call.variant, "revokeOne") : revoked;
}

/** The credentials that are accepted here: those of this variant only. */
function own({ variant }: Standalone) {
  return { manifest: { variants: [variant] } };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
