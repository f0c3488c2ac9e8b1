import { createHash } from "node:crypto";

/** Edwards25519 (RFC 8032 §5.1): its field, the order of its base point, and its constant d. */
const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const d = mod(-121665n * power(121666n, p - 2n));
const rootOfMinusOne = power(2n, (p - 1n) / 4n);

/** Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z (RFC 8032 §5.1.4). */
type Point = readonly [X: bigint, Y: bigint, Z: bigint, T: bigint];

/**
 * The equation of RFC 8032 §5.1.7, for any public key: nothing asks whether the key is of low order. For such a key a
 * signature over every text can be written down without a private key.
 */
export function fulfilsEquation(text: string, signature: Buffer, publicKey: Buffer): boolean {
  const [first, second] = [signature.subarray(0, 32), signature.subarray(32)];
  const [key, sum, base] = [pointIn(publicKey), pointIn(first), pointOf(mod(4n * power(5n, p - 2n)), 0n)];
  if (!key || !sum || !base || second.length !== 32) return false;
  const hash = createHash("sha512").update(first).update(publicKey).update(text).digest();
  const right = add(sum, times(littleEndian(hash) % order, key));
  const left = times(littleEndian(second), base);
  return mod(left[0] * right[2] - right[0] * left[2]) === 0n && mod(left[1] * right[2] - right[1] * left[2]) === 0n;
}

/** The point of 32 bytes (RFC 8032 §5.1.3); `null`: there is none. */
function pointIn(bytes: Buffer): Point | null {
  const number = littleEndian(bytes);
  return bytes.length === 32 ? pointOf(number % 2n ** 255n, number >> 255n) : null;
}

function pointOf(y: bigint, sign: bigint): Point | null {
  const [u, v] = [mod(y * y - 1n), mod(d * y * y + 1n)];
  const root = mod(u * v ** 3n * power(mod(u * v ** 7n), (p - 5n) / 8n));
  const found = [root, mod(root * rootOfMinusOne)].find((x) => mod(v * x * x) === u);
  if (found === undefined) return null;
  const x = (found & 1n) === sign ? found : mod(-found);
  return [x, y, 1n, mod(x * y)];
}

function times(factor: bigint, point: Point): Point {
  let sum: Point = [0n, 1n, 1n, 0n];
  for (let [left, addend] = [factor, point]; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, addend);
    addend = add(addend, addend);
  }
  return sum;
}

function add(one: Point, other: Point): Point {
  const a = (one[1] - one[0]) * (other[1] - other[0]);
  const b = (one[1] + one[0]) * (other[1] + other[0]);
  const c = mod(2n * d * one[3] * other[3]);
  const e = 2n * one[2] * other[2];
  const [first, second, third, fourth] = [mod(b - a), mod(e - c), mod(e + c), mod(b + a)];
  return [mod(first * second), mod(third * fourth), mod(second * third), mod(first * fourth)];
}

function mod(value: bigint): bigint {
  return ((value % p) + p) % p;
}

function power(value: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [factor, left] = [value % p, exponent]; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % p;
    factor = (factor * factor) % p;
  }
  return result;
}

function littleEndian(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}
