import type { OneLogin } from "@/lib/core/admin-view.ts";
import type { UserId } from "@/lib/core/user.ts";
import { accessToken } from "./access-token.ts";
import { type Answer, ask } from "./api.ts";

/** What an admin asks with: the access token, or the cookies. */
export function adminBearer(withToken: boolean): string | undefined {
  return withToken ? (accessToken() ?? undefined) : undefined;
}

export type RevokedAnswer = { readonly revoked: number; readonly cannot: readonly string[] };

/** All logins of a person, as far as their variants can be ended. */
export function endAllOf(user: UserId, withToken: boolean): Promise<Answer<RevokedAnswer>> {
  return ask(`/api/admin/users/${user}/revoke`, { method: "POST", bearer: adminBearer(withToken) });
}

export function endOneOf({ user, flow, session }: OneLogin, withToken: boolean): Promise<Answer<RevokedAnswer>> {
  const call = { method: "POST", body: { flow, session }, bearer: adminBearer(withToken) } as const;
  return ask(`/api/admin/users/${user}/revoke`, call);
}
