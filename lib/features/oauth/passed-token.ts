import { z } from "zod";
import { type Holding, holdingOf, takesBearer } from "../../core/credential.ts";
import type { AuthFlow } from "../../core/flow.ts";
import type { FlowRequest } from "../../core/request.ts";
import type { Variant } from "../../core/variant.ts";
import type { LabContext } from "../../http/application.ts";
import type { Call } from "../../http/operation.ts";
import { addressOf, decodeToken, labNamedBy, variantOf } from "../../http/request/address.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";

export type PassingCall = Call & { readonly context: LabContext; readonly token: string };

/**
 * A token that a program passed on. `access`: a JWT of a login, wherever its client keeps it. `refresh`: a refresh
 * token, or the id that renews a short token. `session`: the id of a login that this lab introspects.
 */
export type LoginToken = {
  readonly kind: "access" | "refresh" | "session";
  readonly flow: AuthFlow;
  readonly variant: Variant;
  /** A request with this token alone, in the place where its client keeps it. The real request's cookies are left out. */
  readonly request: FlowRequest;
};

/**
 * `inside`: a JWT without a variant, as a gateway makes it for a service behind it. `no-token`: it names a variant of
 * this lab, which has no such token: a session id, or a state in a cookie.
 */
export type PassedToken = LoginToken | { readonly kind: "inside" } | { readonly kind: "no-token" };

/** What the token is by its own text, which is no proof. `null`: it is not of this lab, or of a variant that this lab does not accept. */
export function passedToken(call: PassingCall): PassedToken | null {
  const { app, context, client, token, trace, about } = call;
  const address = addressOf(token);
  if (!address) return decodeToken(token) && labNamedBy(token) === context.lab.id ? { kind: "inside" } : null;
  if (address.labId !== context.lab.id) return null;
  for (const { manifest } of app.flows) {
    const variant = manifest.variants.find(({ id }) => id === variantOf(manifest.id, address));
    if (!variant || !context.lab.enabled.includes(variant.id)) continue;
    const found = kindOf(variant, token);
    if (!found) return { kind: "no-token" };
    about.flow = manifest.id;
    about.variant = variant.id;
    const { kind, holding } = found;
    return { kind, flow: context.flow(variant.id, { client, trace }), variant, request: carrying(call, holding) };
  }
  return null;
}

type Found = { readonly kind: LoginToken["kind"]; readonly holding: Holding };

/** A JWT is an access token here, and another text is not; ids of sessions are only told by the lab that keeps them. */
function kindOf(variant: Variant, token: string): Found | null {
  const access = holdingOf(variant, "access");
  const refresh = holdingOf(variant, "refresh");
  if (variant.settings.algorithm !== undefined && decodeToken(token)) {
    const holding = takesBearer({ variants: [variant] }) ? bearer : access;
    return holding ? { kind: "access", holding } : null;
  }
  if (refresh) return { kind: "refresh", holding: refresh };
  return variant.settings.proof === "id-introspected" && access ? { kind: "session", holding: access } : null;
}

const bearer = { credential: "access", travels: "bearer" } as const satisfies Holding;

function carrying({ client, token }: PassingCall, holding: Holding): FlowRequest {
  if (holding.travels === "cookie")
    return { cookies: createRequestJar(`${holding.cookie}=${encodeURIComponent(token)}`), client };
  const cookies = createRequestJar(null);
  return { cookies, client, ...(holding.travels === "bearer" ? { bearer: token } : { refreshToken: token }) };
}

const numericDate = z.number().transform(Math.floor);
const claims = z.object({ iat: numericDate, exp: numericDate, jti: z.string() });
const insideClaims = claims.extend({ aud: z.string() });

/** What a verified token states of itself. */
export function claimsOf(token: string): z.infer<typeof claims> {
  return claims.parse(decodeToken(token)?.payload);
}

export function insideClaimsOf(token: string): z.infer<typeof insideClaims> {
  return insideClaims.parse(decodeToken(token)?.payload);
}
