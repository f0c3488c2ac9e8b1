import { type CredentialKind, holdingOf } from "../../core/credential.ts";
import type { Variant } from "../../core/variant.ts";

/** The settings that tell how a login is found again; `null` or absent: the variant has no such thing. */
type FoundBy = Readonly<Partial<Record<"store" | "proof" | "algorithm", string | null | undefined>>>;

/** Which credential of such a variant is a session id: random, and nothing but a key to a record. `null`: none. */
export function sessionIdIn({ store, proof, algorithm }: FoundBy): CredentialKind | null {
  if (!store) return null;
  if (proof === "token-renewed-by-record") return "refresh";
  if (proof) return proof === "token-and-record" ? null : "access";
  return algorithm ? null : "access";
}

/** The cookie in which a browser of this variant holds its session id; `null`: it has none. */
export function sessionIdCookie(variant: Variant): string | null {
  const kind = sessionIdIn(variant.settings);
  const holding = kind && holdingOf(variant, kind);
  return holding?.travels === "cookie" ? holding.cookie : null;
}
