import { createSecretKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { TokenAlgorithm } from "../../../core/settings.ts";
import type { CredentialForm } from "./model.ts";

export type Members = Readonly<Record<string, unknown>>;

/** A token in its three parts, decoded. */
export function partsOfToken(token: string) {
  const [head = "", body = "", signature = ""] = token.split(".");
  return { head, body, signature, header: membersOf(head), payload: membersOf(body) };
}

function membersOf(part: string): Members {
  const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  return typeof value === "object" && value !== null ? { ...value } : {};
}

export function base64urlOf(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

export function algorithmOf(form: CredentialForm): TokenAlgorithm {
  return form === "ES256" || form === "HS256" ? form : "EdDSA";
}

export function isToken(form: CredentialForm): boolean {
  return form === "EdDSA" || form === "ES256" || form === "HS256";
}

export type Attacker = { readonly privateKey: KeyObject; readonly publicKey: KeyObject | null };

let made: Readonly<Record<TokenAlgorithm, Attacker>> | null = null;

/** The attacker's own keys, a kind each. Made once. */
export function attackers(): Readonly<Record<TokenAlgorithm, Attacker>> {
  made ??= {
    EdDSA: generateKeyPairSync("ed25519"),
    ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
    HS256: { privateKey: createSecretKey(randomBytes(32)), publicKey: null },
  };
  return made;
}

/** The attacker's key as a token would bring it (RFC 7517). */
export function jwkOf({ publicKey, privateKey }: Attacker) {
  return (publicKey ?? privateKey).export({ format: "jwk" });
}

/** The issuer of another lab on the same server. */
export function elsewhere(iss: unknown): string {
  const text = String(iss);
  return text.slice(0, text.lastIndexOf("/") + 1) + "0".repeat(20);
}
