import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secrets } from "../core/ports.ts";

type KeysByGeneration = Readonly<Record<string, Buffer>>;

/** The unsigned secret, a key's generation, and the HMAC-SHA-256 over both. */
const signedSecret = /^(?<signed>.+\.(?<generation>\d+))\.(?<signature>[\w-]{43})$/s;

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
      const { signed, generation, signature } = signedSecret.exec(secret)?.groups ?? {};
      if (!signed || !generation || !signature) return false;
      return keys.some((under) => {
        const key = Object.hasOwn(under, generation) ? under[generation] : undefined;
        // Compared as text: base64url has spare bits at its end, and only one spelling counts.
        return key !== undefined && timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(key, signed)));
      });
    },
  };
}

function signatureOf(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}
