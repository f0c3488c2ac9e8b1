import type { Exchange } from "@/lib/core/exchange.ts";
import { isSameCookie } from "@/lib/core/lab-settings.ts";
import type { FlowInfo } from "./flow-info.ts";

/** One attribute of a Set-Cookie line, as it was sent, or one that is missing and would have mattered. */
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

/** The last Set-Cookie line that was really sent for each of a flow's cookies, however its name was spelt. `exchanges` newest first. */
export function lastSent(flow: FlowInfo, exchanges: readonly Exchange[]): readonly SentCookie[] {
  return flow.cookies.flatMap(({ name }) => {
    for (const exchange of exchanges) {
      const line = setCookieLine(exchange, name);
      if (line !== undefined) return [sentCookie(line, exchange)];
    }
    return [];
  });
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
  // A logout expires earlier spellings as well; what is kept says more than what is deleted.
  return lines.findLast((line) => !/;\s*max-age=0\s*(;|$)/i.test(line)) ?? lines[0];
}

function nameIn(line: string): string {
  return line.slice(0, Math.max(0, line.indexOf("=")));
}

function sentCookie(line: string, exchange: Exchange): SentCookie {
  const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
  const sent = rest.map(explained);
  const has = (attribute: string) => rest.some((part) => part.toLowerCase().split("=")[0] === attribute);
  const deletes = rest.some((part) => part.toLowerCase() === "max-age=0");
  const missing = deletes ? [] : absences.filter(({ attribute }) => !has(attribute)).map(({ note }) => note);
  return {
    name: nameIn(line),
    bytes: new TextEncoder().encode(pair).length,
    deletes,
    httpOnly: has("httponly"),
    maxAge: maxAgeIn(rest),
    attributes: [...sent, ...missing],
    exchange,
  };
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
    note: { text: "no SameSite", means: "The browser decides: Lax, after two minutes without it.", missing: true },
  },
  {
    attribute: "max-age",
    note: { text: "ends with the browser", means: "No Max-Age was sent: a session cookie.", missing: false },
  },
];

function explained(text: string): CookieAttribute {
  const [key = "", value = ""] = text.toLowerCase().split("=");
  return { text, means: meaning(key, value), missing: false };
}

function meaning(key: string, value: string): string {
  switch (key) {
    case "path":
      return value === "/" ? "Goes to every address of this host." : `Goes only to addresses under ${value}.`;
    case "secure":
      return "Goes only over https, or to this machine itself.";
    case "httponly":
      return "No script can read it.";
    case "samesite":
      return sameSiteMeaning(value);
    case "max-age":
      return maxAgeMeaning(Number(value));
    case "domain":
      return `Also goes to every host under ${value}.`;
    case "partitioned":
      return "Kept apart for each site that embeds this one.";
    default:
      return "An attribute of its own.";
  }
}

function sameSiteMeaning(value: string): string {
  if (value === "strict") return "Goes along only when this site itself asks.";
  if (value === "lax") return "Stays home when another site asks, but for links that a person follows.";
  return "Goes along whoever asks, where the browser lets it.";
}

function maxAgeMeaning(seconds: number): string {
  if (seconds === 0) return "The browser deletes it now.";
  const [amount, unit] =
    seconds % 86_400 === 0
      ? [seconds / 86_400, "d"]
      : seconds % 3600 === 0
        ? [seconds / 3600, "h"]
        : [Math.round(seconds / 60), "min"];
  return `The browser deletes it after ${amount} ${unit}. When the login ends is the server's decision.`;
}
