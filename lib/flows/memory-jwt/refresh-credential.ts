import type { FlowDeps, TokenClaims } from "../../core/ports.ts";
import type { RefreshFamily, RefreshToken } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import type { User, UserId } from "../../core/user.ts";
import { type Asking, judgeUse, judgeUser, noteClient } from "../../core/validity.ts";

type FoundToken = { readonly token: RefreshToken; readonly family: RefreshFamily };
/** `live`: as far as the request's credential shows. */
export type LoginOfRequest = { readonly id: string; readonly userId: UserId; readonly live: boolean };
type LiveToken = FoundToken & { readonly secret: string; readonly user: User };

/** The refresh token of a request: a native client sends it in the body, a browser in the cookie. */
export function createRefreshCredential(
  deps: Pick<FlowDeps, "families" | "users" | "secrets" | "clock" | "settings" | "log" | "revocation" | "refuse">,
  cookieName: string,
) {
  const { families, users, secrets, revocation, refuse } = deps;
  const secretOf = (request: FlowRequest) => request.refreshToken ?? request.cookies.get(cookieName)?.value;

  /** All that came. Usually they are one. */
  function secretsOf(request: FlowRequest): ReadonlySet<string> {
    const sent = [request.refreshToken, request.cookies.get(cookieName)?.value];
    return new Set(sent.flatMap((secret) => secret || []));
  }

  return {
    /** The ids of the families of this request's refresh tokens, in its body and its cookie, that were not ended. */
    async liveFamilies(request: FlowRequest): Promise<readonly string[]> {
      const live = new Set<string>();
      for (const secret of secretsOf(request)) {
        const found = await families.find(secrets.hash(secret));
        if (found && !found.family.ended) live.add(found.family.id);
      }
      return [...live];
    },

    /** The logins of a request: by each refresh token on it, and by its access token. Usually all are one login. */
    async loginsOf(request: FlowRequest, access: Result<TokenClaims>): Promise<readonly LoginOfRequest[]> {
      const logins = new Map<string, LoginOfRequest>();
      for (const secret of secretsOf(request)) {
        const found = await families.find(secrets.hash(secret));
        if (!found) continue;
        const { id, userId, ended } = found.family;
        logins.set(id, { id, userId, live: ended === null });
      }
      const record = access.ok && access.value.record;
      if (record && !logins.has(record)) {
        const { subject: userId, version, jti } = access.value;
        logins.set(record, {
          id: record,
          userId,
          live: (await revocation.check({ userId, version, jti }, { fresh: true })).ok,
        });
      }
      return [...logins.values()];
    },

    /**
     * The token, if it still counts: its family and its person are judged. Without `touch` also a token that was given
     * to another kind of client: a service asks about it, which is not the token's client.
     */
    async judge(request: FlowRequest, asking: Omit<Asking, "fresh">): Promise<Result<LiveToken>> {
      const secret = secretOf(request);
      if (!secret) return refuse("NO_CREDENTIAL");
      const found = await families.find(secrets.hash(secret));
      if (!found) return refuse("INVALID_CREDENTIAL", "look-up");
      const { family } = found;
      // A token of a native client is refused in a cookie, and a browser's in a body: a stolen one cannot be used by
      // the other kind of client.
      const ownClient = (family.client === "native") === (request.refreshToken !== undefined);
      if (!ownClient && asking.touch) return refuse("INVALID_CREDENTIAL", "door");
      const judged = judgeUse(deps, family, asking);
      if (!judged.ok) return judged;
      // Past a cache: it makes a token, which would outlive what the cache believed.
      const user = judgeUser(deps, await users.find(family.userId, { fresh: true }), family.userVersion);
      if (!user.ok) return user;
      if (asking.touch) noteClient(deps, family, judged.value);
      return ok({ ...found, secret, user: user.value });
    },
  };
}
