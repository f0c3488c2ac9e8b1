import { parseCookie, stringifySetCookie } from "cookie";
import { type CookieAttributes, type CookieJar, fitsIntoCookie } from "../../core/cookie.ts";
import type { FlowId } from "../../core/ids.ts";

/** The cookie jar of one request. All Set-Cookie lines are written here. */
export type RequestJar = CookieJar & {
  /**
   * All that came under this name, in the order of the request, no value twice: a browser sends several cookies of one
   * name if they have different Paths or Domains, that with the longest Path first (RFC 6265bis §5.8.3).
   */
  values(name: string): readonly string[];
  /** The same, for a flow's cookie also under each name that this lab has set it under before. */
  everSet(name: string): readonly string[];
  /** Of several values of a name, the one that `get` answers. */
  choose(name: string, value: string): void;
  /** Deletes a flow's cookie wherever else this lab has set it before. */
  forgetElsewhere(name: string, attributes: CookieAttributes): void;
  /** Deletes one at a place where the answer sets none, in front of the other lines: some clients go by the name alone. */
  deleteAt(name: string, attributes: CookieAttributes): void;
  /** The flows whose cookies were set at a place that the lab does not remember yet. */
  newPlaces(): readonly FlowId[];
  /**
   * The Set-Cookie lines of the answer. One a name, Domain and Path: the last one set wins. A server should send one a
   * name (RFC 6265bis §4.1.1); a cookie at several places is deleted by a line each.
   */
  setCookieLines(): readonly string[];
  /** One line as it is, for the cookie laboratory, which has judged it. */
  send(line: string): void;
};

export function createRequestJar(header: string | null): RequestJar {
  const came = valuesByName(header ?? "");
  // Bounded: by the header of one request, with which it ends.
  const current = new Map<string, string>();
  const lines = new Map<string, string>();
  const deletions = new Map<string, string>();
  const asTheyAre: string[] = [];
  const values = (name: string) => came.get(name) ?? [];
  return {
    get(name) {
      const value = current.get(name) ?? values(name)[0];
      return value ? { name, value } : undefined;
    },
    values,
    everSet: values,
    choose: (name, value) => void current.set(name, value),
    fits: fitsIntoCookie,
    set(name, value, attributes) {
      if (!fitsIntoCookie(name, value)) throw new RangeError(`The cookie ${name} is longer than a browser keeps`);
      const line = setCookieLine(name, value, attributes);
      current.set(name, value);
      lines.set(placeOf(name, attributes), line);
    },
    forgetElsewhere() {},
    deleteAt(name, attributes) {
      deletions.set(placeOf(name, attributes), setCookieLine(name, "", { ...attributes, maxAge: 0 }));
    },
    newPlaces: () => [],
    setCookieLines() {
      const elsewhere = [...deletions].filter(([place]) => !lines.has(place)).map(([, line]) => line);
      return [...elsewhere, ...lines.values(), ...asTheyAre];
    },
    send: (line) => void asTheyAre.push(line),
  };
}

/** What tells two cookies of a browser apart. */
function placeOf(name: string, { domain, path, partitioned = false }: CookieAttributes): string {
  return JSON.stringify([name, domain, path, partitioned]);
}

/** An empty value is as none. */
function valuesByName(header: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const pair of header.split(";")) {
    for (const [name, value = ""] of Object.entries(parseCookie(pair))) {
      const before = found.get(name);
      if (value === "" || before?.includes(value)) continue;
      if (before) before.push(value);
      else found.set(name, [value]);
    }
  }
  return found;
}

function setCookieLine(name: string, value: string, attributes: CookieAttributes): string {
  const given = Object.entries(attributes).filter(([, setting]) => setting !== undefined);
  return stringifySetCookie({ name, value, ...Object.fromEntries(given) });
}
