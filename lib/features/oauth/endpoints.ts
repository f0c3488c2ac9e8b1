import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Principal } from "../../core/login.ts";
import type { Client } from "../../core/request.ts";
import { type Result, refuse } from "../../core/result.ts";
import type { TokenAlgorithm } from "../../core/settings.ts";
import type { LabContext } from "../../http/application.ts";
import { asJson } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json, problem } from "../../http/problem.ts";
import { quietHeader } from "../../http/quiet-header.ts";
import { clientFrom } from "../../http/request/client.ts";
import { issuerOf } from "../../lab/lab.ts";
import { introspectAnswer, jwksAnswer, metadataAnswer, oauthErrorAnswer } from "./answers.ts";
import { claimsOf, insideClaimsOf, type LoginToken, passedToken } from "./passed-token.ts";

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
        description:
          "Succeeds also for an unknown token. `unsupported_token_type` where a copy would live on: then nothing is ended.",
        answers: { 200: [], ...errors },
        run: forClient(server, revoke),
      }),
    },
    "labs/:id/oauth/introspect": {
      POST: operation({
        ...forPrograms,
        summary: "Is this token good, and whose is it (RFC 7662)?",
        description:
          "Knows each JWT and refresh token of the lab, wherever it is kept, and session ids of `hybrid/introspected`.",
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
  /** The client that sent the token to the one that asks, if that says so. */
  readonly sender?: Client;
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
    const { used, sender } = toldOf(fields, call.app.deviceOf);
    return run({
      ...call,
      ...(sender && { client: sender, sender }),
      context,
      oauthClient,
      token,
      used,
      trace: call.request.headers.has(quietHeader) ? null : call.watch(context),
    });
  };
}

/**
 * RFC 7662 §2.1 allows parameters of context. `used`: the person is active, so the idle end moves on. `ip` and
 * `user_agent`: who sent the token, so that a login counts for the client that it is bound to.
 */
function toldOf(
  fields: NonNullable<Form>,
  deviceOf: (userAgent: string) => string,
): Pick<ClientCall, "used" | "sender"> {
  const { used, ip, user_agent: userAgent } = Object.fromEntries(fields);
  const isUsed = { used: used === "true" };
  return ip && userAgent !== undefined ? { ...isUsed, sender: clientFrom({ ip, userAgent }, deviceOf) } : isUsed;
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
 * ended. Answering 200 for one that is still accepted would be false: then nothing is ended (RFC 7009 §2.2.1).
 */
async function revoke(call: ClientCall): Promise<Answer> {
  const passed = passedToken(call);
  const done = new Response(null, { status: 200 });
  if (!passed) return done;
  if (passed.kind === "no-token")
    return unsupported("A session id or a state in a cookie is no token. Log out with it.");
  if (passed.kind === "inside") {
    const { ok: lives } = await call.context.inside(call.trace).verify(call.token);
    return lives ? unsupported("A token for a service inside lives to its own end.") : done;
  }
  const { flow, variant, request } = passed;
  const lives =
    variant.settings.logout === "forgets" || (outlivesLogout(passed) && (await judge(passed, { used: false })).ok);
  if (lives) return unsupported("A token of this kind and variant lives to its own end.");
  await flow.logout(request);
  return done;
}

/** Does a copy of an access token get in after its logout? */
function outlivesLogout({ kind, variant }: LoginToken): boolean {
  const claims = variant.claims["replay-after-logout"] ?? [];
  return claims.some(({ credential, outcome }) => credential === kind && outcome === "exposed");
}

/** RFC 7662. For a token that is not active the answer says only that, without a reason or a person (§2.2). */
async function introspect(call: ClientCall): Promise<Answer> {
  const passed = passedToken(call);
  if (!passed || passed.kind === "no-token") return json({ active: false });
  if (passed.kind === "inside") return json(await insideToken(call));
  const { kind, request } = passed;
  const judged = await judge(passed, call);
  if (!judged.ok) return json({ active: false });
  const about = described(call, judged.value, kind === "access" ? claimsOf(call.token) : null);
  if (kind === "session") return json({ ...about, ...session(judged.value) });
  return json({ ...about, ...(request.bearer !== undefined && { token_type: "Bearer" }) });
}

/**
 * Whose it is, by its own flow. A service passed it on, so a login that is bound to its client is judged by the sender
 * that the service names, and by none if it names none. This lab is the service that introspects a session, so it looks
 * the record up and does not ask itself.
 */
async function judge(
  { kind, flow, request }: LoginToken,
  { used, sender }: Pick<ClientCall, "used" | "sender">,
): Promise<Result<Principal>> {
  const how = { touch: kind === "session" && used, sender: sender ?? null };
  if (kind === "access") return flow.authenticate(request, how);
  return (await flow.look?.(request, how)) ?? refuse("NOT_SUPPORTED");
}

/** The nearer of two ends: a token's own, and its login's if that is not used until then. */
function described(call: ClientCall, principal: Principal, claims: ReturnType<typeof claimsOf> | null) {
  const { user, issuedAt, expiresAt } = principal;
  const end = Math.floor(expiresAt / 1000);
  return {
    ...issuedTo(call),
    sub: user.id,
    username: user.username,
    iat: claims?.iat ?? Math.floor(issuedAt / 1000),
    exp: Math.min(claims?.exp ?? end, end),
    ...(claims && { jti: claims.jti }),
  };
}

/** A gateway's token names the person and the service that it is for, and no more. */
async function insideToken(call: ClientCall) {
  const verified = await call.context.inside(call.trace).verify(call.token);
  if (!verified.ok) return { active: false };
  return { ...issuedTo(call), token_type: "Bearer", sub: verified.value.subject, ...insideClaimsOf(call.token) };
}

function issuedTo({ app, context, oauthClient }: ClientCall) {
  return { active: true, iss: issuerOf(app.origin, context.lab.id), client_id: oauthClient.id };
}

/** Additional members, which an application needs to treat the answer as a login of its own. */
function session({ user, authenticatedAt, recordId }: Principal) {
  const { displayName: name, role } = user;
  return { name, role, auth_time: Math.floor(authenticatedAt / 1000), sid: recordId };
}

function unsupported(description: string): Response {
  return oauthError("unsupported_token_type", description);
}

/** RFC 6749 §5.2. */
function oauthError(error: string, description: string, status = 400): Response {
  const headers = status === 401 ? { "www-authenticate": 'Basic realm="loginscope"' } : undefined;
  return Response.json({ error, error_description: description }, { status, ...(headers && { headers }) });
}
