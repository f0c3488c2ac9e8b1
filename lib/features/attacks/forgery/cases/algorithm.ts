import { type ForgeryCase, forgery, type Material } from "../forgery-case.ts";
import type { TokenKey } from "../lab-key-ring.ts";
import { publicForms } from "../public-forms.ts";
import { algorithmOf } from "../token-parts.ts";
import { writerFor } from "../writer-for.ts";

const ownKey = (material: Material) => material.own[algorithmOf(material.form)];
const otherKeys = (material: Material, of: readonly TokenKey[]) =>
  of.filter(({ algorithm }) => algorithm !== algorithmOf(material.form));

/** The server's algorithm decides, not the token's header. */
export const algorithmCases: readonly ForgeryCase[] = [
  forgery({
    id: "alg-none",
    title: "A token that says alg none and has no signature is refused, in whatever letters",
    source: "RFC 8725 §2.1, ASVS 9.1.2",
    short: "alg: none",
    weakness: "header-picks-algorithm",
    make(material) {
      const { unsigned } = writerFor(material);
      return ["none", "None", "NONE", "nOnE"].map((alg) => unsigned({ alg }, { role: "admin" }));
    },
  }),
  forgery({
    id: "alg-missing",
    title: "A token that names no algorithm and has no signature is refused",
    source: "RFC 7515 §4.1.1",
    weakness: "header-picks-algorithm",
    make(material) {
      const { unsigned } = writerFor(material);
      return ["", undefined].map((alg) => unsigned({ alg }, { role: "admin" }));
    },
  }),
  forgery({
    id: "alg-none-over-a-good-signature",
    title: "A token that says alg none, or nothing, is refused also with a good signature",
    source: "RFC 8725 §3.1",
    needs: "signing-key",
    weakness: "header-picks-algorithm",
    make(material) {
      const { forge } = writerFor(material, ownKey(material));
      return [forge({ alg: "none" }, {}), forge({ alg: undefined }, {})];
    },
  }),
  forgery({
    id: "public-key-as-secret",
    title: "A public key is no secret: an HMAC under it is refused, in whatever form the key is kept",
    source: "RFC 8725 §2.1, CVE-2015-9235",
    about: ["EdDSA", "ES256"],
    needs: "published-key",
    weakness: "header-picks-algorithm",
    make(material) {
      const own = material.published.find(({ algorithm }) => algorithm === material.form)?.publicKey;
      return own ? Object.values(publicForms(own)).map((secret) => writerFor(material).hmac(secret)) : [];
    },
  }),
  forgery({
    id: "another-public-key-as-secret",
    title: "An HMAC under another public key of the lab is refused",
    source: "RFC 8725 §3.1",
    needs: "published-key",
    weakness: { none: "A verifier would have to use a key that is not this credential's for a secret that is none." },
    make: (material) =>
      otherKeys(material, material.published).flatMap(({ publicKey }) =>
        publicKey ? Object.values(publicForms(publicKey)).map((secret) => writerFor(material).hmac(secret)) : [],
      ),
  }),
  forgery({
    id: "guessed-secret",
    title: "An HMAC under an empty secret or under the key's name is refused",
    source: "RFC 7518 §3.2, RFC 8725 §3.5",
    weakness: { none: "The secret would have to be one of these. A signer with a secret under 32 bytes is not made." },
    make(material) {
      const { hmac, header } = writerFor(material);
      return [hmac(""), hmac(String(header["kid"])), hmac("secret")];
    },
  }),
  forgery({
    id: "renamed-algorithm",
    title: "A good signature under another algorithm's name is refused",
    source: "RFC 8725 §3.1, RFC 8725bis algorithm case",
    needs: "signing-key",
    weakness: "signature-only",
    make(material) {
      const { forge } = writerFor(material, ownKey(material));
      const own = algorithmOf(material.form);
      const names = ["EdDSA", "ES256", "HS256", "Ed25519", "ES256K", "HS512", own.toLowerCase()];
      return names.filter((name) => name !== own).map((alg) => forge({ alg }, {}));
    },
  }),
  forgery({
    id: "key-of-another-algorithm",
    title: "One key, one algorithm: a signature by the lab's key for another one is refused",
    source: "RFC 8725 §3.1",
    needs: "signing-key",
    weakness: "any-key",
    make: (material) =>
      otherKeys(material, Object.values(material.own)).flatMap((key) => {
        const { forge } = writerFor(material, key);
        const { algorithm: alg, kid } = key;
        return [forge({ alg, kid }, {}), forge({ alg }, {}), forge({}, {})];
      }),
  }),
];
