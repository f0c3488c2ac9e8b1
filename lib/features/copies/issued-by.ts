import type { CookieJar } from "../../core/cookie.ts";
import type { CredentialKind, Holding } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { AnsweredCall } from "../../http/application.ts";
import type { Issued } from "./copies-of-lab.ts";

/** What this login handed out, read from the answer as its client reads it. */
export async function issuedBy(call: AnsweredCall, { manifest }: FlowModule) {
  const { about, flowRequest, response } = call;
  const variant = manifest.variants.find(({ id }) => id === about.variant);
  if (!variant) return null;
  const body = await response.clone().json();
  const issued = variant.holds.flatMap((holding): readonly Issued[] => {
    const value = valueIn(holding, flowRequest.cookies, body);
    const { credential } = holding;
    if (value === undefined) return [];
    return [{ flow: manifest.id, variant: variant.id, credential, name: nameOf(holding), value }];
  });
  const { id, username } = body.user;
  return { flow: manifest.id, user: { id, username }, client: flowRequest.client, issued };
}

/** The calls that renew a login with tokens in their answer. */
const renewing = /\/(?:refresh|reauthenticate|password)$/;

/** The credentials of this flow that its client holds after the answer: those that slid or were renewed among them. */
export async function heldAfter(call: AnsweredCall, { manifest }: FlowModule): Promise<readonly string[]> {
  const { flowRequest, about, path, response } = call;
  const inCookies = manifest.cookies.flatMap(({ name }) => flowRequest.cookies.get(name)?.value ?? []);
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  if (about.flow !== manifest.id || !response.ok || !isJson || !renewing.test(path)) return inCookies;
  const { access_token: access, refresh_token: refresh } = await response.clone().json();
  return [...inCookies, access, refresh].filter((each) => typeof each === "string");
}

function valueIn(holding: Holding, cookies: CookieJar, body: Record<string, unknown>) {
  if (holding.travels === "cookie") return cookies.get(holding.cookie)?.value;
  const value = body[holding.credential === "access" ? "access_token" : "refresh_token"];
  return typeof value === "string" ? value : undefined;
}

const tokenNames: Readonly<Record<CredentialKind, string>> = { access: "access token", refresh: "refresh token" };

function nameOf(holding: Holding): string {
  return holding.travels === "cookie" ? holding.cookie : tokenNames[holding.credential];
}
