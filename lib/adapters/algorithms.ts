import { createECDH, createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from "node:crypto";
import type { TokenAlgorithm } from "../core/settings.ts";

/**
 * The key that signs, and the public key that others may verify with. `null`: a shared secret, so a verifier could sign
 * as well.
 */
type KeyHalves = { readonly privateKey: KeyObject; readonly publicKey: KeyObject | null };

type AlgorithmRow = {
  /** The `alg` of RFC 7518 §3.1 and RFC 8037 §3.1. */
  readonly name: TokenAlgorithm;
  /** The beginning of a key's `kid`. */
  readonly kid: string;
  /** The number of derived bytes that make a key. */
  readonly bytes: number;
  keyOf(bytes: Buffer): KeyHalves;
};

/**
 * The one table of algorithms; other code is given a row of it, or a key that names one. All are current
 * (RFC 8725 §3.2).
 */
export const algorithms = {
  EdDSA: { name: "EdDSA", kid: "ed25519", bytes: 32, keyOf: ed25519 },
  ES256: { name: "ES256", kid: "es256", bytes: 48, keyOf: p256 },
  HS256: { name: "HS256", kid: "hs256", bytes: 32, keyOf: hmac },
} as const satisfies { readonly [Name in TokenAlgorithm]: AlgorithmRow & { readonly name: Name } };

/** A private key from its 32 bytes (RFC 8410 §7: they are the key; the rest of the encoding never changes). */
function ed25519(seed: Buffer): KeyHalves {
  const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  const privateKey = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: "der", type: "pkcs8" });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** The order n of the curve P-256 (SP 800-186 §3.2.1.3): a private scalar is one of 1 … n-1. */
const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * A private scalar is a number below n, which 32 bytes may not be; cut down to it, they would favour some.
 * So 48 bytes, modulo n-1, plus 1: in range always, and too long for the remainder to show (FIPS 186-5 A.2.1, A.4.1).
 */
export function scalarOfP256(bytes: Buffer): Buffer {
  const scalar = (BigInt(`0x${bytes.toString("hex")}`) % (orderOfP256 - 1n)) + 1n;
  return Buffer.from(scalar.toString(16).padStart(64, "0"), "hex");
}

function p256(bytes: Buffer): KeyHalves {
  const scalar = scalarOfP256(bytes);
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(scalar);
  // Uncompressed (SEC 1 §2.3.3): one byte that says so, then both coordinates.
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 33).toString("base64url"), point.subarray(33).toString("base64url")];
  const key = { kty: "EC", crv: "P-256", x, y, d: scalar.toString("base64url") };
  const privateKey = createPrivateKey({ key, format: "jwk" });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** A verifier of HS256 can sign too, so this key is never published. */
function hmac(bytes: Buffer): KeyHalves {
  return { privateKey: createSecretKey(bytes), publicKey: null };
}
