import type { CredentialKind, Holding } from "../core/credential.ts";
import { holdingOf } from "../core/credential.ts";
import type { VariantSettings } from "../core/settings.ts";
import { sessionIdIn } from "./cookies/session-id.ts";

/** What a page calls a credential, and what the server does to accept it: it believes something, or looks a row up. */
export type CredentialWords = { readonly name: string; readonly check: string };

type Holder = {
  readonly settings: Pick<VariantSettings, "store" | "proof" | "algorithm" | "encoding" | "revocation">;
  readonly holds: readonly Holding[];
};

const looksUp = "looks up a row";

/** The words for this credential of a variant. */
export function credentialWords(variant: Holder, kind: CredentialKind): CredentialWords {
  const { settings } = variant;
  if (sessionIdIn(settings) === kind) return { name: "session id", check: looksUp };
  if (kind === "refresh") return { name: "refresh token", check: looksUp };
  const doesBoth = settings.revocation !== "none" || settings.proof === "token-and-record";
  if (settings.encoding)
    return { name: `${settings.encoding} cookie`, check: doesBoth ? "does both" : "believes the cookie" };
  const isCookie = holdingOf(variant, kind)?.travels === "cookie" && settings.proof === "token-and-record";
  return { name: isCookie ? "signed cookie" : "access token", check: doesBoth ? "does both" : "believes a signature" };
}
