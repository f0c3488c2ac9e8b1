import type { FlowDeps } from "../../core/ports.ts";
import type { RefreshFamily } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Instant } from "../../core/time.ts";
import { identityOf, type User } from "../../core/user.ts";

export type IssuedToken = { readonly value: string; readonly expiresAt: Instant };

/** `fits`: does the place where this variant's client keeps it take such a token? */
type AccessTokenOptions = Pick<FlowDeps, "settings" | "signer" | "random" | "clock" | "refuse"> & {
  fits(request: FlowRequest, token: IssuedToken): boolean;
};

/**
 * Issues access tokens. Each carries the person's role of now until its `exp` (ASVS 8.3.2). UNPROCESSABLE if its cookie
 * does not fit, since the names in it are too long: asked before anything is written, ended or exchanged.
 */
export function createAccessTokens({ settings, signer, random, clock, refuse, fits }: AccessTokenOptions) {
  return async function issue(request: FlowRequest, family: RefreshFamily, user: User): Promise<Result<IssuedToken>> {
    const now = clock.now();
    const expiresAt = Math.min(now + settings.lifetimes.access, family.endsAt);
    const value = await signer.sign("at+jwt", {
      subject: user.id,
      jti: random.id(),
      issuedAt: now,
      expiresAt,
      identity: identityOf(user),
      version: user.version,
      authenticatedAt: family.authenticatedAt,
      record: family.id,
    });
    const token = { value, expiresAt };
    return fits(request, token) ? ok(token) : refuse("UNPROCESSABLE", "cookie size");
  };
}
