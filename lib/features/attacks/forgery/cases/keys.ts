import { ownCertificate } from "../certificate.ts";
import { type ForgeryCase, forgery } from "../forgery-case.ts";
import { algorithmOf, jwkOf } from "../token-parts.ts";
import { writerFor } from "../writer-for.ts";

const admin = { role: "admin" };
const attackersAddress = "https://attacker.test/keys";
const address = { source: "RFC 8725 §3.10, ASVS 9.1.3", weakness: "token-brings-key" } as const;

/** Keys come from the server's own list, never from the token. */
export const keyCases: readonly ForgeryCase[] = [
  forgery({
    ...address,
    id: "jwk",
    title: "A key that the token brings as jwk is not used",
    make(material) {
      const { forge, attacker } = writerFor(material);
      const jwk = jwkOf(attacker);
      return [forge({ jwk }, admin), forge({ jwk, kid: undefined }, admin)];
    },
  }),
  forgery({
    ...address,
    id: "jku",
    title: "Keys at the address that the token names as jku are not fetched",
    make(material) {
      const { forge } = writerFor(material);
      return [forge({ jku: attackersAddress }, admin), forge({ jku: attackersAddress, kid: "elsewhere" }, admin)];
    },
  }),
  forgery({
    ...address,
    id: "x5u",
    title: "A certificate at the address that the token names as x5u is not fetched",
    make: (material) => [writerFor(material).forge({ x5u: attackersAddress, kid: undefined }, admin)],
  }),
  forgery({
    ...address,
    id: "x5c",
    title: "A certificate that the token brings as x5c is not used",
    about: ["EdDSA", "ES256"],
    make(material) {
      const { forge, attacker } = writerFor(material);
      const x5c = [ownCertificate(attacker)?.toString("base64")];
      return [forge({ x5c }, admin), forge({ x5c, kid: undefined }, admin)];
    },
  }),
  forgery({
    id: "kid-path",
    title: "A kid that is a path opens no file",
    source: "RFC 8725 §3.10",
    weakness: "kid-is-a-file",
    make: (material) => [writerFor(material).hmac("", { kid: "../../dev/null" })],
  }),
  forgery({
    id: "kid-nul",
    title: "A kid with U+0000 in it is not cut off there",
    source: "RFC 8725 §3.10",
    weakness: "kid-is-a-file",
    make: (material) => [writerFor(material).hmac("", { kid: "../../dev/null\0.pem" })],
  }),
  forgery({
    id: "kid-sql",
    title: "A kid with SQL in it is a name, and no part of a query",
    source: "RFC 8725 §3.10, ASVS 1.2.4",
    weakness: "kid-in-a-query",
    make: (material) => [writerFor(material).hmac("known", { kid: "none' UNION SELECT 'known' --" })],
  }),
  forgery({
    id: "kid-unknown",
    title: "A good signature under a kid that is missing, unknown, no text or a property of every object is refused",
    source: "RFC 8725 §3.10",
    needs: "signing-key",
    weakness: "signature-only",
    make(material) {
      const key = material.own[algorithmOf(material.form)];
      const { forge } = writerFor(material, key);
      const kids = [
        `${key.kid}0`,
        undefined,
        1,
        "__proto__",
        "constructor",
        "../../dev/null",
        `${key.kid}\0`,
        "' OR 1=1 --",
      ];
      return kids.map((kid) => forge({ kid }, {}));
    },
  }),
];
