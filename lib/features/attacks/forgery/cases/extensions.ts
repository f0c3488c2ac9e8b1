import { deflateRawSync } from "node:zlib";
import { encryptedToken } from "../encrypted-token.ts";
import { type ForgeryCase, forgery, type Material } from "../forgery-case.ts";
import { publicForms } from "../public-forms.ts";
import { algorithmOf, base64urlOf, jwkOf } from "../token-parts.ts";
import { writerFor } from "../writer-for.ts";

/** The password of a server that uses its configured key for whatever comes: its public key, as a file has it. */
function configuredText({ published, form }: Material): string {
  return (
    published.flatMap(({ algorithm, publicKey }) =>
      publicKey && algorithm === form ? String(publicForms(publicKey)["PEM"]) : [],
    )[0] ?? ""
  );
}

/** Other forms of a token, and extensions: what is not asked for is refused. */
export const extensionCases: readonly ForgeryCase[] = [
  forgery({
    id: "crit-unknown",
    title: "A token with an extension that must be understood, and is not, is refused",
    source: "RFC 7515 §4.1.11",
    needs: "signing-key",
    weakness: "signature-only",
    make(material) {
      const { forge, attacker } = writerFor(material, material.own[algorithmOf(material.form)]);
      return [forge({ crit: ["nonesuch"], nonesuch: 1 }, {}), forge({ crit: ["jwk"], jwk: jwkOf(attacker) }, {})];
    },
  }),
  forgery({
    id: "b64-false",
    title: "A payload that was signed as it stands (b64 false) is not read as a token's",
    source: "RFC 7797 §7, RFC 7515 §4.1.11",
    needs: "signing-key",
    weakness: "signature-only",
    make: (material) => [
      writerFor(material, material.own[algorithmOf(material.form)]).forge({ crit: ["b64"], b64: false }, {}),
    ],
  }),
  forgery({
    id: "b64-unsigned",
    title: "b64 false under the old signature is refused, with crit and without",
    source: "RFC 7797 §6",
    weakness: { none: "The signature covers the header, so no verifier that checks it gets further." },
    make(material) {
      const { header, body, signature } = writerFor(material);
      return [{ b64: false }, { b64: false, crit: ["b64"] }].map(
        (more) => `${base64urlOf({ ...header, ...more })}.${body}.${signature}`,
      );
    },
  }),
  forgery({
    id: "zip",
    title: "A compressed payload is refused: zip is of encryption, and a signed token has none",
    source: "RFC 7516 §4.1.3, RFC 8725bis decompression",
    weakness: { none: "A verifier that unpacks before it verifies loses memory, and lets nobody in." },
    make(material) {
      const { header, payload, signature } = writerFor(material);
      const body = deflateRawSync(JSON.stringify(payload)).toString("base64url");
      const bomb = deflateRawSync(Buffer.alloc(1_000_000, "a")).toString("base64url");
      const head = base64urlOf({ ...header, zip: "DEF" });
      return [body, bomb].map((each) => `${head}.${each}.${signature}`);
    },
  }),
  forgery({
    id: "duplicate-alg",
    title: "A header with two members alg has one meaning here, and is refused",
    source: "RFC 7515 §4, RFC 7493 §2.3",
    weakness: "two-readers",
    make(material) {
      const { header, payload } = writerFor(material);
      const twice = `${JSON.stringify(header).slice(0, -1)},"alg":"none"}`;
      return [`${base64urlOf(twice)}.${base64urlOf({ ...payload, role: "admin" })}.`];
    },
  }),
  forgery({
    id: "duplicate-claim",
    title: "A payload with two members of one name under the old signature is refused",
    source: "RFC 7519 §4",
    weakness: "decodes-only",
    make(material) {
      const { head, payload, signature } = writerFor(material);
      const text = JSON.stringify(payload).slice(0, -1);
      return [`${head}.${base64urlOf(`${text},"role":"admin"}`)}.${signature}`];
    },
  }),
  forgery({
    id: "encrypted",
    title: "An encrypted token (JWE, PBES2) in place of a signed one is refused: anyone can encrypt",
    source: "RFC 7516 §3.1, RFC 8725 §2.6",
    about: ["EdDSA", "ES256"],
    needs: "published-key",
    weakness: "opens-what-comes",
    make: (material) => [
      encryptedToken(JSON.stringify({ ...writerFor(material).payload, role: "admin" }), configuredText(material)),
    ],
  }),
  forgery({
    id: "encrypted-for-hs256",
    title: "An encrypted token in place of one under a secret is refused, however many rounds it asks for",
    source: "RFC 8725 §2.6, CVE-2023-51775",
    about: ["HS256"],
    weakness: { none: "Without the secret no password opens it. A verifier that tries works through the rounds." },
    make(material) {
      const { payload } = writerFor(material);
      const text = JSON.stringify(payload);
      return [encryptedToken(text, "secret"), encryptedToken(text, "secret", { p2c: 2_000_000_000 })];
    },
  }),
  forgery({
    id: "nested-cty",
    title: "A token in a token (cty JWT) is not unwrapped",
    source: "RFC 7519 §5.2, RFC 8725 §3.3",
    about: ["EdDSA", "ES256"],
    needs: "published-key",
    weakness: "opens-what-comes",
    make(material) {
      const inner = writerFor(material).unsigned({ alg: "none" });
      return [encryptedToken(inner, configuredText(material), { cty: "JWT" })];
    },
  }),
  forgery({
    id: "nested-unsigned",
    title: "A token in an unsigned token (cty JWT) is refused",
    source: "RFC 7519 §5.2",
    weakness: "header-picks-algorithm",
    make(material) {
      const { header } = writerFor(material);
      return [`${base64urlOf({ ...header, alg: "none", cty: "JWT" })}.${base64urlOf(material.credential)}.`];
    },
  }),
];
