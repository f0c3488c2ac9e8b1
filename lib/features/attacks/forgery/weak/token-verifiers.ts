import { openedToken } from "../encrypted-token.ts";
import { publicForms } from "../public-forms.ts";
import { fulfilsEquation } from "./ed25519.ts";
import { hasValidSum } from "./p256.ts";
import { isHmacUnder, isSignedBy, membersIn, readLoosely } from "./signature.ts";
import type { Configured, Weakness } from "./weakness.ts";

/** The right check of a signature, and nothing else. */
function isSigned(token: string, { own }: Configured): boolean {
  const read = readLoosely(token);
  return read !== null && own !== undefined && isSignedBy(read.input, read.signature, own.publicKey ?? own.privateKey);
}

/** Takes `alg` from the token: none needs no signature, and HS256 takes the configured key's text as the secret. */
function byItsOwnAlgorithm(token: string, configured: Configured): boolean {
  const read = readLoosely(token);
  if (!read || !configured.own) return false;
  const named = String(read.header["alg"] ?? "none").toLowerCase();
  if (named === "none" || named === "") return true;
  const { publicKey } = configured.own;
  if (named !== "hs256" || !publicKey) return isSigned(token, configured);
  return Object.values(publicForms(publicKey)).some((text) => isHmacUnder(text, read.input, read.signature));
}

/** A gate reads the first `alg`, the verifier behind it the last, as JSON.parse does. */
function byTwoReaders(token: string, configured: Configured): boolean {
  const [head = ""] = token.split(".");
  const text = Buffer.from(head, "base64url").toString("utf8");
  const first = /"alg"\s*:\s*"([^"]*)"/.exec(text)?.[1];
  return first === configured.own?.algorithm && byItsOwnAlgorithm(token, configured);
}

/** Decrypts what is encrypted with the key that it has, and believes what it finds, signed or not. */
function byOpening(token: string, configured: Configured): boolean {
  if (token.split(".").length !== 5) return isSigned(token, configured);
  const { own } = configured;
  const password = own?.publicKey ? publicForms(own.publicKey)["PEM"] : undefined;
  const opened = password === undefined ? null : openedToken(token, String(password));
  if (opened === null) return false;
  return membersIn(Buffer.from(opened).toString("base64url")) !== null || readLoosely(opened) !== null;
}

/** Reads what a lenient decoder makes of it: JSON, blanks, padding, the other alphabet, more parts than three. */
function byLenientDecoding(token: string, configured: Configured): boolean {
  const text = token.trimStart().startsWith("{") ? compactOf(JSON.parse(token)) : token;
  const [head = "", body = "", signature = ""] = text
    .replaceAll(/[\s=]/g, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .split(".");
  // Each part is decoded and written anew, so spare bits are lost, and of a signature what is too long.
  const again = (part: string, length?: number) =>
    Buffer.from(part, "base64url").subarray(0, length).toString("base64url");
  const length = configured.own?.algorithm === "HS256" ? 32 : 64;
  return isSigned(`${again(head)}.${again(body)}.${again(signature, length)}`, configured);
}

function compactOf(token: { protected?: string; payload?: string; signature?: string; signatures?: object[] }): string {
  const one: { protected?: string; signature?: string } = token.signatures?.[0] ?? token;
  return [one.protected, token.payload, one.signature].join(".");
}

function byUncheckedNumbers(token: string, configured: Configured): boolean {
  const read = readLoosely(token);
  const key = configured.own?.publicKey;
  return read !== null && key !== null && key !== undefined && hasValidSum(read.input, read.signature, key);
}

/** Takes the key that the token brings, or its own, and does the sum without a look at the key. */
function byUncheckedKey(token: string, { own }: Configured): boolean {
  const read = readLoosely(token);
  if (!read) return false;
  const { jwk = own?.publicKey?.export({ format: "jwk" }) } = read.header;
  const key = Buffer.from(String(Object(jwk).x), "base64url");
  return fulfilsEquation(read.input, read.signature, key);
}

export const tokenWeaknesses = {
  "header-picks-algorithm": {
    title: "A verifier that takes the algorithm from the token's header",
    accepts: byItsOwnAlgorithm,
  },
  "decodes-only": {
    title: "A reader that decodes a token and verifies nothing",
    accepts: (token) => token.split(".").length === 3 && membersIn(token.split(".")[1] ?? "") !== null,
  },
  "signature-only": {
    title: "A verifier that checks the signature under its own key, and nothing that the token says",
    accepts: isSigned,
  },
  "two-readers": {
    title: "A gate that reads the first member of a name, before a verifier that reads the last",
    accepts: byTwoReaders,
  },
  "opens-what-comes": {
    title: "A verifier that decrypts what is encrypted, and then asks for no signature",
    accepts: byOpening,
  },
  "lenient-decoder": {
    title: "A verifier that repairs a token's spelling before it verifies it",
    accepts: byLenientDecoding,
  },
  "unchecked-numbers": {
    title: "An ECDSA that does not ask whether r and s are in 1 … n-1",
    accepts: byUncheckedNumbers,
  },
  "unchecked-key": {
    title: "An Ed25519 that takes a brought key, and does not ask whether it is of low order",
    accepts: byUncheckedKey,
  },
} as const satisfies Readonly<Record<string, Weakness>>;
