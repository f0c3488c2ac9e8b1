import type { LifetimePreset } from "@/lib/core/time.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { type Answer, ask } from "./api.ts";
import { accessToken, forgetTokens, keepTokens, type TokenAnswer } from "./tokens/access-token.ts";

/** Reads this lab. The request carries the access token that the page holds, so that the server judges it too. */
export function readLab(): Promise<Answer<LabView>> {
  return ask("/api/lab", { bearer: accessToken() ?? undefined });
}

export function advanceClock(advanceSeconds: number): Promise<Answer<unknown>> {
  return ask("/api/lab/clock", { method: "POST", body: { advanceSeconds } });
}

/** Applies to credentials that are issued later. */
export function changeSettings(change: Readonly<Record<string, unknown>>): Promise<Answer<unknown>> {
  return ask("/api/lab/settings", { method: "PATCH", body: change });
}

export function chooseLifetimes(lifetimes: LifetimePreset): Promise<Answer<unknown>> {
  return changeSettings({ lifetimes });
}

export function rotateKeys(overlap: boolean): Promise<Answer<unknown>> {
  return ask("/api/lab/keys/rotate", { method: "POST", body: { overlap } });
}

/** Deletes what this process alone knows of the lab, as a restart does. */
export function restart(): Promise<Answer<unknown>> {
  return ask("/api/lab/forget-memory", { method: "POST" });
}

export async function resetLab(): Promise<Answer<unknown>> {
  const answer = await ask("/api/lab/reset", { method: "POST", body: {} });
  if (answer.ok) forgetTokens();
  return answer;
}

export type PasswordChange = { readonly current: string; readonly next: string };

/** `withToken`: sent with the access token, otherwise with the cookies. */
export async function changePassword(change: PasswordChange, withToken: boolean): Promise<Answer<unknown>> {
  const call = { method: "POST", body: change, bearer: bearer(withToken) } as const;
  const answer = await ask<TokenAnswer | null>("/api/account/password", call);
  // A page that keeps its refresh token gets its new tokens in the answer. Otherwise a cookie carries the new one.
  if (answer.ok && answer.body?.access_token !== undefined) keepTokens(answer.body);
  return answer;
}

export type PersonChange = { readonly role: "user" | "admin" } | { readonly disabled: boolean };

/** The address and the body of a change of a person. This browser sends it, or another device does. */
export function personCall(id: string, change: PersonChange): readonly [path: string, body: PersonChange] {
  return [`/api/admin/users/${id}/${"role" in change ? "role" : "disable"}`, change];
}

export function changePerson(id: string, change: PersonChange, withToken: boolean): Promise<Answer<unknown>> {
  const [path, body] = personCall(id, change);
  return ask(path, { method: "POST", body, bearer: bearer(withToken) });
}

function bearer(withToken: boolean): string | undefined {
  return withToken ? (accessToken() ?? undefined) : undefined;
}
