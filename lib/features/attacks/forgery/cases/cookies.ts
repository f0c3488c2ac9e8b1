import { createHmac } from "node:crypto";
import { asAdmin, cookieParts, packed, packedText, stateIn } from "../cookie-parts.ts";
import { type ForgeryCase, forgery, type Material } from "../forgery-case.ts";
import { otherSpellings, withCharacter } from "../other-spellings.ts";

const signed = { about: ["signed-cookie"] } as const;

/** A signed cookie, taken apart, with an admin's state in it. */
function rewritten({ credential }: Material) {
  const parts = cookieParts(credential);
  const state = asAdmin(stateIn(parts.payload));
  const write = (changes: Partial<Record<"address" | "keyId" | "payload" | "signature", string>>) => {
    const { address, keyId, payload, signature } = { ...parts, payload: packed(state), ...changes };
    return `${address}.${keyId}.${payload}.${signature}`;
  };
  const underKey = (keyId: string, key: string) => {
    const input = `${parts.address}.${keyId}.${packed(state)}`;
    return write({ keyId, signature: createHmac("sha256", key).update(input).digest("base64url") });
  };
  return { ...parts, state, write, underKey };
}

/** Signed cookies: anyone can read them, only the server can change them. */
export const signedCookieCases: readonly ForgeryCase[] = [
  forgery({
    ...signed,
    id: "cookie-another-state",
    title: "Another role under a signed cookie's old signature is refused",
    source: "WSTG-SESS-01, ASVS 9.1.1",
    short: "Make me admin",
    weakness: "reads-unverified",
    make: (material) => [rewritten(material).write({})],
  }),
  forgery({
    ...signed,
    id: "cookie-another-end",
    title: "Another end under a signed cookie's old signature is refused as changed, and not as ended",
    source: "WSTG-SESS-01",
    short: "Expire it",
    weakness: "reads-unverified",
    make(material) {
      const { write, payload } = rewritten(material);
      return [write({ payload: packed(Object.assign({}, stateIn(payload), { endsAt: 1_000_000_000_000 })) })];
    },
  }),
  forgery({
    ...signed,
    id: "cookie-changed-signature",
    title: "A signed cookie whose signature has one other character is refused",
    source: "WSTG-SESS-01",
    short: "Flip one character",
    weakness: "reads-unverified",
    make({ credential }) {
      const at = credential.length - 20;
      return [withCharacter(credential, at, credential[at] === "A" ? "B" : "A")];
    },
  }),
  forgery({
    ...signed,
    id: "cookie-short-signature",
    title: "A signature that is empty or cut off is refused",
    source: "RFC 2104 §5",
    weakness: "compares-what-came",
    make(material) {
      const { address, keyId, payload, signature } = cookieParts(material.credential);
      return ["", signature.slice(0, 4)].map((each) => `${address}.${keyId}.${payload}.${each}`);
    },
  }),
  forgery({
    ...signed,
    id: "cookie-no-key",
    title: "A key id that names no key, or a property of every object, is refused",
    source: "ASVS 11.2.1",
    weakness: "missing-key-is-empty",
    make: (material) => ["__proto__", "constructor", "99"].map((id) => rewritten(material).underKey(id, "")),
  }),
  forgery({
    ...signed,
    id: "cookie-key-id-text",
    title: "A key id with a path, with SQL or with U+0000 in it is refused",
    source: "ASVS 1.2.4",
    weakness: "missing-key-is-empty",
    make: (material) => ["/dev/null", "1' OR '1'='1", "1\0"].map((id) => rewritten(material).underKey(id, "")),
  }),
  forgery({
    ...signed,
    id: "cookie-public-secret",
    title: "An HMAC under an empty secret, or under the cookie's own address, is refused",
    source: "RFC 2104 §3",
    weakness: { none: "The key would have to be one of these; each variant's is derived, with 32 bytes." },
    make(material) {
      const { underKey, keyId, address } = rewritten(material);
      return [underKey(keyId, ""), underKey(keyId, address)];
    },
  }),
  forgery({
    ...signed,
    id: "cookie-plain-instead",
    title: "Plain state in place of a signed cookie is refused",
    source: "WSTG-SESS-01",
    weakness: "any-encoding",
    make(material) {
      const { address, state } = rewritten(material);
      return [`${address}.${JSON.stringify(state)}`];
    },
  }),
  forgery({
    ...signed,
    id: "cookie-another-address",
    title: "A signed cookie under another variant's or another lab's address is refused",
    source: "RFC 8725 §3.12",
    short: "Another lab’s",
    weakness: "reads-unverified",
    make({ credential }) {
      const [lab = "", variant = "", ...rest] = credential.split(".");
      return [`${"0".repeat(20)}.${variant}.${rest.join(".")}`, `${lab}.sealed.${rest.join(".")}`];
    },
  }),
  forgery({
    ...signed,
    id: "cookie-duplicate-member",
    title: "State with two members of one name under the old signature is refused",
    source: "RFC 7493 §2.3",
    weakness: "reads-unverified",
    make(material) {
      const { write, payload } = rewritten(material);
      const admin = JSON.stringify({ user: Object(asAdmin(stateIn(payload))).user }).slice(1);
      return [write({ payload: packedText(`${JSON.stringify(stateIn(payload)).slice(0, -1)},${admin}`) })];
    },
  }),
  forgery({
    ...signed,
    id: "cookie-more-parts",
    title: "A good signed cookie with a part or a character behind it, or in another spelling, is refused",
    source: "RFC 4648 §3.5",
    weakness: { none: "It is a second spelling of the same content, so it lets in nobody new." },
    make: ({ credential }) => [`${credential}.a`, `${credential}=`, ...otherSpellings(credential)],
  }),
];
