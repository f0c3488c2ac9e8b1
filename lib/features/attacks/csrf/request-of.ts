import { shownBody } from "../hosts/shown-body.ts";
import type { CsrfRequest } from "./model.ts";
import { csrfCookies } from "./tokens.ts";

/** The headers that a defence, or a reader, goes by. */
const told = [
  ...["host", "origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"],
  ...["content-type", "x-csrf-token"],
] as const;

/** The case that a cookie without SameSite grows old for. In all others it is young. */
const lateCase = "another-site-late";

const own: ReadonlySet<string> = new Set(Object.values(csrfCookies));

/** A request as it arrived, without what names the attack, without a password, and without the value of a login's cookie. */
export async function requestOf(request: Request, id: string): Promise<CsrfRequest> {
  const { pathname, searchParams } = new URL(request.url);
  const kept = new URLSearchParams([...searchParams].filter(([name]) => name !== "attack" && name !== "case"));
  const headers = told.flatMap((name) => {
    const value = request.headers.get(name);
    return value === null ? [] : [[name, withoutTicket(value)] as const];
  });
  return {
    method: request.method,
    path: kept.size > 0 ? `${pathname}?${kept}` : pathname,
    headers: Object.fromEntries(headers),
    cookies: cookiesIn(ofAge(request.headers.get("cookie") ?? "", id === lateCase)),
    body: shownBody(await request.text()),
  };
}

/** A page of the attacker's host sends its whole address to that host alone; a sibling's form sends its origin. */
function withoutTicket(value: string): string {
  return value.replace(/(\/(?:csrf|framed)\/)[\w-]{20,}/, "$1…");
}

/** Of the two cookies without SameSite the one that the case is about, under one name. */
function ofAge(header: string, isLate: boolean): string {
  const [told, left] = isLate ? [csrfCookies.aged, csrfCookies.omitted] : [csrfCookies.omitted, csrfCookies.aged];
  const isNamed = (pair: string, name: string) => pair.startsWith(`${name}=`);
  const kept = header.split(/;\s*/).filter((pair) => !isNamed(pair, left));
  return kept.map((pair) => (isNamed(pair, told) ? `${csrfCookies.omitted}=1` : pair)).join("; ");
}

/**
 * Those of the play in the order in which they came, since of one name the first counts. Behind them the others by name: a
 * cookie that slides moves to the end.
 */
function cookiesIn(header: string): readonly (readonly [string, string])[] {
  const all = header.split(/;\s*/).flatMap((pair) => {
    const [name = "", ...value] = pair.split("=");
    return name === "" ? [] : [[name, own.has(name) ? value.join("=") : ""] as const];
  });
  const others = all.filter(([name]) => !own.has(name)).sort(([one], [other]) => one.localeCompare(other));
  return [...all.filter(([name]) => own.has(name)), ...others];
}
