import type { UserId } from "@/lib/core/user.ts";
import type { OneLogin } from "@/lib/features/admin/model.ts";
import { type Answer, ask } from "../../_browser/api.ts";
import { accessToken } from "../../_browser/tokens/access-token.ts";

/** The bearer token of an admin's request, or none for a request with cookies. */
export function adminBearer(withToken: boolean): string | undefined {
  return withToken ? (accessToken() ?? undefined) : undefined;
}

export type RevokedAnswer = {
  readonly revoked: number;
  readonly cannot: readonly string[];
  readonly unanswered?: readonly string[];
};

/** Ends all logins of a person whose variants support it. */
export function endAllOf(user: UserId, withToken: boolean): Promise<Answer<RevokedAnswer>> {
  return ask(`/api/admin/users/${user}/revoke`, { method: "POST", bearer: adminBearer(withToken) });
}

export function endOneOf({ user, flow, session }: OneLogin, withToken: boolean): Promise<Answer<RevokedAnswer>> {
  const call = { method: "POST", body: { flow, session }, bearer: adminBearer(withToken) } as const;
  return ask(`/api/admin/users/${user}/revoke`, call);
}
