import type { CredentialKind, Holding } from "../../core/credential.ts";
import { holdingOf } from "../../core/credential.ts";
import { sessionIdIn } from "../cookies/session-id.ts";
import { type JudgingSettings, judgingOf } from "./judging.ts";

/** What a page calls a credential, and what the server does to accept it: it believes something, or looks a row up. */
export type CredentialWords = { readonly name: string; readonly check: string };

type Holder = { readonly settings: JudgingSettings; readonly holds: readonly Holding[] };

/** The words for this credential of a variant. */
export function credentialWords(variant: Holder, kind: CredentialKind): CredentialWords {
  return { name: nameOf(variant, kind), check: checkOf(variant, kind) };
}

function nameOf(variant: Holder, kind: CredentialKind): string {
  const { encoding, proof } = variant.settings;
  if (sessionIdIn(variant.settings) === kind) return "session id";
  if (kind === "refresh") return "refresh token";
  if (encoding) return `${encoding} cookie`;
  const isSignedCookie = proof === "token-and-record" && holdingOf(variant, kind)?.travels === "cookie";
  return isSignedCookie ? "signed cookie" : "access token";
}

function checkOf({ settings }: Holder, kind: CredentialKind): string {
  const { carries, record, besides } = judgingOf(settings, kind);
  if (carries === "id") return "looks up a row";
  if (record || besides) return "does both";
  return carries === "state" ? "believes the cookie" : "believes a signature";
}
