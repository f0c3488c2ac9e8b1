import { cookiesOf, takesBearer } from "../core/credential.ts";
import type { Grant, RecordSummary } from "../core/login.ts";
import { type RefusalCode, refusals } from "../core/refusal.ts";
import type { FlowManifest, OptionalOperation, Variant } from "../core/variant.ts";
import { problem, type Refusal, unauthorized } from "./problem.ts";

/** Field names of RFC 6749 §5.1 if the client keeps the tokens. */
export function grantBody(
  grant: Grant,
  { manifest }: { readonly manifest: Pick<FlowManifest, "id"> },
  variant: Variant,
): Record<string, unknown> {
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

type Takes = { readonly variants: readonly Pick<Variant, "holds" | "native">[] };

/** A refusal by this flow: a 401 names the credential that it accepts. `by`: the variant that judged the credential. */
export function refused(
  { manifest }: { readonly manifest: Takes },
  code: RefusalCode,
  by?: Pick<Variant, "means">,
): Refusal {
  if (code === "UNPROCESSABLE") return { ok: false, code, detail: namesTooLong };
  const [cookie] = cookiesOf(manifest, "access");
  return unauthorized(code, { bearer: takesBearer(manifest), ...(cookie && { cookie }) }, by?.means?.[code]);
}

/** Of a person who was made when names could be longer. */
const namesTooLong =
  "This person's names are so long that the cookie of this variant would have more than 4096 bytes, and a browser would drop it. Nothing was changed.";

/** An empty Allow: the address exists and takes no method (RFC 9110 §10.2.1). */
export function notSupported(variant: Variant, operation: OptionalOperation): Refusal {
  return { ok: false, code: "NOT_SUPPORTED", detail: variant.cannot[operation], headers: { allow: "" } };
}

/** One login of a person as it is listed; `current` is the one that asks. */
export function sessionView(
  { id, createdAt, lastSeenAt, expiresAt, device, ip }: RecordSummary,
  current: string | undefined,
) {
  return {
    id,
    current: id === current,
    createdAt: iso(createdAt),
    lastSeenAt: iso(lastSeenAt),
    expiresAt: iso(expiresAt),
    device,
    ip,
  };
}

/** `why`: a sentence, where it is not the usual one. */
export function tooMany(seconds: number, why = `${refusals.TOO_MANY_REQUESTS.title}.`): Response {
  const detail = `${why} Wait ${seconds} seconds, then try again.`;
  return problem("TOO_MANY_REQUESTS", { detail, headers: { "retry-after": String(seconds) } });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
