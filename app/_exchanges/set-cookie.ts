import { duration } from "@/lib/core/time.ts";
import { isSameCookie } from "@/lib/lab/cookies/cookie-prefix.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { CookieChoice } from "@/lib/lab/lab-settings.ts";
import type { CredentialView } from "@/lib/lab/lab-view.ts";
import { attributesIn } from "@/lib/lab/settings/cookie-attributes.ts";
import { type FlowInfo, isCookieOf } from "../_browser/flow-info.ts";

/** One attribute of a Set-Cookie line as it was sent, or an important attribute that is missing. */
export type CookieAttribute = { readonly text: string; readonly means: string; readonly missing: boolean };

export type SentCookie = {
  readonly name: string;
  /** Bytes of `name=value`, as a browser counts them against 4096. */
  readonly bytes: number;
  readonly deletes: boolean;
  readonly httpOnly: boolean;
  /** Seconds; `null`: it ends with the browser. */
  readonly maxAge: number | null;
  readonly attributes: readonly CookieAttribute[];
  readonly exchange: Exchange;
};

export const largestCookie = 4096;

type HeldCookies = readonly Pick<CredentialView, "name" | "value">[];

/**
 * The Set-Cookie line of each of a flow's cookies, under any prefix. For a cookie that this browser holds, it is the
 * line that set this value, else the last line. A lab has other clients too, and a page has not seen all exchanges,
 * so a line may be missing. `exchanges` newest first.
 */
export function lastSent(flow: FlowInfo, held: HeldCookies, exchanges: readonly Exchange[]): readonly SentCookie[] {
  return flow.cookies.flatMap(({ name }) => {
    const value = held.find((credential) => isSameCookie(credential.name, name))?.value;
    for (const exchange of exchanges) {
      const line = setCookieLine(exchange, name);
      if (line !== undefined && (value === undefined || valueIn(line) === value)) return [sentCookie(line, exchange)];
    }
    return [];
  });
}

/** The names of the cookies that this browser holds and whose Set-Cookie line the page did not see. */
export function unseenCookies(flow: FlowInfo, held: HeldCookies, sent: readonly SentCookie[]): readonly string[] {
  return held
    .map(({ name }) => name)
    .filter((name) => isCookieOf(flow, name) && !sent.some((one) => isSameCookie(one.name, name)));
}

/**
 * The attributes with which the flow sends a cookie in this
 * lab. Max-Age is left out, because it depends on the login.
 */
export function declaredAttributes(flow: FlowInfo, name: string, choice: CookieChoice): readonly CookieAttribute[] {
  const spec = flow.cookies.find((each) => isSameCookie(each.name, name));
  if (!spec) return [];
  const { path, domain, httpOnly, secure, partitioned, sameSite } = attributesIn(choice, spec);
  const texts = [
    ...(domain ? [`Domain=${domain}`] : []),
    ...(path ? [`Path=${path}`] : []),
    ...(httpOnly ? ["HttpOnly"] : []),
    ...(secure ? ["Secure"] : []),
    ...(partitioned ? ["Partitioned"] : []),
    ...(typeof sameSite === "string" ? [`SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`] : []),
  ];
  return [...texts.map(explained), ...absent(texts).filter(({ missing }) => missing)];
}

/** The attributes of a Set-Cookie line, each with what it means. */
export function attributesOf(line: string): readonly CookieAttribute[] {
  return line
    .split(";")
    .slice(1)
    .map((part) => explained(part.trim()));
}

function setCookieLine(exchange: Exchange, name: string): string | undefined {
  const lines = exchange.response.headers.flatMap(([header, value]) =>
    header.toLowerCase() === "set-cookie" && isSameCookie(nameIn(value), name) ? [value] : [],
  );
  // A logout also expires cookies with other prefixes. A line that sets a value wins over one that deletes.
  return lines.findLast((line) => !/;\s*max-age=0\s*(;|$)/i.test(line)) ?? lines[0];
}

/** The value as the server decodes it. */
function valueIn(line: string): string {
  const value = (line.split(";")[0] ?? "").slice(nameIn(line).length + 1);
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function nameIn(line: string): string {
  return line.slice(0, Math.max(0, line.indexOf("=")));
}

function sentCookie(line: string, exchange: Exchange): SentCookie {
  const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
  const deletes = rest.some((part) => part.toLowerCase() === "max-age=0");
  return {
    name: nameIn(line),
    bytes: new TextEncoder().encode(pair).length,
    deletes,
    httpOnly: has(rest, "httponly"),
    maxAge: maxAgeIn(rest),
    attributes: [...rest.map(explained), ...(deletes ? [] : absent(rest))],
    exchange,
  };
}

function has(attributes: readonly string[], name: string): boolean {
  return attributes.some((part) => part.toLowerCase().split("=")[0] === name);
}

function absent(attributes: readonly string[]): readonly CookieAttribute[] {
  return absences.filter(({ attribute }) => !has(attributes, attribute)).map(({ note }) => note);
}

function maxAgeIn(attributes: readonly string[]): number | null {
  const text = attributes.find((part) => /^max-age=/i.test(part))?.split("=")[1];
  return text === undefined ? null : Number(text);
}

const absences: readonly { attribute: string; note: CookieAttribute }[] = [
  { attribute: "httponly", note: { text: "no HttpOnly", means: "Any script on the page can read it.", missing: true } },
  { attribute: "secure", note: { text: "no Secure", means: "It also travels over plain http.", missing: true } },
  {
    attribute: "samesite",
    note: {
      text: "no SameSite",
      means: "The browser uses Lax, less strictly in the first two minutes.",
      missing: true,
    },
  },
  {
    attribute: "max-age",
    note: { text: "ends with the browser", means: "No Max-Age was sent: a session cookie.", missing: false },
  },
];

function explained(text: string): CookieAttribute {
  const at = text.indexOf("=");
  const [key, value] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
  return { text, means: meaning(key.toLowerCase(), value), missing: false };
}

function meaning(key: string, value: string): string {
  switch (key) {
    case "path":
      return value === "/" ? "Sent to every address of this host." : `Sent only to addresses under ${value}.`;
    case "secure":
      return "Sent only over https, or to this machine itself.";
    case "httponly":
      return "No script can read it.";
    case "samesite":
      return sameSiteMeaning(value.toLowerCase());
    case "max-age":
      return maxAgeMeaning(Number(value));
    case "domain":
      return `Also sent to every host under ${value}.`;
    case "partitioned":
      return "Stored separately for each site that embeds this one.";
    default:
      return "An unknown attribute.";
  }
}

function sameSiteMeaning(value: string): string {
  if (value === "strict") return "Sent only with requests from this site.";
  if (value === "lax") return "Not sent with requests from other sites, except when a person follows a link.";
  return "Sent with requests from any site, where the browser allows it.";
}

function maxAgeMeaning(seconds: number): string {
  if (seconds === 0) return "The browser deletes it now.";
  return `The browser deletes it after ${duration(seconds * 1000)}. When the login ends is the server's decision.`;
}
