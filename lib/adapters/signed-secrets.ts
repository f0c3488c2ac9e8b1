import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secrets } from "../core/ports.ts";

type KeysByGeneration = Readonly<Record<string, Buffer>>;

/** HMAC-SHA-256 in base64url. */
const signatureLength = 43;

/**
 * The same secrets with a signature behind them: `<secret>.<key generation>.<HMAC-SHA-256>`. A made-up one is
 * recognised by its text alone, so garbage never reaches a store. Against guessing, 256 random bits need no signature.
 * The newest generation signs, all of them verify. A successor is signed by the newest one too, so after a rotation of
 * keys its text differs: this adapter is for ids, which have no successor. `keys`: first those under the current
 * secret, then those under earlier ones.
 */
export function createSignedSecrets(
  secrets: Secrets,
  keys: readonly [KeysByGeneration, ...KeysByGeneration[]],
): Required<Secrets> {
  const [newest] = Object.entries(keys[0]).sort(([a], [b]) => Number(b) - Number(a));
  if (!newest) throw new Error("There is no key to sign with");
  const [newestGeneration, newestKey] = newest;

  function sign(secret: string): string {
    const signed = `${secret}.${newestGeneration}`;
    return `${signed}.${signatureOf(newestKey, signed)}`;
  }

  return {
    mint: () => sign(secrets.mint()),
    successor: (secret) => sign(secrets.successor(secret)),
    successors: (secret) => secrets.successors(secret).map(sign),
    hash: (secret) => secrets.hash(secret),

    isGenuine(secret) {
      const { signed, generation, signature } = partsOf(secret);
      if (signature.length !== signatureLength) return false;
      return keys.some((under) => {
        const key = Object.hasOwn(under, generation) ? under[generation] : undefined;
        // Compared as text: base64url has spare bits at its end, and only one spelling counts.
        const due = Buffer.from(key ? signatureOf(key, signed) : "");
        const given = Buffer.from(signature);
        return given.length === due.length && timingSafeEqual(given, due);
      });
    },
  };
}

/** The unsigned secret followed by a key's generation, that generation, and the signature over both. */
function partsOf(secret: string): { signed: string; generation: string; signature: string } {
  const signed = secret.slice(0, Math.max(0, secret.lastIndexOf(".")));
  return {
    signed,
    generation: signed.slice(signed.lastIndexOf(".") + 1),
    signature: secret.slice(signed.length + 1),
  };
}

function signatureOf(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}
