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
  for (const line of one.first ?? []) await sendLine(page, line);
  const before = await seenIn(page, echo);
  if (one.byScript) await setByScript(page, one.line);
  else await sendLine(page, one.line);
  const after = await seenIn(page, echo);
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

function setByScript(page: AnyPage, line: string): Promise<void> {
  return page.evaluate((text) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the test sets a cookie by script
    document.cookie = text;
  }, line);
}

export async function sendLine(page: AnyPage, line: string): Promise<void> {
  const status = await page.evaluate(async (sent) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ line: sent });
    return (await fetch("/api/lab/cookies", { method: "POST", headers, body })).status;
  }, line);
  expect([line.slice(0, 60), status]).toEqual([line.slice(0, 60), 200]);
}

function seenIn(page: AnyPage, path: string): Promise<{ travels: readonly string[]; scripts: readonly string[] }> {
  return page.evaluate(async (at) => {
    const { cookies }: { cookies: { name: string; value: string }[] } = await (await fetch(at)).json();
    return {
      travels: cookies.map(({ name, value }) => (name === "" ? value : `${name}=${value}`)),
      scripts: document.cookie.split("; ").filter(Boolean),
    };
  }, path);
}
