import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Captured, nothing } from "./captured.ts";

/** The attacker, and the person to become: names of the one in a credential are replaced by the other's. */
export type Rewriting = { readonly from: Readonly<Record<string, unknown>>; readonly to: ForgedPerson };
export type ForgedPerson = { readonly username: string } & Readonly<Record<string, unknown>>;

const yearInSeconds = 365 * 24 * 3600;

type Person = Readonly<Record<string, unknown>>;

/** The forgeries of each captured credential, each alone. `from`, `to`: the people, as a lab tells them. */
export function forgedCredentials(
  { cookies, accessToken, refreshToken }: Captured,
  { from, to, as }: { readonly from: Person; readonly to: Person; readonly as: string },
): readonly Captured[] {
  const rewriting = { from: identityIn(from), to: { ...identityIn(to), username: as } };
  const rewritten = (value: string | null) => (value === null ? [] : writtenWithoutKey(value, rewriting));
  const inCookies = [...cookies].flatMap(([name, value]) =>
    rewritten(value).map((each) => ({ ...nothing, cookies: new Map([[name, each]]) })),
  );
  const inHeader = rewritten(accessToken).map((each) => ({ ...nothing, accessToken: each }));
  const inBody = rewritten(refreshToken).map((each) => ({ ...nothing, refreshToken: each }));
  return [...inCookies, ...inHeader, ...inBody];
}

/** Words in a person's credentials that are no secrets. */
function identityIn({ id, username, displayName, role }: Person) {
  return { id, username, displayName, role };
}

/**
 * The credential that an attacker without a key would write: the wanted name alone; or, if it can be read (plain text,
 * base64url, compressed), a copy that names another person, with every time a year later. A signature stays as it was.
 */
export function writtenWithoutKey(value: string, { from, to }: Rewriting): readonly string[] {
  const [first = "", second = "", ...rest] = value.split(".");
  const address = `${first}.${second}`;
  const edit = (text: string) => edited(text, from, to);
  const plain = edit(percentDecoded(rest.join(".")));
  const candidates = [
    `${address}.${to.username}`,
    ...(plain === null ? [] : [`${address}.${encodeURIComponent(plain)}`]),
    value
      .split(".")
      .map((part) => editedPart(part, edit))
      .join("."),
  ];
  return [...new Set(candidates)].filter((candidate) => candidate !== value);
}

function editedPart(part: string, edit: (text: string) => string | null): string {
  const bytes = Buffer.from(part, "base64url");
  const asText = edit(bytes.toString("utf8"));
  if (asText !== null) return Buffer.from(asText).toString("base64url");
  const inflated = edit(inflate(bytes));
  return inflated === null ? part : deflateRawSync(inflated).toString("base64url");
}

/** `null`: no part of it can be edited without a key. */
function edited(text: string, from: Rewriting["from"], to: ForgedPerson): string | null {
  const replaced = new Map(Object.keys(from).map((field) => [from[field], to[field]]));
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    return JSON.stringify(value, (_, member: unknown) => {
      if (typeof member === "number") return later(member);
      return typeof member === "string" && replaced.has(member) ? replaced.get(member) : member;
    });
  } catch {
    return null;
  }
}

/** A year later, if the number is a time: in milliseconds, or in a token's seconds (RFC 7519 §2). */
function later(number: number): number {
  if (number > 1e12) return number + yearInSeconds * 1000;
  return number > 1e9 ? number + yearInSeconds : number;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function inflate(bytes: Buffer): string {
  try {
    return inflateRawSync(bytes, { maxOutputLength: 64 * 1024 }).toString("utf8");
  } catch {
    return "";
  }
}
