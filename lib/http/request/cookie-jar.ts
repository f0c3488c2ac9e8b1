import { parseCookie, stringifySetCookie } from "cookie";
import { type CookieAttributes, type CookieJar, fitsIntoCookie } from "../../core/cookie.ts";

/** The cookie jar of one request. All Set-Cookie lines are written here. */
export type RequestJar = CookieJar & {
  /** The Set-Cookie lines of the answer, one a name: the last one set wins (RFC 6265bis §4.1.1). */
  setCookieLines(): readonly string[];
  /** One line as it is, for the cookie laboratory, which has judged it. */
  send(line: string): void;
};

export function createRequestJar(header: string | null): RequestJar {
  const cookies = parseCookie(header ?? "");
  const lines = new Map<string, string>();
  const asTheyAre: string[] = [];
  return {
    get(name) {
      const value = cookies[name];
      return value ? { name, value } : undefined;
    },
    fits: fitsIntoCookie,
    set(name, value, attributes) {
      if (!fitsIntoCookie(name, value)) throw new RangeError(`The cookie ${name} is longer than a browser keeps`);
      cookies[name] = value;
      lines.set(name, setCookieLine(name, value, attributes));
    },
    setCookieLines: () => [...lines.values(), ...asTheyAre],
    send: (line) => void asTheyAre.push(line),
  };
}

function setCookieLine(name: string, value: string, attributes: CookieAttributes): string {
  const given = Object.entries(attributes).filter(([, setting]) => setting !== undefined);
  return stringifySetCookie({ name, value, ...Object.fromEntries(given) });
}
