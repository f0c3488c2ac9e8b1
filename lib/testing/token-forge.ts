import { createHmac, type KeyObject, sign } from "node:crypto";

/** Makes tokens by hand, without the library that verifies them: each a good one but for what is changed. */
export function createForge(good: { readonly header: object; readonly payload: object; readonly key: KeyObject }) {
  const { header, payload, key } = good;

  function signed(head: object, body: unknown, by: KeyObject = key): string {
    const input = inputOf(head, body);
    return `${input}.${sign(null, Buffer.from(input), by).toString("base64url")}`;
  }

  return {
    signed,
    /** A property of `undefined` is left out. */
    forge: (headerChanges: object, payloadChanges: object, by: KeyObject = key): string =>
      signed({ ...header, ...headerChanges }, { ...payload, ...payloadChanges }, by),
    /** With an empty signature. */
    unsigned: (headerChanges: object): string => `${inputOf({ ...header, ...headerChanges }, payload)}.`,
    hmac(secret: string | Buffer): string {
      const input = inputOf({ ...header, alg: "HS256" }, payload);
      return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
    },
    /** With the signature of another token. */
    withSignatureOf: (token: string): string => `${inputOf(header, payload)}.${token.split(".")[2]}`,
  };
}

function inputOf(header: object, payload: unknown): string {
  return [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
}
