import { type ForgeryCase, forgery, type Material } from "../forgery-case.ts";
import { algorithmOf, elsewhere, type Members } from "../token-parts.ts";
import { writerFor } from "../writer-for.ts";

const aYear = 365 * 24 * 3600;
const times = ["exp", "iat", "nbf", "auth_time"];
const signed = { needs: "signing-key", weakness: "signature-only" } as const;

/** Signed with the lab's own key, so only what a token says can be why it is refused. */
function resigned(material: Material, change: (payload: Members) => readonly object[]): readonly string[] {
  const { forge, payload } = writerFor(material, material.own[algorithmOf(material.form)]);
  return change(payload).map((each) => forge({}, each));
}

/** A good signature is not enough: whom a token is from, for what, and when, is checked as well. */
export const claimCases: readonly ForgeryCase[] = [
  forgery({
    ...signed,
    id: "typ",
    title: "A token counts only for its own type",
    source: "RFC 8725 §3.11, ASVS 9.2.2",
    make(material) {
      const { forge, header } = writerFor(material, material.own[algorithmOf(material.form)]);
      const other = header["typ"] === "at+jwt" ? "login+jwt" : "at+jwt";
      return ["JWT", undefined, "rt+jwt", [header["typ"]], other].map((typ) => forge({ typ }, {}));
    },
  }),
  forgery({
    ...signed,
    id: "iss",
    title: "The issuer is compared letter by letter",
    source: "RFC 8725 §3.8, ASVS 10.3.1",
    make: (material) =>
      resigned(material, ({ iss }) =>
        [`${iss}/`, String(iss).toUpperCase(), { 0: iss }, elsewhere(iss)].map((each) => ({
          iss: each,
        })),
      ),
  }),
  forgery({
    ...signed,
    id: "aud",
    title: "The audience is compared letter by letter",
    source: "RFC 8725 §3.9, ASVS 9.2.3",
    make: (material) =>
      resigned(material, ({ aud }) => ["elsewhere", `${aud}-admin`, ["elsewhere"]].map((each) => ({ aud: each }))),
  }),
  forgery({
    ...signed,
    id: "variant",
    title: "A token of another variant is refused, also under the same key",
    source: "RFC 8725 §3.12",
    make: (material) =>
      resigned(material, ({ variant }) => [`${variant}-other`, "elsewhere/other"].map((each) => ({ variant: each }))),
  }),
  forgery({
    ...signed,
    id: "ended",
    title: "A token whose exp has passed has expired",
    source: "RFC 7519 §4.1.4, ASVS 9.2.1",
    expected: "EXPIRED",
    make: (material) => resigned(material, ({ iat }) => [0, Number(iat) - 60].map((exp) => ({ exp }))),
  }),
  forgery({
    ...signed,
    id: "from-the-future",
    title: "A token whose nbf, iat or auth_time is in the future is refused",
    source: "RFC 7519 §4.1.5",
    make: (material) =>
      resigned(material, ({ iat }) =>
        ["nbf", "iat", "auth_time"].map((name) => ({ [name]: Number(iat) + 10 * aYear })),
      ),
  }),
  forgery({
    ...signed,
    id: "no-time",
    title: "A number that is no time is refused where a time or a version stands",
    source: "RFC 7519 §2",
    make: (material) =>
      resigned(material, () => [
        // The first is handed to a visitor: one that has ended, also for whoever takes 1e300 for a time.
        ...[...times, "version"].flatMap((name) => [-1, 1e300].map((value) => ({ [name]: value }))),
        ...times.map((name) => ({ [name]: 9e12 })),
        { exp: 253_402_300_800 },
        { version: 0.5 },
      ]),
  }),
  forgery({
    ...signed,
    id: "ended-elsewhere",
    title: "A token that has ended and is of another type or issuer is refused as such",
    source: "RFC 8725 §3.11",
    make(material) {
      const { forge, payload } = writerFor(material, material.own[algorithmOf(material.form)]);
      const { iss, iat } = payload;
      const exp = Number(iat) - 60;
      return [forge({ typ: "rt+jwt" }, { exp }), forge({}, { exp, iss: `${iss}/` })];
    },
  }),
  forgery({
    ...signed,
    id: "claim-missing",
    title: "A token that lacks a claim, or has one of another type, is refused",
    source: "RFC 7519 §4, ASVS 9.2.1",
    make: (material) =>
      resigned(material, (payload) =>
        requiredIn(payload).flatMap((name) => [undefined, null, [[]]].map((value) => ({ [name]: value }))),
      ),
  }),
  forgery({
    ...signed,
    id: "claim-text",
    title: "A claim in another type or with an unknown value is refused",
    source: "RFC 7519 §2",
    make: (material) =>
      resigned(material, ({ exp, nbf, version }) => [
        { exp: String(exp) },
        { nbf: String(nbf) },
        { role: "root" },
        { version: String(version) },
      ]),
  }),
  forgery({
    id: "no-claims",
    title: "A payload that is a list, a text or null is refused",
    source: "RFC 7519 §7.2",
    needs: "signing-key",
    weakness: { none: "There are no claims in it that a verifier could believe." },
    make(material) {
      const { signed: write, header, payload } = writerFor(material, material.own[algorithmOf(material.form)]);
      return [[payload], "alice", null].map((body) => write(header, body));
    },
  }),
];

/** The claims of every token: which others there are depends on the variant. */
function requiredIn(payload: Members): readonly string[] {
  const optional = ["sid", "client_id", "carried"];
  return Object.keys(payload).filter((name) => !optional.includes(name));
}
