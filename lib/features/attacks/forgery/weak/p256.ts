import { createHash, type KeyObject } from "node:crypto";
import { orderOfP256 } from "../token-writer.ts";

/** The curve P-256 (SP 800-186 §3.2.1.3): its field, its order, and its base point. */
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const n = orderOfP256;
const a = p - 3n;
const base: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

/** `null`: the point at infinity. */
type Point = { readonly x: bigint; readonly y: bigint } | null;

/**
 * The sum of FIPS 186-5 §6.4.2, without its first step: nothing asks whether r and s are in 1 … n-1. Zero has no
 * inverse, and the usual way to compute one then gives zero (CVE-2022-21449).
 */
export function hasValidSum(input: string, signature: Buffer, key: KeyObject): boolean {
  const jwk = key.export({ format: "jwk" });
  if (jwk.kty !== "EC") return false;
  const [r, s] = [numberOf(signature.subarray(0, 32)), numberOf(signature.subarray(32))];
  const w = inverse(s, n);
  const hash = numberOf(createHash("sha256").update(input).digest());
  const own = {
    x: numberOf(Buffer.from(String(jwk.x), "base64url")),
    y: numberOf(Buffer.from(String(jwk.y), "base64url")),
  };
  const sum = add(times((hash * w) % n, base), times((r * w) % n, own));
  return (sum?.x ?? 0n) % n === r % n;
}

function times(factor: bigint, point: Point): Point {
  let sum: Point = null;
  for (let [left, addend] = [factor, point]; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, addend);
    addend = add(addend, addend);
  }
  return sum;
}

function add(one: Point, other: Point): Point {
  if (!one || !other) return one ?? other;
  if (one.x === other.x && (one.y + other.y) % p === 0n) return null;
  const slope =
    one.x === other.x
      ? (3n * one.x * one.x + a) * inverse(2n * one.y, p)
      : (other.y - one.y) * inverse(other.x - one.x, p);
  const x = positive(slope * slope - one.x - other.x);
  return { x, y: positive(slope * (one.x - x) - one.y) };
}

/** By Euclid's algorithm. Of zero it is zero, and nothing says that there is none. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [old, next, oldFactor, factor] = [positive(value, modulus), modulus, 1n, 0n];
  while (next !== 0n && old !== 0n) {
    const quotient = old / next;
    [old, next] = [next, old - quotient * next];
    [oldFactor, factor] = [factor, oldFactor - quotient * factor];
  }
  return old === 0n ? 0n : positive(oldFactor, modulus);
}

function positive(value: bigint, modulus = p): bigint {
  return ((value % modulus) + modulus) % modulus;
}

function numberOf(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString("hex")}`);
}
