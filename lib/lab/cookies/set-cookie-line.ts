import { parseCookieDate } from "./cookie-date.ts";

/** A Set-Cookie line as a browser reads it (RFC 6265bis §5.6): the last of several attributes of a name counts. */
export type SetCookieLine = {
  readonly name: string;
  readonly value: string;
  /** Seconds; `null`: no Max-Age that can be read. */
  readonly maxAge: number | null;
  /** Milliseconds since 1970; `null`: no Expires that can be read. */
  readonly expires: number | null;
  /** Lower case, without a leading dot; `""`: none, or an empty one. */
  readonly domain: string;
  /** As it was given; `null`: none that begins with `/`, so the default path counts. */
  readonly path: string | null;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly partitioned: boolean;
  readonly sameSite: "strict" | "lax" | "none" | "default";
  /** Names of attributes that are passed over: unknown, unreadable, or with a value over 1024 bytes. */
  readonly ignored: readonly { readonly text: string; readonly why: "unknown" | "unreadable" | "too long" }[];
  /** There was no `=` before the first `;`: all of it is the value, and the cookie has no name. */
  readonly nameless: boolean;
};

export const maxPairBytes = 4096;
const maxAttributeBytes = 1024;

/** Control characters but the tab: a browser drops a line with any of them (RFC 6265bis §5.6 step 1). */
export function hasControlCharacter(line: string): boolean {
  return [...line].some((character) => {
    const code = character.charCodeAt(0);
    return (code < 0x20 && code !== 9) || code === 0x7f;
  });
}

export function parseSetCookie(line: string): SetCookieLine {
  const [pair = "", ...rest] = line.split(";");
  const at = pair.indexOf("=");
  const attributes = new Map<string, string>();
  const ignored: SetCookieLine["ignored"][number][] = [];
  for (const part of rest.map(trimmed).filter(Boolean)) {
    const why = attributeProblem(part);
    const { name, value } = attributeOf(part);
    if (why) ignored.push({ text: part.slice(0, 60), why });
    else attributes.set(name, value);
  }
  const path = attributes.get("path");
  const sameSite = attributes.get("samesite")?.toLowerCase();
  return {
    name: trimmed(at < 0 ? "" : pair.slice(0, at)),
    value: trimmed(at < 0 ? pair : pair.slice(at + 1)),
    maxAge: numberOf(attributes.get("max-age")),
    expires: parseCookieDate(attributes.get("expires") ?? ""),
    domain: (attributes.get("domain") ?? "").replace(/^\./, "").toLowerCase(),
    path: path?.startsWith("/") ? path : null,
    secure: attributes.has("secure"),
    httpOnly: attributes.has("httponly"),
    partitioned: attributes.has("partitioned"),
    sameSite: sameSite === "strict" || sameSite === "lax" || sameSite === "none" ? sameSite : "default",
    ignored,
    nameless: at < 0 || trimmed(pair.slice(0, at)) === "",
  };
}

/** Bytes of name and value together, which is what a browser counts against 4096 (RFC 6265bis §5.6 step 5). */
export function pairBytes({ name, value }: Pick<SetCookieLine, "name" | "value">): number {
  return bytesOf(name) + bytesOf(value);
}

export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const known = new Set(["max-age", "expires", "domain", "path", "secure", "httponly", "partitioned", "samesite"]);

function attributeOf(part: string): { name: string; value: string } {
  const at = part.indexOf("=");
  return {
    name: trimmed(at < 0 ? part : part.slice(0, at)).toLowerCase(),
    value: trimmed(at < 0 ? "" : part.slice(at + 1)),
  };
}

function attributeProblem(part: string): "unknown" | "unreadable" | "too long" | null {
  const { name, value } = attributeOf(part);
  if (!known.has(name)) return "unknown";
  if (bytesOf(value) > maxAttributeBytes) return "too long";
  if (name === "max-age" && numberOf(value) === null) return "unreadable";
  if (name === "expires" && parseCookieDate(value) === null) return "unreadable";
  return null;
}

/** RFC 6265bis §5.6.2: a digit or a minus, then digits only. */
function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : null;
}

/** Without blanks and tabs at its ends (RFC 6265bis §5.6). Not `trim`, which takes more than a browser does. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text[from])) from++;
  while (to > from && isBlank(text[to - 1])) to--;
  return text.slice(from, to);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

/** The parts of a Set-Cookie line, as a person chooses them. `null`: no such attribute. */
export type SetCookieParts = {
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
  readonly maxAge: string | null;
  readonly expires: string | null;
  readonly path: string | null;
  readonly domain: string | null;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: string | null;
  readonly partitioned: boolean;
};

export function composeSetCookie(parts: SetCookieParts): string {
  const given = (name: string, value: string | null) => (value === null ? [] : [`${name}=${value}`]);
  return [
    `${parts.prefix}${parts.name}=${parts.value}`,
    ...given("Max-Age", parts.maxAge),
    ...given("Expires", parts.expires),
    ...given("Domain", parts.domain),
    ...given("Path", parts.path),
    ...(parts.httpOnly ? ["HttpOnly"] : []),
    ...(parts.secure ? ["Secure"] : []),
    ...(parts.partitioned ? ["Partitioned"] : []),
    ...given("SameSite", parts.sameSite),
  ].join("; ");
}
