import { hash } from "node:crypto";
import { type CredentialKind, holdingOf, takesBearer } from "../core/credential.ts";
import type { AuthFlow } from "../core/flow.ts";
import type { FlowRequest } from "../core/request.ts";
import type { Variant } from "../core/variant.ts";

export type Use = { readonly recordId: string; readonly kind: CredentialKind; readonly token: string };

/**
 * The same flow. Each accepted use of a credential is noted with the login that it belongs to, where the flow keeps
 * one. A look, which extends nothing, is no use.
 */
export function notingUses(flow: AuthFlow, variant: Variant, note: (use: Use) => void): AuthFlow {
  const { refresh, data } = flow;

  /** Read before the flow acts, since an answer may bring another token. */
  function shown(request: FlowRequest, kind: CredentialKind): (recordId: string | undefined) => void {
    const credential = credentialOn(request, variant, kind);
    return (recordId) => {
      if (credential && recordId !== undefined) note({ recordId, kind, token: fingerprint(credential) });
    };
  }

  return {
    ...flow,
    async authenticate(request, how = { touch: true }) {
      const used = shown(request, "access");
      const principal = await flow.authenticate(request, how);
      if (principal.ok && how.touch) used(principal.value.recordId);
      return principal;
    },
    ...(refresh && {
      async refresh(request) {
        const used = shown(request, "refresh");
        const grant = await refresh(request);
        if (grant.ok) used(grant.value.recordId);
        return grant;
      },
    }),
    ...(data && {
      async data(request) {
        const used = shown(request, "access");
        const kept = await data(request);
        if (kept.ok) used(kept.value.recordId);
        return kept;
      },
    }),
  };
}

function credentialOn(request: FlowRequest, variant: Variant, kind: CredentialKind): string | undefined {
  const byHeader = kind === "access" && takesBearer({ variants: [variant] }) ? request.bearer : undefined;
  const inBody = kind === "refresh" ? request.refreshToken : undefined;
  const holding = holdingOf(variant, kind);
  const inCookie = holding?.travels === "cookie" ? request.cookies.get(holding.cookie)?.value : undefined;
  return byHeader ?? inBody ?? inCookie;
}

/** 48 bits: enough to tell a login's tokens apart. Of an id it is the beginning of the hash that its record is found by. */
export function fingerprint(credential: string): string {
  return hash("sha256", credential, "base64url").slice(0, 8);
}
