import { type LoginOptions, lately } from "../../core/login.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { RefreshFamily, RefreshToken } from "../../core/record.ts";
import type { Client } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import type { User } from "../../core/user.ts";

type Successor = { readonly secret: string; readonly token: RefreshToken };
type Begun = { readonly secret: string; readonly token: RefreshToken; readonly family: RefreshFamily };

/**
 * Refresh rotation: each token is exchanged once, for one successor (RFC 9700 §2.2.2, RFC 10017 refresh rotation).
 * The successor is an HMAC of the token under a key of the server's. A retry therefore gets the same successor,
 * although only hashes are stored, and two racing requests cannot create two.
 */
export function createRotation(
  deps: Pick<FlowDeps, "variant" | "families" | "secrets" | "random" | "clock" | "settings" | "refuse">,
) {
  const { variant, families, secrets, random, clock, settings, refuse } = deps;
  const { lifetimes } = settings;

  function newToken(family: RefreshFamily, secret: string, generation: number): RefreshToken {
    const hash = secrets.hash(secret);
    return { hash, jti: random.id(), familyId: family.id, generation, createdAt: clock.now(), usedAt: null };
  }

  /**
   * A second tab, or a retry after a lost answer, sends the same token twice: within the grace, and while the successor
   * is unused, that is no theft. The successor may be one under an earlier secret of the application.
   */
  async function judgeRetry(secret: string, hash: string): Promise<Result<string>> {
    const found = await families.find(hash);
    // The family ended after the look-up. That is no sign of theft.
    if (!found || found.family.ended) return refuse("REVOKED");
    const { usedAt } = found.token;
    if (usedAt === null || clock.now() - usedAt >= lifetimes.grace) return refuse("REUSE_DETECTED");
    for (const successor of secrets.successors(secret)) {
      const given = await families.find(secrets.hash(successor));
      if (given?.token.usedAt === null) return ok(successor);
    }
    return refuse("REUSE_DETECTED");
  }

  return {
    /**
     * A new family and its first token. No successor outlives `endsAt`
     * (RFC 10017 refresh lifetime, ASVS 10.4.8, NIST 5.2 reset).
     */
    begin(user: User, client: Client, { remember, client: kind }: Required<LoginOptions>): Begun {
      const now = clock.now();
      const family: RefreshFamily = {
        id: random.id(),
        variant,
        userId: user.id,
        userVersion: user.version,
        client: kind,
        createdAt: now,
        lastSeenAt: now,
        authenticatedAt: now,
        elevatedUntil: now + lately,
        endsAt: now + (remember ? lifetimes.remembered : lifetimes.refresh),
        remembered: remember,
        ...client,
        ended: null,
      };
      const secret = secrets.mint();
      return { secret, token: newToken(family, secret, 1), family };
    },

    /** The successor of a token, before anything is exchanged for it. */
    prepare(secret: string, { generation }: RefreshToken, family: RefreshFamily): Successor {
      const successor = secrets.successor(secret);
      return { secret: successor, token: newToken(family, successor, generation + 1) };
    },

    /**
     * The successor. REUSE_DETECTED: the token was exchanged before, so another party holds a copy. REVOKED: its family
     * ended meanwhile.
     */
    async exchange(secret: string, token: RefreshToken, next: Successor): Promise<Result<string>> {
      if (token.usedAt === null && (await families.rotate(token.hash, next.token, clock.now()))) return ok(next.secret);
      return judgeRetry(secret, token.hash);
    },
  };
}
