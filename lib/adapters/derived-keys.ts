import { createHmac, hkdfSync, type KeyObject } from "node:crypto";
import type { TokenAlgorithm } from "../core/settings.ts";
import { algorithms } from "./algorithms.ts";

/** One key for one algorithm (RFC 8725 §3.1), named after it, its generation and the secret it comes from. */
export type SigningKey = {
  readonly kid: string;
  readonly algorithm: TokenAlgorithm;
  readonly privateKey: KeyObject;
  /** `null`: the key is a shared secret, which both signs and verifies. */
  readonly publicKey: KeyObject | null;
};

type AtLeastOne<T> = readonly [T, ...T[]];

/**
 * The keys of one lab, those of the application's current secret first, then of earlier ones; under each, the newest
 * generation first. The very first key issues; the others only open, verify and recognise.
 */
export type LabKeys = {
  /** Names them all: their generations, and each secret by a mark that does not reveal it. Other keys have another name. */
  readonly name: string;
  signing(algorithm: TokenAlgorithm): AtLeastOne<SigningKey>;
  /** Passwords by generation, in the shape of iron-session's map. Each variant has its own, so none opens another's. */
  sealing(variant: string): AtLeastOne<Readonly<Record<string, string>>>;
  /** By generation, for cookies that are signed and not sealed. Each variant has its own. */
  cookieSigning(variant: string): AtLeastOne<Readonly<Record<string, Buffer>>>;
  /** By generation, for ids that are signed. Each variant has its own. */
  idSigning(variant: string): AtLeastOne<Readonly<Record<string, Buffer>>>;
  /** Not rotated with the lab's keys: a retry across a rotation must get the same successor. */
  successor(variant: string): AtLeastOne<Buffer>;
  /** The lab's own OAuth client. Not rotated either: it lives as long as the lab. */
  client(): AtLeastOne<{ readonly id: string; readonly secret: string }>;
  /** 8 bytes that stand for a text in this lab alone: equal for equal texts, and not to be turned back without the key. */
  markOf(text: string): string;
};

/**
 * Derives every key of a lab from the application's secret, its earlier secrets, and the lab's salt (HKDF, RFC 5869),
 * 256 bits each (RFC 8725 §3.5). The database stores no secret: it alone opens no credential, and a new salt makes all
 * keys new.
 * Keys under an earlier secret still verify (ASVS 13.3.4).
 */
export function deriveLabKeys(options: {
  secrets: AtLeastOne<string>;
  labId: string;
  salt: string;
  generations: AtLeastOne<number>;
}): LabKeys {
  const { secrets, labId, salt, generations } = options;
  const derive = (secret: string, use: string, bytes = 32) =>
    Buffer.from(hkdfSync("sha256", secret, salt, `loginscope/1/${labId}/${use}`, bytes));

  /** By secret, the current one first. */
  function ofEach<T>(make: (secret: string) => T): AtLeastOne<T> {
    const [current, ...previous] = secrets;
    return [make(current), ...previous.map(make)];
  }

  const byGeneration = <T>(make: (generation: number) => T) => Object.fromEntries(generations.map((n) => [n, make(n)]));

  /** The same generations exist under each secret, so a name also has a mark of the secret, which does not reveal it. */
  const markOfSecret = onceEach((secret: string) => derive(secret, "name", 4).toString("hex"));

  function signingKeys(algorithm: TokenAlgorithm): AtLeastOne<SigningKey> {
    const { kid, bytes, keyOf } = algorithms[algorithm];
    const keysUnder = (secret: string): AtLeastOne<SigningKey> => {
      const name = markOfSecret(secret);
      const keyFor = (generation: number): SigningKey => ({
        kid: `${kid}-${generation}-${name}`,
        algorithm,
        ...keyOf(derive(secret, `sign/${algorithm}/${generation}`, bytes)),
      });
      const [newest, ...older] = generations;
      return [keyFor(newest), ...older.map(keyFor)];
    };
    const [[first, ...others], ...previous] = ofEach(keysUnder);
    return [first, ...others, ...previous.flat()];
  }

  const markKey = onceEach((use) => derive(secrets[0], use));

  const clients = onceEach(() =>
    ofEach((secret) => ({
      id: derive(secret, "client/id").toString("hex").slice(0, 20),
      secret: derive(secret, "client/secret").toString("base64url"),
    })),
  );

  return {
    name: `${generations.join(".")} ${secrets.map(markOfSecret).join(".")}`,
    signing: onceEach(signingKeys),
    sealing: onceEach((variant) =>
      ofEach((secret) => byGeneration((n) => derive(secret, `seal/${variant}/${n}`).toString("base64url"))),
    ),
    cookieSigning: onceEach((variant) =>
      ofEach((secret) => byGeneration((n) => derive(secret, `cookie/${variant}/${n}`))),
    ),
    idSigning: onceEach((variant) => ofEach((secret) => byGeneration((n) => derive(secret, `id/${variant}/${n}`)))),
    successor: onceEach((variant) => ofEach((secret) => derive(secret, `successor/${variant}`))),
    client: () => clients("client"),
    markOf: (text) => createHmac("sha256", markKey("mark")).update(text).digest("hex").slice(0, 16),
  };
}

/** Caches the result for each argument. */
function onceEach<Of extends string, T>(find: (of: Of) => T): (of: Of) => T {
  // Bounded: by the variants; it goes with the keys of its lab.
  const found = new Map<Of, T>();
  return (of) => {
    const known = found.get(of) ?? find(of);
    found.set(of, known);
    return known;
  };
}
