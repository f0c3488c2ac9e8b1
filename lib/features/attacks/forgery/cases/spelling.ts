import { type ForgeryCase, forgery } from "../forgery-case.ts";
import { otherSpellings } from "../other-spellings.ts";
import { base64urlOf, partsOfToken } from "../token-parts.ts";

const spelling = { source: "RFC 7515 §2, RFC 8725 §2.6", weakness: "lenient-decoder" } as const;

/** There is one serialisation and one spelling of a token. */
export const spellingCases: readonly ForgeryCase[] = [
  forgery({
    ...spelling,
    id: "json-serialisation",
    title: "A token in the JSON serialisation is refused",
    source: "RFC 7515 §7.2, RFC 8725bis json",
    make({ credential }) {
      const { head, body, signature } = partsOfToken(credential);
      return [
        JSON.stringify({ protected: head, payload: body, signature }),
        JSON.stringify({ payload: body, signatures: [{ protected: head, signature }] }),
      ];
    },
  }),
  forgery({
    ...spelling,
    id: "five-parts",
    title: "A good token with more parts behind it is refused",
    make: ({ credential }) => [`${credential}.a.b`, `${credential}.`],
  }),
  forgery({
    ...spelling,
    id: "blanks",
    title: "A good token with a blank or a line break is refused",
    make({ credential }) {
      const { head, body, signature } = partsOfToken(credential);
      return [`${head}. ${body}.${signature}`, `${credential}\n`, `${head}.\n${body}.${signature}`];
    },
  }),
  forgery({
    ...spelling,
    id: "padding",
    title: "A good token with padding is refused",
    make({ credential }) {
      const { head, body, signature } = partsOfToken(credential);
      return [`${credential}==`, `${head}=.${body}.${signature}`];
    },
  }),
  forgery({
    ...spelling,
    id: "longer-signature",
    title: "A good signature with bytes behind it is refused",
    make: ({ credential }) => [`${credential}AAAA`],
  }),
  forgery({
    ...spelling,
    id: "other-spelling",
    title: "Another spelling of the same bytes is refused",
    make: ({ credential }) => otherSpellings(credential),
  }),
  forgery({
    ...spelling,
    id: "no-json",
    title: "Three parts that are no token are refused",
    weakness: { none: "There is nothing in it that a verifier could believe." },
    make: () => ["a.b.c", `${base64urlOf([])}.${base64urlOf({})}.AAAA`],
  }),
];
