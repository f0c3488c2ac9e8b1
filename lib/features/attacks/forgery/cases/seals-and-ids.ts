import { createHash, createHmac } from "node:crypto";
import { asAdmin, cookieParts } from "../cookie-parts.ts";
import { type ForgeryCase, forgery } from "../forgery-case.ts";
import { otherSpellings, withCharacter } from "../other-spellings.ts";
import { passwordOfExamples, sealed } from "../sealed-text.ts";

const seal = { about: ["sealed-cookie"], source: "WSTG-SESS-01, ASVS 11.3.3" } as const;
const id = { about: ["signed-id"], source: "ASVS 7.2.3" } as const;
const findsNoRow = {
  none: "A made-up id finds no record, signed or not: the signature only spares the look-up.",
} as const;

const now = Date.UTC(2020, 0, 1);
const user = { id: "1", username: "admin", displayName: "Admin", role: "admin" };
const times = { issuedAt: now, authenticatedAt: now, seenAt: now, idleFor: 1e12, endsAt: now + 1e12 };
/** A seal cannot be read, so an attacker writes state of his own. */
const adminsState = { user, version: 1, ...times, remembered: false };

const flipped = (text: string, at: number) => withCharacter(text, at, text[at] === "A" ? "B" : "A");
/** As long as a real one. The same for the same credential, so that a case can be shown again. */
const madeUp = (credential: string) => createHash("sha256").update(`made up ${credential}`).digest("base64url");
const elsewhere = (credential: string) => credential.replace(/^[^.]*/, "0".repeat(20));

/** Sealed cookies: only the server can read or change them. */
export const sealedCookieCases: readonly ForgeryCase[] = [
  forgery({
    ...seal,
    id: "seal-changed",
    title: "A seal with one other character is refused",
    short: "Flip one character",
    weakness: { none: "Without its MAC a changed seal still yields no text that the attacker chose." },
    make: ({ credential }) =>
      [Math.floor(credential.length / 2), credential.length - 10].map((at) => flipped(credential, at)),
  }),
  forgery({
    ...seal,
    id: "seal-plain-instead",
    title: "Plain state in place of a seal is refused",
    weakness: "any-encoding",
    make: ({ credential }) => [`${cookieParts(credential).address}.${JSON.stringify(adminsState)}`],
  }),
  forgery({
    ...seal,
    id: "seal-of-an-example",
    title: "A seal under a password that examples use is refused",
    source: "ASVS 13.3.1, CWE-1392",
    weakness: "password-of-an-example",
    make({ credential }) {
      const { address, rest } = cookieParts(credential);
      return [`${address}.${sealed(adminsState, rest.split("*")[1] ?? "", passwordOfExamples)}`];
    },
  }),
  forgery({
    ...seal,
    id: "seal-password-id",
    title: "A seal whose password id names no password, or a property of every object, is refused",
    weakness: { none: "A seal needs a password of 32 characters, so a missing one opens nothing." },
    make: ({ credential }) =>
      ["__proto__", "constructor", "99", ""].map(
        (name) => `${cookieParts(credential).address}.${sealed(adminsState, name, passwordOfExamples)}`,
      ),
  }),
  forgery({
    ...seal,
    id: "seal-without-mac",
    title: "A seal without its MAC is refused",
    weakness: { none: "Without its MAC a changed seal still yields no text that the attacker chose." },
    make: ({ credential }) => [credential.replace(/\*[^*]*$/, "*~2"), credential.replace(/\*[^*]*\*[^*]*$/, "~2")],
  }),
  forgery({
    ...seal,
    id: "seal-more-text",
    title: "A good seal with text behind its version is refused",
    weakness: "ignores-what-follows",
    make: ({ credential }) => [`${credential}~2`, `${credential}.a`].map((each) => each.replace(/~2\.a$/, "~2~a")),
  }),
  forgery({
    ...seal,
    id: "seal-another-address",
    title: "A seal under another lab's or another variant's address is refused",
    source: "RFC 8725 §3.12",
    short: "Another lab’s",
    weakness: { none: "Each variant of each lab has a password of its own, so no verifier here opens it." },
    make: ({ credential }) => [elsewhere(credential)],
  }),
];

/** Ids with a signature: a made-up one is refused by its text alone. */
export const idCases: readonly ForgeryCase[] = [
  forgery({
    ...id,
    about: ["signed-id", "opaque-id"],
    id: "id-changed",
    title: "An id with one other character is refused",
    short: "Flip one character",
    weakness: findsNoRow,
    make: ({ credential }) => [flipped(credential, cookieParts(credential).address.length + 12)],
  }),
  forgery({
    ...id,
    about: ["signed-id", "opaque-id"],
    id: "id-another-lab",
    title: "An id under another lab's address is refused",
    short: "Another lab’s",
    weakness: findsNoRow,
    make: ({ credential }) => [elsewhere(credential)],
  }),
  forgery({
    ...id,
    about: ["signed-id", "opaque-id"],
    id: "id-made-up",
    title: "A made-up id of the right length is refused",
    weakness: findsNoRow,
    make: ({ credential }) => [
      `${cookieParts(credential).address}.${madeUp(credential)}`,
      `${cookieParts(credential).address}.admin`,
    ],
  }),
  forgery({
    ...id,
    id: "id-no-signature",
    title: "An id without its signature, or with a part of it, is refused",
    weakness: findsNoRow,
    make({ credential }) {
      const unsigned = credential.slice(0, credential.lastIndexOf("."));
      return [unsigned, `${unsigned}.`, credential.slice(0, -4)];
    },
  }),
  forgery({
    ...id,
    id: "id-key-text",
    title: "A made-up id signed under an empty key, whatever its key is called, is refused",
    source: "ASVS 1.2.4",
    weakness: findsNoRow,
    make({ credential }) {
      const { address } = cookieParts(credential);
      return ["1", "__proto__", "/dev/null", "1' OR '1'='1", "1\0"].map((generation) => {
        const text = `${address}.${madeUp(credential)}.${generation}`;
        return `${text}.${createHmac("sha256", "").update(text).digest("base64url")}`;
      });
    },
  }),
  forgery({
    ...id,
    id: "id-other-spelling",
    title: "Another spelling of a signed id is refused",
    source: "RFC 4648 §3.5",
    weakness: findsNoRow,
    make: ({ credential }) => [`${credential}=`, ...otherSpellings(credential)],
  }),
];

/** State without any proof: who writes it is believed. The variant is unsafe on purpose, and claims so. */
export const plainCookieCases: readonly ForgeryCase[] = [
  forgery({
    about: ["plain-cookie"],
    id: "plain-another-person",
    title: "Plain state with another person in it gets in",
    source: "WSTG-SESS-01",
    short: "Make me admin",
    expected: "gets-in",
    weakness: { none: "The variant itself is the weakness." },
    make: ({ credential }) => [`${cookieParts(credential).address}.${JSON.stringify(asAdmin(plainIn(credential)))}`],
  }),
  forgery({
    about: ["plain-cookie"],
    id: "plain-another-end",
    title: "Plain state with another end in it is believed, and has expired",
    source: "WSTG-SESS-01",
    short: "Expire it",
    expected: "EXPIRED",
    weakness: { none: "The variant itself is the weakness." },
    make: ({ credential }) => [
      `${cookieParts(credential).address}.${JSON.stringify(Object.assign({}, plainIn(credential), { endsAt: now }))}`,
    ],
  }),
  forgery({
    about: ["plain-cookie"],
    id: "plain-another-lab",
    title: "Plain state under another lab's address is refused",
    source: "RFC 8725 §3.12",
    short: "Another lab’s",
    weakness: { none: "Whoever can write state can write the address too." },
    make: ({ credential }) => [elsewhere(credential)],
  }),
];

function plainIn(credential: string): unknown {
  return JSON.parse(cookieParts(credential).rest);
}
