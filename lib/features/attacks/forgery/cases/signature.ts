import { type ForgeryCase, forgery } from "../forgery-case.ts";
import { withCharacter } from "../other-spellings.ts";
import { algorithmOf, base64urlOf, elsewhere } from "../token-parts.ts";
import { orderOfP256 } from "../token-writer.ts";
import { writerFor } from "../writer-for.ts";

const bytes32 = (value: bigint) => Buffer.from(value.toString(16).padStart(64, "0"), "hex");
const littleEndian = (bytes: Buffer) => BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
/** The order L of Ed25519's base point (RFC 8032 §5.1). */
const orderOfEd25519 = 2n ** 252n + 27742317777372353535851937790883648493n;

/** A signature covers every byte of header and payload, and is a number in its range. */
export const signatureCases: readonly ForgeryCase[] = [
  forgery({
    id: "another-payload",
    title: "Another role under the old signature is refused",
    source: "RFC 7515 §5.2, ASVS 9.1.1",
    short: "Make me admin",
    weakness: "decodes-only",
    make(material) {
      const { head, payload, signature } = writerFor(material);
      return [`${head}.${base64urlOf({ ...payload, role: "admin" })}.${signature}`];
    },
  }),
  forgery({
    id: "another-end",
    title: "Another end under the old signature is refused as changed, and not as ended",
    source: "RFC 7515 §5.2",
    short: "Expire it",
    weakness: "decodes-only",
    make(material) {
      const { head, payload, signature } = writerFor(material);
      return [`${head}.${base64urlOf({ ...payload, exp: Number(payload["iat"]) - 60 })}.${signature}`];
    },
  }),
  forgery({
    id: "another-lab",
    title: "The issuer of another lab under the old signature is refused",
    source: "RFC 8725 §3.8",
    short: "Another lab’s",
    weakness: "decodes-only",
    make(material) {
      const { head, payload, signature } = writerFor(material);
      const iss = elsewhere(payload["iss"]);
      return [`${head}.${base64urlOf({ ...payload, iss })}.${signature}`];
    },
  }),
  forgery({
    id: "changed-signature",
    title: "A signature with one other character is refused",
    source: "RFC 7515 §5.2",
    short: "Flip one character",
    weakness: "decodes-only",
    make(material) {
      const { head, body, signature } = writerFor(material);
      const at = Math.floor(signature.length / 2);
      return [`${head}.${body}.${withCharacter(signature, at, signature[at] === "A" ? "B" : "A")}`];
    },
  }),
  forgery({
    id: "no-signature",
    title: "A token without its signature is refused",
    source: "RFC 8725 §2.1",
    weakness: "decodes-only",
    make: (material) => [writerFor(material).unsigned({})],
  }),
  forgery({
    id: "attackers-signature",
    title: "A signature by a key of the attacker's under the server's kid is refused",
    source: "RFC 8725 §3.10",
    weakness: "decodes-only",
    make: (material) => [writerFor(material).forge({}, { role: "admin" })],
  }),
  forgery({
    id: "es256-zero",
    title: "An ECDSA signature with r = 0 and s = 0 is refused",
    source: "FIPS 186-5 §6.4.2, CVE-2022-21449",
    about: ["ES256"],
    weakness: "unchecked-numbers",
    make(material) {
      const { head, payload } = writerFor(material);
      return [`${head}.${base64urlOf({ ...payload, role: "admin" })}.${Buffer.alloc(64).toString("base64url")}`];
    },
  }),
  forgery({
    id: "es256-order",
    title: "An ECDSA signature with r or s not below the order n is refused",
    source: "FIPS 186-5 §6.4.2",
    about: ["ES256"],
    weakness: "unchecked-numbers",
    make(material) {
      const { head, payload } = writerFor(material);
      // At the order, just above it, and the greatest number of 32 bytes. The first two pairs are sent, all are verified.
      const greatest = 2n ** 256n - 1n;
      const pairs = [
        [orderOfP256, orderOfP256],
        [greatest, greatest],
        [orderOfP256 + 1n, orderOfP256 + 1n],
        [orderOfP256 + 1n, 1n],
        [1n, orderOfP256 + 1n],
        [0n, orderOfP256],
        [orderOfP256, 0n],
      ] as const;
      return pairs.map(([r, s]) => {
        const signature = Buffer.concat([bytes32(r), bytes32(s)]).toString("base64url");
        return `${head}.${base64urlOf({ ...payload, role: "admin" })}.${signature}`;
      });
    },
  }),
  forgery({
    id: "ed25519-order",
    title: "An Ed25519 signature with S not below the order L is refused",
    source: "RFC 8032 §5.1.7",
    about: ["EdDSA"],
    weakness: { none: "It is a second signature of the same content, so it lets in nobody new." },
    make(material) {
      const { head, body, signature } = writerFor(material);
      const bytes = Buffer.from(signature, "base64url");
      const s = bytes32(littleEndian(bytes.subarray(32)) + orderOfEd25519).reverse();
      return [`${head}.${body}.${Buffer.concat([bytes.subarray(0, 32), s]).toString("base64url")}`];
    },
  }),
  forgery({
    id: "ed25519-low-order",
    title: "A brought Ed25519 key of low order, for which a signature needs no private key, is refused",
    source: "RFC 8032 §5.1.7, RFC 7748 §6.1",
    about: ["EdDSA"],
    weakness: "unchecked-key",
    make(material) {
      const { header, payload } = writerFor(material);
      // The neutral point: with it as the key and as R, and S = 0, the equation holds for every text.
      const neutral = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)]);
      const jwk = { kty: "OKP", crv: "Ed25519", x: neutral.toString("base64url") };
      const signature = Buffer.concat([neutral, Buffer.alloc(32)]).toString("base64url");
      return [`${base64urlOf({ ...header, jwk })}.${base64urlOf({ ...payload, role: "admin" })}.${signature}`];
    },
  }),
  forgery({
    id: "another-labs-key",
    title: "A signature by another lab's key is refused",
    source: "RFC 8725 §3.8",
    needs: "signing-key",
    weakness: { none: "No verifier here has another lab's key." },
    make(material) {
      const { forge } = writerFor(material, material.elsewhere[algorithmOf(material.form)]);
      return [forge({ kid: writerFor(material).header["kid"] }, {})];
    },
  }),
];
