import { cookiesOf, takesBearer } from "../core/credential.ts";
import type { FlowModule } from "../core/flow.ts";
import type { Grant } from "../core/login.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { OptionalOperation, Variant } from "../core/variant.ts";
import type { Answer } from "./operation.ts";
import { unauthorized } from "./problem.ts";

/** Field names of RFC 6749 §5.1 where the client holds tokens. */
export function grantBody(grant: Grant, { manifest }: FlowModule, variant: Variant): Record<string, unknown> {
  const { user, issuedAt, expiresAt, accessToken, refreshToken } = grant;
  return {
    user,
    flow: manifest.id,
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

/** A refusal in this flow's own terms: a 401 names what would be accepted. */
export function refused({ manifest }: FlowModule, code: RefusalCode): Answer {
  const [cookie] = cookiesOf(manifest, "access");
  return unauthorized(code, { bearer: takesBearer(manifest), ...(cookie && { cookie }) });
}

/** An empty Allow: the address is there, and takes nothing (RFC 9110 §10.2.1). */
export function notSupported(variant: Variant, operation: OptionalOperation): Answer {
  return { ok: false, code: "NOT_SUPPORTED", detail: variant.cannot[operation], headers: { allow: "" } };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
