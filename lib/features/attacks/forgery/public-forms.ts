import type { KeyObject } from "node:crypto";

/** The forms in which a server may keep a public key, each of which was taken for the secret of an HMAC somewhere. */
export function publicForms(key: KeyObject): Readonly<Record<string, string | Buffer>> {
  return {
    "raw bytes": Buffer.from(String(key.export({ format: "jwk" }).x), "base64url"),
    PEM: key.export({ format: "pem", type: "spki" }).toString(),
    DER: key.export({ format: "der", type: "spki" }),
    JWK: JSON.stringify(key.export({ format: "jwk" })),
  };
}
