import { type HiddenReason, hiddenFromScripts, staysHome } from "@/lib/lab/cookies/cookie-travel.ts";
import { type CookieContext, type CookieVerdict, judgeSetCookie } from "@/lib/lab/cookies/cookie-verdict.ts";
import { parseSetCookie } from "@/lib/lab/cookies/set-cookie-line.ts";
import { type Answer, ask, type Problem } from "../../_browser/api.ts";

export type Pair = { readonly name: string; readonly value: string };
/** A cookie of the laboratory that came along at an address. */
export type FoundCookie = Pair & { readonly echoPath: string };

/** One line that was sent: what the rules say, and what this browser did. */
export type Trial = {
  readonly line: string;
  readonly echoPath: string;
  readonly computed: {
    readonly verdict: CookieVerdict;
    readonly travels: boolean;
    /** Why the scripts of this page are not to find it; `null`: nothing hides it. */
    readonly hidden: HiddenReason | null;
    readonly scripts: boolean;
  };
  readonly observed: {
    /** The same name and value came along to the echo. */
    readonly travels: boolean;
    readonly document: boolean;
    /** `null`: there is no Cookie Store here. */
    readonly store: boolean | null;
    /** It came along before as well, so its coming says nothing. */
    readonly before: boolean;
  };
};

export function laboratoryContext(now: number): CookieContext {
  const { protocol, hostname } = window.location;
  return { scheme: protocol === "https:" ? "https" : "http", host: hostname, path: "/api/lab/cookies", now };
}

/** Sends a line for real, and looks for the cookie wherever a page can. */
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
  // By now its time may be over.
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

/** Below its own Path, where it would go along if it is there. */
function echoPathOf(verdict: CookieVerdict, given: string | null): string {
  const path = verdict.outcome === "refused" ? given : verdict.cookie.path;
  if (path === null || !path.startsWith(echoFolder)) return `${echoFolder}/here`;
  return `${path.replace(/[?#]/g, encodeURIComponent).replace(/\/$/, "")}/here`;
}

/** Whatever of the laboratory comes along at these addresses, each name, value and address once. */
export async function findCookies(echoPaths: readonly string[]): Promise<readonly FoundCookie[]> {
  const found: FoundCookie[] = [];
  for (const echoPath of new Set([`${echoFolder}/here`, ...echoPaths])) {
    for (const pair of await echoAt(echoPath)) {
      if (!found.some((one) => isSame(one, pair))) found.push({ ...pair, echoPath });
    }
  }
  return found;
}

/** Expires it for real. Nobody is told a cookie's Path, so each that may be its own is tried until it no longer comes. */
export async function deleteCookie(cookie: FoundCookie, lines: readonly string[]): Promise<boolean> {
  for (const line of [...lines.map(expired), ...guesses(cookie)]) {
    await sendLine(line);
    if (!(await echoAt(cookie.echoPath)).some((pair) => isSame(pair, cookie))) return true;
  }
  return false;
}

/** The same line, with its end in the past. The value goes: it may be as large as a header can be. */
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
