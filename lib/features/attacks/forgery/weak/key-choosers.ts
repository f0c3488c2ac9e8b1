import { createPublicKey, createSecretKey, type KeyObject, X509Certificate } from "node:crypto";
import { posix } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { attackers, jwkOf, type Members } from "../token-parts.ts";
import { isHmacUnder, isSignedBy, readLoosely } from "./signature.ts";
import type { Configured, Weakness } from "./weakness.ts";

type Verifies = (token: string, configured: Configured) => boolean;

/** Verifies with the key that `find` makes of the header, or with the right one if it makes none. */
function withKeyFrom(find: (header: Members, configured: Configured) => KeyObject | null): Verifies {
  return (token, configured) => {
    const read = readLoosely(token);
    if (!read) return false;
    const key = find(read.header, configured) ?? configured.own?.publicKey ?? configured.own?.privateKey;
    return key !== undefined && isSignedBy(read.input, read.signature, key);
  };
}

/** `jwk`, `x5c`, and what stands at the addresses `jku` and `x5u`. No address is fetched: the attacker's is known. */
function keyInToken(header: Members, { form }: Configured): KeyObject | null {
  const { jwk, jku, x5u, x5c } = header;
  if (Array.isArray(x5c)) return new X509Certificate(Buffer.from(String(x5c[0]), "base64")).publicKey;
  if (jku !== undefined || x5u !== undefined)
    return keyOf(jwkOf(attackers()[form === "ES256" ? form : secretOr(form)]));
  return typeof jwk === "object" && jwk !== null ? keyOf({ ...jwk }) : null;
}

function secretOr(form: Configured["form"]): "HS256" | "EdDSA" {
  return form === "HS256" ? "HS256" : "EdDSA";
}

function keyOf(jwk: JsonWebKey): KeyObject {
  if (jwk.kty === "oct") return createSecretKey(Buffer.from(String(jwk.k), "base64url"));
  return createPublicKey({ key: { ...jwk }, format: "jwk" });
}

/** Any key of the lab, by its own algorithm. */
function byAnyKey(token: string, { keys }: Configured): boolean {
  const read = readLoosely(token);
  if (!read) return false;
  return Object.values(keys.tokens).some(({ publicKey, privateKey }) =>
    isSignedBy(read.input, read.signature, publicKey ?? privateKey),
  );
}

/** The one file outside the folder of keys that this file system has. It is empty, as it is on every machine. */
const files: Readonly<Record<string, string>> = { "/dev/null": "" };

/** The secret of an HMAC from a file named by `kid`; a name ends at U+0000, as it does for the operating system. */
function byFile(token: string, configured: Configured): boolean {
  const read = readLoosely(token);
  if (!read) return false;
  const path = posix.join("/srv/keys", String(read.header["kid"]).split("\0")[0] ?? "");
  const secret = files[path];
  if (secret !== undefined) return isHmacUnder(secret, read.input, read.signature);
  return tokenIsOwn(token, configured);
}

/** The secret of an HMAC from a row that a joined query finds. The database is in memory, and has this one table. */
function byQuery(token: string, configured: Configured): boolean {
  const read = readLoosely(token);
  if (!read) return false;
  const database = new DatabaseSync(":memory:");
  try {
    database.exec("CREATE TABLE keys (kid TEXT, secret TEXT)");
    const found = database.prepare(`SELECT secret FROM keys WHERE kid = '${read.header["kid"]}'`).get();
    if (found) return isHmacUnder(String(found["secret"]), read.input, read.signature);
  } catch {
    return false;
  } finally {
    database.close();
  }
  return tokenIsOwn(token, configured);
}

const tokenIsOwn = withKeyFrom(() => null);

export const keyWeaknesses = {
  "token-brings-key": {
    title: "A verifier that uses the key, the certificate or the address of keys that the token brings",
    accepts: withKeyFrom(keyInToken),
  },
  "any-key": {
    title: "A verifier that tries every key that it has, each with its own algorithm",
    accepts: byAnyKey,
  },
  "kid-is-a-file": { title: "A verifier that opens the file that kid names", accepts: byFile },
  "kid-in-a-query": { title: "A verifier that joins kid into a query", accepts: byQuery },
} as const satisfies Readonly<Record<string, Weakness>>;
