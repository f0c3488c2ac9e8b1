import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { base64urlOf } from "./token-parts.ts";

const wrapStart = Buffer.from("a6a6a6a6a6a6a6a6", "hex");
const rounds = 1000;

/** A JWE of five parts, encrypted under a password (RFC 7518 §4.8) and not signed by anyone. */
export function encryptedToken(text: string, password: string, more: object = {}): string {
  const salt = randomBytes(16);
  const alg = "PBES2-HS256+A128KW";
  const head = base64urlOf({ alg, enc: "A128GCM", p2s: salt.toString("base64url"), p2c: rounds, ...more });
  const [contentKey, iv] = [randomBytes(16), randomBytes(12)];
  const wrap = createCipheriv("id-aes128-wrap", wrappingKey(password, alg, salt), wrapStart);
  const wrapped = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  const cipher = createCipheriv("aes-128-gcm", contentKey, iv).setAAD(Buffer.from(head));
  const hidden = Buffer.concat([cipher.update(text), cipher.final()]);
  return [head, ...[wrapped, iv, hidden, cipher.getAuthTag()].map((part) => part.toString("base64url"))].join(".");
}

/** The text of such a JWE; `null`: this password does not open it. */
export function openedToken(token: string, password: string): string | null {
  const [head = "", ...rest] = token.split(".");
  const [wrapped, iv, hidden, tag] = rest.map((part) => Buffer.from(part, "base64url"));
  if (!wrapped || !iv || !hidden || !tag) return null;
  try {
    const { alg, p2s, p2c } = JSON.parse(Buffer.from(head, "base64url").toString("utf8"));
    if (p2c !== rounds) return null;
    const key = wrappingKey(password, String(alg), Buffer.from(String(p2s), "base64url"));
    const unwrap = createDecipheriv("id-aes128-wrap", key, wrapStart);
    const contentKey = Buffer.concat([unwrap.update(wrapped), unwrap.final()]);
    const decipher = createDecipheriv("aes-128-gcm", contentKey, iv).setAAD(Buffer.from(head)).setAuthTag(tag);
    return Buffer.concat([decipher.update(hidden), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function wrappingKey(password: string, alg: string, salt: Buffer): Buffer {
  return pbkdf2Sync(password, Buffer.concat([Buffer.from(`${alg}\0`), salt]), rounds, 16, "sha256");
}
