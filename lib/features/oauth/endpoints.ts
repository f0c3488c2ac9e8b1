import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { holdingOf, takesBearer } from "../../core/credential.ts";
import type { AuthFlow } from "../../core/flow.ts";
import type { Principal } from "../../core/login.ts";
import type { FlowRequest } from "../../core/request.ts";
import type { TokenAlgorithm } from "../../core/settings.ts";
import type { Variant } from "../../core/variant.ts";
import type { LabContext } from "../../http/application.ts";
import { asJson } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json, problem } from "../../http/problem.ts";
import { quietHeader } from "../../http/quiet-header.ts";
import { addressOf, variantOf } from "../../http/request/address.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
import { issuerOf } from "../../lab/lab.ts";
import { introspectAnswer, jwksAnswer, metadataAnswer, oauthErrorAnswer } from "./answers.ts";

const formBody = z.array(z.tuple([z.string(), z.string()])).optional();
type Form = z.infer<typeof formBody>;

/** `/api/labs/<public id>/…`: a lab as an authorization server for other programs. */
export function oauthEndpoints(server: AuthorizationServer): Endpoints {
  const forPrograms = {
    by: "lab-client",
    lab: "none",
    body: formBody,
    form: true,
    refuses: ["NOT_FOUND", "STORE_UNAVAILABLE"],
  } as const;
  const errors = { 400: [asJson(oauthErrorAnswer)], 401: [asJson(oauthErrorAnswer)] };
  return {
    "labs/:id/jwks": {
      GET: {
        summary: "The lab's public keys (RFC 7517)",
        lab: "none",
        answers: { 200: [asJson(jwksAnswer)] },
        refuses: ["NOT_FOUND"],
        run: (call) => jwks(call, server),
      },
    },
    "labs/:id/metadata": {
      GET: {
        summary: "The lab as an authorization server (RFC 8414)",
        description: "The same at its well-known address, `/.well-known/oauth-authorization-server/api/labs/<id>`.",
        lab: "none",
        answers: { 200: [asJson(metadataAnswer)] },
        refuses: ["NOT_FOUND"],
        run: (call) => metadata(call, server),
      },
    },
    "labs/:id/oauth/revoke": {
      POST: operation({
        ...forPrograms,
        summary: "End a token (RFC 7009)",
        description: "Succeeds also for an unknown token.",
        answers: { 200: [], ...errors },
        run: forClient(server, revoke),
      }),
    },
    "labs/:id/oauth/introspect": {
      POST: operation({
        ...forPrograms,
        summary: "Is this token good, and whose is it (RFC 7662)?",
        answers: { 200: [asJson(introspectAnswer)], ...errors },
        run: forClient(server, introspect),
      }),
    },
  };
}

/** The parts of a lab that make it an authorization server. */
export type AuthorizationServer = {
  /** The public keys that verify this lab's tokens (RFC 7517). */
  jwks(context: LabContext): Promise<unknown>;
  /** The algorithms of the variants that this lab accepts. */
  algorithms(context: LabContext): readonly TokenAlgorithm[];
  /**
   * The client that may introspect and revoke in this lab: under the current application secret first, then under
   * earlier ones.
   */
  clients(context: LabContext): readonly [OAuthClient, ...OAuthClient[]];
};

type OAuthClient = { readonly id: string; readonly secret: string };

async function jwks({ app, params }: Call, server: AuthorizationServer): Promise<Answer> {
  const context = await app.findLabContext(params["id"] ?? "");
  return context ? json(await server.jwks(context)) : problem("NOT_FOUND");
}

/** RFC 8414 §2. There is no OAuth login here, so the metadata names no response type and no grant. */
async function metadata({ app, params }: Call, server: AuthorizationServer): Promise<Answer> {
  const context = await app.findLabContext(params["id"] ?? "");
  if (!context) return problem("NOT_FOUND");
  const issuer = issuerOf(app.origin, context.lab.id);
  const authentication = ["client_secret_basic"];
  return json({
    issuer,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: [],
    grant_types_supported: [],
    revocation_endpoint: `${issuer}/oauth/revoke`,
    revocation_endpoint_auth_methods_supported: authentication,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    introspection_endpoint_auth_methods_supported: authentication,
    access_token_signing_alg_values_supported: server.algorithms(context),
  });
}

type ClientCall = Call & {
  readonly context: LabContext;
  readonly oauthClient: OAuthClient;
  readonly token: string;
  readonly used: boolean;
};

/**
 * Only the lab's own client may introspect; any other client could use the answers to try out tokens
 * (RFC 7662 §2.1, §4).
 */
function forClient(server: AuthorizationServer, run: (call: ClientCall) => Promise<Answer>) {
  return async (call: Call<Form>): Promise<Answer> => {
    const context = await call.app.findLabContext(call.params["id"] ?? "");
    if (!context) return { ok: false, code: "NOT_FOUND" };
    const header = call.request.headers.get("authorization");
    const oauthClient = server.clients(context).find((client) => isClient(header, client));
    if (!oauthClient) {
      return oauthError("invalid_client", "Only this lab's own client may ask.", 401);
    }
    const fields = call.body ?? [];
    // RFC 6749 §3.2: parameters must not be included more than once.
    if (new Set(fields.map(([name]) => name)).size < fields.length)
      return oauthError("invalid_request", "A parameter is given more than once.");
    const token = fields.find(([name]) => name === "token")?.[1];
    if (!token) return oauthError("invalid_request", "The parameter token is missing.");
    // RFC 7662 §2.1 allows parameters of context: this one says that the person is active, so the idle end moves on.
    const used = fields.some(([name, value]) => name === "used" && value === "true");
    return run({
      ...call,
      context,
      oauthClient,
      token,
      used,
      trace: call.request.headers.has(quietHeader) ? null : call.watch(context),
    });
  };
}

/** HTTP Basic with both halves form-encoded first (RFC 6749 §2.3.1). Compared in constant time. */
function isClient(header: string | null, { id, secret }: OAuthClient): boolean {
  const encoded = /^Basic +([\w+/=-]+) *$/i.exec(header ?? "")?.[1];
  const [given = "", ...rest] = Buffer.from(encoded ?? "", "base64")
    .toString("utf8")
    .split(":");
  const digest = (...parts: string[]) => createHash("sha256").update(JSON.stringify(parts)).digest();
  return timingSafeEqual(digest(formDecoded(given), formDecoded(rest.join(":"))), digest(id, secret));
}

function formDecoded(text: string): string {
  return new URLSearchParams(`text=${text.replaceAll("&", "%26")}`).get("text") ?? "";
}

/**
 * RFC 7009 §2.2. Revoking a token is a logout with that token alone. An unknown token is answered as if it had been
 * ended.
 */
async function revoke(call: ClientCall): Promise<Answer> {
  const holder = holderOf(call);
  const done = new Response(null, { status: 200 });
  if (!holder) return done;
  const { flow, variant } = holder;
  const access = await flow.authenticate(shownAsAccess(call, variant), { touch: false });
  const outlives = variant.claims["replay-after-logout"]?.some(
    ({ credential, outcome }) => credential === "access" && outcome === "exposed",
  );
  if (variant.settings.logout === "forgets" || (access.ok && outlives)) {
    // Answering 200 would be false: the token would still be accepted (RFC 7009 §2.2.1).
    return oauthError("unsupported_token_type", "A token of this kind and variant lives to its own end.");
  }
  await flow.logout(access.ok ? shownAsAccess(call, variant) : shownAsRefresh(call));
  return done;
}

/** RFC 7662. For a token that is not active the answer says only that, without a reason or a person (§2.2). */
async function introspect(call: ClientCall): Promise<Answer> {
  const holder = holderOf(call);
  // This lab is the service that introspects such a login, so it looks the record up and does not ask itself.
  const asks = holder !== null && isSessionOf(holder.variant);
  const access = asks ? null : await holder?.flow.authenticate(shownAsAccess(call, holder.variant), { touch: false });
  if (access?.ok) return json({ ...described(call, access.value), token_type: "Bearer" });
  const looked = await holder?.flow.look?.(shownAsRefresh(call), { touch: asks && call.used });
  if (!holder || !looked?.ok) return json({ active: false });
  const about = described(call, looked.value);
  return json(asks ? { ...about, ...session(looked.value) } : about);
}

function described({ app, context, oauthClient }: ClientCall, { user, issuedAt, expiresAt, jti }: Principal) {
  return {
    active: true,
    iss: issuerOf(app.origin, context.lab.id),
    client_id: oauthClient.id,
    sub: user.id,
    username: user.username,
    iat: Math.floor(issuedAt / 1000),
    exp: Math.floor(expiresAt / 1000),
    ...(jti && { jti }),
  };
}

/** Additional members, which an application needs to treat the answer as a login of its own. */
function session({ user, authenticatedAt, recordId }: Principal) {
  const { displayName: name, role } = user;
  return { name, role, auth_time: Math.floor(authenticatedAt / 1000), sid: recordId };
}

/** A variant whose client holds a token, in a header or wherever the variant keeps it. */
function handsOutTokens(variant: Variant): boolean {
  return variant.settings.storage !== undefined || takesBearer({ variants: [variant] });
}

/** A variant whose logins this lab introspects, as the session service. */
function isSessionOf({ settings }: Variant): boolean {
  return settings.proof === "id-introspected";
}

/** The flow that the token names, if it is a variant for other programs and this lab accepts it. */
function holderOf({
  app,
  context,
  client,
  token,
  trace,
  about,
}: ClientCall): { flow: AuthFlow; variant: Variant } | null {
  const address = addressOf(token);
  if (address?.labId !== context.lab.id) return null;
  for (const { manifest } of app.flows) {
    const variant = manifest.variants.find(({ id }) => id === variantOf(manifest.id, address));
    if (!variant || !context.lab.enabled.includes(variant.id)) continue;
    if (!handsOutTokens(variant) && !isSessionOf(variant)) continue;
    about.flow = manifest.id;
    about.variant = variant.id;
    return { flow: context.flow(variant.id, { client, trace }), variant };
  }
  return null;
}

/**
 * A request with this token alone, in the place where its variant carries it; the cookies of the real request are left
 * out.
 */
function shownAsAccess({ client, token }: ClientCall, variant: Variant): FlowRequest {
  const holding = holdingOf(variant, "access");
  if (holding?.travels !== "cookie") return { cookies: createRequestJar(null), client, bearer: token };
  return { cookies: createRequestJar(`${holding.cookie}=${encodeURIComponent(token)}`), client };
}

function shownAsRefresh({ client, token }: ClientCall): FlowRequest {
  return { cookies: createRequestJar(null), client, refreshToken: token };
}

/** RFC 6749 §5.2. */
function oauthError(error: string, description: string, status = 400): Response {
  const headers = status === 401 ? { "www-authenticate": 'Basic realm="loginscope"' } : undefined;
  return Response.json({ error, error_description: description }, { status, ...(headers && { headers }) });
}
