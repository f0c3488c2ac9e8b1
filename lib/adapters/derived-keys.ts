import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from "node:crypto";

export type SigningKey = { readonly kid: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject };

/** The keys of one lab. Newest generation first; the others only open and verify. */
export type LabKeys = {
  signing(): readonly [SigningKey, ...SigningKey[]];
  /** Passwords by generation, in the shape of iron-session's map. Each variant has its own, so none opens another's. */
  sealing(variant: string): Readonly<Record<string, string>>;
  /** By generation, for cookies that are signed and not sealed. Each variant has its own. */
  cookieSigning(variant: string): Readonly<Record<string, Buffer>>;
  /** Not part of the rotation: an honest retry across it must still get the same successor. */
  successor(variant: string): Buffer;
};

/**
 * Derives every key of a lab from the application's one secret and the lab's salt (HKDF, RFC 5869).
 * Nothing secret is stored: the database alone opens no credential, and a new salt makes all keys new.
 */
export function deriveLabKeys(options: {
  secret: string;
  labId: string;
  salt: string;
  generations: readonly [number, ...number[]];
}): LabKeys {
  const { secret, labId, salt, generations } = options;
  const derive = (use: string) => Buffer.from(hkdfSync("sha256", secret, salt, `loginscope/1/${labId}/${use}`, 32));

  const signingKey = (generation: number): SigningKey => {
    const privateKey = ed25519(derive(`sign/EdDSA/${generation}`));
    return { kid: `ed25519-${generation}`, privateKey, publicKey: createPublicKey(privateKey) };
  };
  const [current, ...older] = generations;
  const signing: readonly [SigningKey, ...SigningKey[]] = [signingKey(current), ...older.map(signingKey)];

  return {
    signing: () => signing,
    sealing: (variant) =>
      Object.fromEntries(generations.map((n) => [n, derive(`seal/${variant}/${n}`).toString("base64url")])),
    cookieSigning: (variant) => Object.fromEntries(generations.map((n) => [n, derive(`cookie/${variant}/${n}`)])),
    successor: (variant) => derive(`successor/${variant}`),
  };
}

/** A private key from its 32 bytes (RFC 8410 §7: they are the key; the rest of the encoding never changes). */
function ed25519(seed: Buffer): KeyObject {
  const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: "der", type: "pkcs8" });
}
