import { createHmac, type KeyObject, verify } from "node:crypto";

/** Checks a signature as the kind of the key says. */
export function isSignedBy(input: string, signature: Buffer, key: KeyObject): boolean {
  if (key.type === "secret") return createHmac("sha256", key).update(input).digest().equals(signature);
  const ecdsa = key.asymmetricKeyType === "ec";
  return verify(ecdsa ? "sha256" : null, Buffer.from(input), { key, dsaEncoding: "ieee-p1363" }, signature);
}

export function isHmacUnder(secret: string | Buffer, input: string, signature: Buffer): boolean {
  return createHmac("sha256", secret).update(input).digest().equals(signature);
}

/** The parts of a token for a verifier that takes whatever can be read; `null`: nothing can. */
export function readLoosely(token: string) {
  const [head = "", body = "", signature = ""] = token.split(".");
  const header = membersIn(head);
  if (!header) return null;
  return { head, body, header, input: `${head}.${body}`, signature: Buffer.from(signature, "base64url") };
}

export function membersIn(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
