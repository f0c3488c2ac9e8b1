import { expect } from "@playwright/test";
import { hiddenFromScripts, staysHome } from "../../lib/lab/cookies/cookie-travel.ts";
import { type CookieContext, judgeSetCookie, type StoredCookie } from "../../lib/lab/cookies/cookie-verdict.ts";
import { parseSetCookie } from "../../lib/lab/cookies/set-cookie-line.ts";
import type { Try } from "./tried-lines.ts";

/** A page of any browser, as far as the comparison uses it. */
export type AnyPage = {
  url(): string;
  evaluate<Given, Result>(run: (given: Given) => Result | Promise<Result>, given: Given): Promise<Result>;
};

/** Sends the line, or sets it by script, and compares the echo and document.cookie with the computed verdict. */
export async function compareLine(page: AnyPage, one: Try) {
  const { protocol, hostname, pathname } = new URL(page.url());
  const origin = { scheme: protocol === "https:" ? "https" : "http", host: hostname, now: Date.now() } as const;
  const context: CookieContext = {
    ...origin,
    path: one.byScript ? pathname : "/api/lab/cookies",
    ...(one.byScript && { byScript: true }),
  };
  const jar = (one.first ?? []).map((line) => storedFrom(line, { ...origin, path: "/api/lab/cookies" }));
  const verdict = judgeSetCookie(one.line, { ...context, jar });
  const kept = verdict.outcome === "stored" ? verdict.cookie : null;
  const echo = "/api/lab/echo/here";
  const { statuses, before, after } = await tryIn(page, { first: [], byScript: false, ...one, echo });
  expect([one.line.slice(0, 60), ...statuses]).toEqual([one.line.slice(0, 60), ...statuses.map(() => 200)]);
  const { name, value } = parseSetCookie(one.line);
  const pair = name === "" ? value : `${name}=${value}`;
  expect(before.travels).not.toContain(pair);
  return {
    computed: {
      rule: verdict.outcome === "refused" ? verdict.rule : null,
      seen: {
        travels: kept !== null && staysHome(kept, { ...origin, path: echo }) === null,
        scripts: kept !== null && hiddenFromScripts(kept, { ...origin, path: pathname }) === null,
      },
    },
    observed: { travels: after.travels.includes(pair), scripts: after.scripts.includes(pair) },
  };
}

export function storedFrom(line: string, context: CookieContext): StoredCookie {
  const verdict = judgeSetCookie(line, context);
  if (verdict.outcome !== "stored") throw new Error(`${line} is not stored`);
  return verdict.cookie;
}

export async function sendLine(page: AnyPage, line: string): Promise<void> {
  const status = await page.evaluate(async (sent) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ line: sent });
    return (await fetch("/api/lab/cookies", { method: "POST", headers, body })).status;
  }, line);
  expect([line.slice(0, 60), status]).toEqual([line.slice(0, 60), 200]);
}

type Tried = { readonly travels: readonly string[]; readonly scripts: readonly string[] };
type Trial = Pick<Try, "line"> & {
  readonly first: readonly string[];
  readonly byScript: boolean;
  readonly echo: string;
};

/** All of it in one call: to ask a browser from here takes longer than what it is asked. */
function tryIn(
  page: AnyPage,
  trial: Trial,
): Promise<{ readonly statuses: readonly number[]; readonly before: Tried; readonly after: Tried }> {
  return page.evaluate(async ({ line, first, byScript, echo }) => {
    const statuses: number[] = [];
    const send = async (sent: string) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ line: sent });
      statuses.push((await fetch("/api/lab/cookies", { method: "POST", headers, body })).status);
    };
    const see = async () => {
      const { cookies }: { cookies: { name: string; value: string }[] } = await (await fetch(echo)).json();
      return {
        travels: cookies.map(({ name, value }) => (name === "" ? value : `${name}=${value}`)),
        scripts: document.cookie.split("; ").filter(Boolean),
      };
    };
    for (const each of first) await send(each);
    const before = await see();
    // biome-ignore lint/suspicious/noDocumentCookie: the test sets a cookie by script
    if (byScript) document.cookie = line;
    else await send(line);
    return { statuses, before, after: await see() };
  }, trial);
}
