import { createHmac, type KeyObject, sign } from "node:crypto";

/** Makes tokens by hand, without the library that verifies them: each is good except for the change. */
export function createForge(good: { readonly header: object; readonly payload: object; readonly key: KeyObject }) {
  const { header, payload, key } = good;

  function signed(head: object, body: unknown, by: KeyObject = key): string {
    const input = inputOf(head, body);
    return `${input}.${signatureOf(input, by).toString("base64url")}`;
  }

  return {
    signed,
    /** A property of `undefined` is left out. */
    forge: (headerChanges: object, payloadChanges: object, by: KeyObject = key): string =>
      signed({ ...header, ...headerChanges }, { ...payload, ...payloadChanges }, by),
    /** With an empty signature. */
    unsigned: (headerChanges: object, payloadChanges: object = {}): string =>
      `${inputOf({ ...header, ...headerChanges }, { ...payload, ...payloadChanges })}.`,
    hmac(secret: string | Buffer, headerChanges: object = {}, payloadChanges: object = {}): string {
      const input = inputOf({ ...header, alg: "HS256", ...headerChanges }, { ...payload, ...payloadChanges });
      return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
    },
  };
}

/** The signature for the kind of key: HMAC, ECDSA in the form of RFC 7518 §3.4, or Ed25519. */
export function signatureOf(input: string, key: KeyObject): Buffer {
  if (key.type === "secret") return createHmac("sha256", key).update(input).digest();
  const ecdsa = key.asymmetricKeyType === "ec";
  return sign(ecdsa ? "sha256" : null, Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
}

function inputOf(header: object, payload: unknown): string {
  return [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
}

/** The order n of the curve P-256 (SP 800-186 §3.2.1.3). */
export const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** If (r, s) is a valid ECDSA signature, so is (r, n-s). */
export function otherSignature(token: string): string {
  const [header, payload, signature = ""] = token.split(".");
  const bytes = Buffer.from(signature, "base64url");
  const other = orderOfP256 - BigInt(`0x${bytes.subarray(32).toString("hex")}`);
  const s = Buffer.from(other.toString(16).padStart(64, "0"), "hex");
  return [header, payload, Buffer.concat([bytes.subarray(0, 32), s]).toString("base64url")].join(".");
}
