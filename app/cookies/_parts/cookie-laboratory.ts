import { type HiddenReason, hiddenFromScripts, staysHome } from "@/lib/lab/cookies/cookie-travel.ts";
import { type CookieContext, type CookieVerdict, judgeSetCookie } from "@/lib/lab/cookies/cookie-verdict.ts";
import { parseSetCookie } from "@/lib/lab/cookies/set-cookie-line.ts";
import { type Answer, ask, type Problem } from "../../_browser/api.ts";

export type Pair = { readonly name: string; readonly value: string };
/** A cookie of the laboratory that the browser sent to an address. */
export type FoundCookie = Pair & { readonly echoPath: string };

/** One sent line: the computed verdict, and the observations in this browser. */
export type Trial = {
  readonly line: string;
  readonly echoPath: string;
  readonly computed: {
    readonly verdict: CookieVerdict;
    readonly travels: boolean;
    /** Why scripts of this page should not see it. `null`: they should see it. */
    readonly hidden: HiddenReason | null;
    readonly scripts: boolean;
  };
  readonly observed: {
    /** The browser sent the same name and value to the echo address. */
    readonly travels: boolean;
    readonly document: boolean;
    /** `null`: this browser has no Cookie Store. */
    readonly store: boolean | null;
    /** The browser sent it before the trial too, so its presence proves nothing. */
    readonly before: boolean;
  };
};

export function laboratoryContext(now: number): CookieContext {
  const { protocol, hostname } = window.location;
  return { scheme: protocol === "https:" ? "https" : "http", host: hostname, path: "/api/lab/cookies", now };
}

/** Sends a line, and looks for the cookie in every place that a page can read. */
export async function tryLine(line: string): Promise<Trial | Problem> {
  const context = laboratoryContext(Date.now());
  const verdict = judgeSetCookie(line, context);
  const echoPath = echoPathOf(verdict, parseSetCookie(line).path);
  const wanted = parseSetCookie(line);
  const before = await echoAt(echoPath);
  const answer = await sendLine(line);
  if (!answer.ok) return answer;
  const after = await echoAt(echoPath);
  const store = await storedPairs();
  const kept = verdict.outcome === "stored" ? verdict.cookie : null;
  // The cookie may have expired in the meantime.
  const looking = { ...context, now: Date.now() };
  const hidden = kept && hiddenFromScripts(kept, { ...looking, path: window.location.pathname });
  const has = (pairs: readonly Pair[]) => pairs.some((pair) => isSame(pair, wanted));
  return {
    line,
    echoPath,
    computed: {
      verdict,
      travels: kept !== null && staysHome(kept, { ...looking, path: echoPath }) === null,
      hidden,
      scripts: kept !== null && hidden === null,
    },
    observed: { travels: has(after), document: has(documentPairs()), store: store && has(store), before: has(before) },
  };
}

function sendLine(line: string): Promise<Answer<unknown>> {
  return ask("/api/lab/cookies", { method: "POST", body: { line } });
}

const echoFolder = "/api/lab/echo";

async function echoAt(path: string): Promise<readonly Pair[]> {
  const answer = await ask<{ readonly cookies: readonly Pair[] }>(path);
  return answer.ok ? answer.body.cookies : [];
}

/** An address below the cookie's Path, where the browser sends it if it is stored. */
function echoPathOf(verdict: CookieVerdict, given: string | null): string {
  const path = verdict.outcome === "refused" ? given : verdict.cookie.path;
  if (path === null || !path.startsWith(echoFolder)) return `${echoFolder}/here`;
  return `${path.replace(/[?#]/g, encodeURIComponent).replace(/\/$/, "")}/here`;
}

/** The laboratory's cookies that the browser sends to these addresses. Each name, value and address is listed once. */
export async function findCookies(echoPaths: readonly string[]): Promise<readonly FoundCookie[]> {
  const found: FoundCookie[] = [];
  for (const echoPath of new Set([`${echoFolder}/here`, ...echoPaths])) {
    for (const pair of await echoAt(echoPath)) {
      if (!found.some((one) => isSame(one, pair))) found.push({ ...pair, echoPath });
    }
  }
  return found;
}

/**
 * Deletes the cookie. A server does not learn a cookie's Path, so each
 * possible one is tried until the browser no longer sends the cookie.
 */
export async function deleteCookie(cookie: FoundCookie, lines: readonly string[]): Promise<boolean> {
  for (const line of [...lines.map(expired), ...guesses(cookie)]) {
    await sendLine(line);
    if (!(await echoAt(cookie.echoPath)).some((pair) => isSame(pair, cookie))) return true;
  }
  return false;
}

/** The same line with an end in the past and without its value, which may be as large as a header can be. */
function expired(line: string): string {
  const { name } = parseSetCookie(line);
  const [pair = "", ...attributes] = line.split(";");
  const kept = attributes.filter((each) => !/^\s*(max-age|expires)\s*(=|$)/i.test(each));
  return [name === "" ? pair : `${name}=`, ...kept, " Max-Age=0"].join(";");
}

function guesses({ name, value, echoPath }: FoundCookie): readonly string[] {
  const folders = echoPath.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/") || "/");
  const pair = name === "" ? `=${value}` : `${name}=`;
  return folders
    .filter((path) => path === "/" || path.startsWith(echoFolder))
    .concat("")
    .flatMap((path) => {
      const at = path === "" ? "" : `; Path=${path}`;
      return [`${pair}${at}; Secure; HttpOnly; Max-Age=0`, `${pair}${at}; Secure; HttpOnly; Partitioned; Max-Age=0`];
    });
}

function isSame(pair: Pair, other: Pair): boolean {
  return pair.name === other.name && pair.value === other.value;
}

function documentPairs(): readonly Pair[] {
  return document.cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? { name: "", value: pair } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
}

async function storedPairs(): Promise<readonly Pair[] | null> {
  if (!("cookieStore" in window)) return null;
  const all = await window.cookieStore.getAll();
  return all.map(({ name = "", value = "" }) => ({ name, value }));
}
