import type { FlowId, VariantId } from "@/lib/core/ids.ts";
import type { Data, Json } from "@/lib/core/session-data.ts";
import type { SessionView } from "@/lib/lab/lab-view.ts";
import { type Answer, ask } from "./api.ts";
import { accessToken, forgetTokens, keepTokens, refreshToken, type TokenAnswer } from "./tokens/access-token.ts";
import { refreshAccessToken } from "./tokens/token-refresh.ts";

export type CalledFlow = { readonly id: FlowId; readonly presents: "cookie" | "bearer" };

export type LoginWish = {
  readonly username: string;
  readonly password: string;
  readonly variant?: VariantId;
  readonly remember: boolean;
};

/** The bearer token of a flow's request: the access token, if the page holds it. */
function bearerOf(flow: CalledFlow): string | undefined {
  return flow.presents === "bearer" ? (accessToken() ?? undefined) : undefined;
}

/** The refresh token for a request's body, if the page holds it. */
function refreshTokenOf(flow: CalledFlow): { refresh_token: string } | undefined {
  const own = flow.presents === "bearer" ? refreshToken() : null;
  return own === null ? undefined : { refresh_token: own };
}

function at(flow: CalledFlow, action: string): string {
  return `/api/${flow.id}/${action}`;
}

export async function logIn(flow: CalledFlow, wish: LoginWish): Promise<Answer<unknown>> {
  const body = { ...wish, ...refreshTokenOf(flow) };
  const answer = await ask<TokenAnswer>(at(flow, "login"), { method: "POST", body });
  if (answer.ok && flow.presents === "bearer") keepTokens(answer.body);
  return answer;
}

/** Asks who is logged in. An ended access token is renewed once, if there is a refresh token. */
export async function sendRequest(flow: CalledFlow, canRefresh: boolean): Promise<Answer<unknown>> {
  const answer = await ask(at(flow, "me"), { bearer: bearerOf(flow) });
  const ended = !answer.ok && (answer.code === "EXPIRED" || answer.code === "REVOKED");
  if (!ended || !canRefresh) return answer;
  const refreshed = await refreshAccessToken();
  return refreshed.ok ? ask(at(flow, "me"), { bearer: bearerOf(flow) }) : answer;
}

/** Renews one cookie by another cookie. The browser stores the new one. */
export function refreshCookies(flow: CalledFlow): Promise<Answer<unknown>> {
  return ask(at(flow, "refresh"), { method: "POST" });
}

/** One request that the gateway passes on to the service behind it. */
export function fetchOrders(flow: CalledFlow): Promise<Answer<{ readonly milliseconds: number }>> {
  return ask(at(flow, "orders"));
}

export async function logOut(flow: CalledFlow): Promise<Answer<unknown>> {
  const body = refreshTokenOf(flow);
  const call = { method: "POST", bearer: bearerOf(flow), ...(body && { body }) } as const;
  const answer = await ask(at(flow, "logout"), call);
  if (answer.ok && flow.presents === "bearer") forgetTokens();
  return answer;
}

/** Moves coins with this flow's credential. */
export function transfer(flow: CalledFlow, to: string, amount: number): Promise<Answer<{ readonly balance: number }>> {
  return ask(at(flow, "transfer"), { method: "POST", body: { to, amount }, bearer: bearerOf(flow) });
}

/** Sends the password again. The login is fresh afterwards and has a new credential. */
export async function reauthenticate(flow: CalledFlow, password: string): Promise<Answer<TokenAnswer>> {
  const call = { method: "POST", body: { password }, bearer: bearerOf(flow) } as const;
  const answer = await ask<TokenAnswer>(at(flow, "reauthenticate"), call);
  if (answer.ok && flow.presents === "bearer") keepTokens(answer.body);
  return answer;
}

export type RevokeWish = { readonly scope: "current" | "others" | "all" } | { readonly session: string };

/** `unanswered`: variants whose store did not answer. */
export type Revoked = { readonly revoked: number; readonly unanswered?: readonly string[] };

export function revoke(flow: CalledFlow, wish: RevokeWish): Promise<Answer<Revoked>> {
  return ask(at(flow, "revoke"), { method: "POST", body: wish, bearer: bearerOf(flow) });
}

export function listSessions(flow: CalledFlow): Promise<Answer<{ readonly sessions: readonly SessionView[] }>> {
  return ask(at(flow, "sessions"), { bearer: bearerOf(flow) });
}

/** The session data of this login, by key. */
export function readData(flow: CalledFlow): Promise<Answer<{ readonly data: Data }>> {
  return ask(at(flow, "data"), { bearer: bearerOf(flow) });
}

export function putData(flow: CalledFlow, key: string, value: Json): Promise<Answer<null>> {
  return ask(at(flow, `data/${key}`), { method: "PUT", body: { value }, bearer: bearerOf(flow) });
}

/** Answers the number of removed values. */
export function popData(flow: CalledFlow, key: string): Promise<Answer<{ readonly value: Json }>> {
  return ask(at(flow, `data/${key}`), { method: "DELETE", bearer: bearerOf(flow) });
}

export function clearData(flow: CalledFlow): Promise<Answer<{ readonly removed: number }>> {
  return ask(at(flow, "data"), { method: "DELETE", bearer: bearerOf(flow) });
}
