import { hkdfSync, type KeyObject } from "node:crypto";
import type { TokenAlgorithm } from "../core/flow.ts";
import { algorithms } from "./algorithms.ts";

/** One key for one algorithm (RFC 8725 §3.1), named after it and its generation. */
export type SigningKey = {
  readonly kid: string;
  readonly algorithm: TokenAlgorithm;
  readonly privateKey: KeyObject;
  /** `null`: the key is a shared secret, which both signs and verifies. */
  readonly publicKey: KeyObject | null;
};

/** The keys of one lab. Newest generation first; the others only open and verify. */
export type LabKeys = {
  signing(algorithm: TokenAlgorithm): readonly [SigningKey, ...SigningKey[]];
  /** Passwords by generation, in the shape of iron-session's map. Each variant has its own, so none opens another's. */
  sealing(variant: string): Readonly<Record<string, string>>;
  /** By generation, for cookies that are signed and not sealed. Each variant has its own. */
  cookieSigning(variant: string): Readonly<Record<string, Buffer>>;
  /** By generation, for ids that are signed. Each variant has its own. */
  idSigning(variant: string): Readonly<Record<string, Buffer>>;
  /** Not part of the rotation: an honest retry across it must still get the same successor. */
  successor(variant: string): Buffer;
  /** The lab's own OAuth client. Not part of the rotation either: it lives as long as the lab. */
  client(): { readonly id: string; readonly secret: string };
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
  const derive = (use: string, bytes = 32) =>
    Buffer.from(hkdfSync("sha256", secret, salt, `loginscope/1/${labId}/${use}`, bytes));

  function signingKeys(algorithm: TokenAlgorithm): readonly [SigningKey, ...SigningKey[]] {
    const { kid, bytes, keyOf } = algorithms[algorithm];
    const keyFor = (generation: number): SigningKey => ({
      kid: `${kid}-${generation}`,
      algorithm,
      ...keyOf(derive(`sign/${algorithm}/${generation}`, bytes)),
    });
    const [current, ...older] = generations;
    return [keyFor(current), ...older.map(keyFor)];
  }
  const made = new Map<TokenAlgorithm, ReturnType<typeof signingKeys>>();

  return {
    signing(algorithm) {
      const keys = made.get(algorithm) ?? signingKeys(algorithm);
      made.set(algorithm, keys);
      return keys;
    },
    sealing: (variant) =>
      Object.fromEntries(generations.map((n) => [n, derive(`seal/${variant}/${n}`).toString("base64url")])),
    cookieSigning: (variant) => Object.fromEntries(generations.map((n) => [n, derive(`cookie/${variant}/${n}`)])),
    idSigning: (variant) => Object.fromEntries(generations.map((n) => [n, derive(`id/${variant}/${n}`)])),
    client: () => ({
      id: derive("client/id").toString("hex").slice(0, 20),
      secret: derive("client/secret").toString("base64url"),
    }),
    successor: (variant) => derive(`successor/${variant}`),
  };
}
