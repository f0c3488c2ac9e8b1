import type { Page } from "@playwright/test";
import { cookiePresets, wellMade } from "../../app/cookies/_parts/cookie-presets.ts";
import type { CookieRule } from "../../lib/lab/cookies/cookie-rules.ts";
import { hiddenFromScripts, staysHome } from "../../lib/lab/cookies/cookie-travel.ts";
import { type CookieContext, judgeSetCookie, type StoredCookie } from "../../lib/lab/cookies/cookie-verdict.ts";
import { composeSetCookie, parseSetCookie } from "../../lib/lab/cookies/set-cookie-line.ts";
import { plainHost } from "../fixtures/plain-host.ts";
import { expect, test } from "../fixtures/test.ts";

type Try = {
  readonly line: string;
  readonly host?: string;
  readonly byScript?: true;
  /** Lines that are sent before the tried line. */
  readonly first?: readonly string[];
};

const secure = "Secure; Path=/";
/** For each rule a line that breaks it and a line that keeps it. Both are compared with the browser. */
const tries: Readonly<Record<CookieRule, readonly Try[]>> = {
  CONTROL_CHARACTER: [
    { line: "try=a\u0001b", byScript: true },
    { line: "try=a b\t", byScript: true },
  ],
  TAB_INSIDE: [
    { line: "try=a\tb" },
    { line: "try\tb=a" },
    { line: "try=a\tb", byScript: true },
    { line: "try=\ta b\t" },
  ],
  NOTHING_IN_IT: [
    { line: "=", byScript: true },
    { line: "=try", byScript: true },
  ],
  TOO_LARGE: [{ line: `try=${"x".repeat(4094)}` }, { line: `try=${"x".repeat(4093)}` }],
  DOMAIN_ELSEWHERE: [{ line: "try=1; Domain=example.org" }, { line: "try=1; Domain=localhost" }],
  DOMAIN_PUBLIC: [
    { line: "try=1; Domain=org", host: plainHost },
    { line: "try=1; Domain=example.org", host: plainHost },
  ],
  SECURE_OVER_HTTP: [{ line: `try=1; ${secure}`, host: plainHost }, { line: `try=1; ${secure}` }],
  NONE_WITHOUT_SECURE: [{ line: "try=1; SameSite=None" }, { line: "try=1; SameSite=None; Secure" }],
  PARTITIONED_WITHOUT_SECURE: [{ line: "try=1; Partitioned" }, { line: "try=1; Partitioned; Secure" }],
  SCRIPT_SETS_HTTP_ONLY: [
    { line: "try=1; Path=/; HttpOnly", byScript: true },
    { line: "try=1; Path=/", byScript: true },
  ],
  SCRIPT_OVER_HTTP_ONLY: [
    { line: "try=2; Path=/", byScript: true, first: ["try=1; Path=/; HttpOnly"] },
    { line: "try=2; Path=/", byScript: true, first: ["try=1; Path=/"] },
  ],
  PREFIX_SECURE: [{ line: "__Secure-try=1" }, { line: "__secure-try=1; Secure" }],
  PREFIX_HOST: [
    { line: "__Host-try=1; Secure; Path=/api/lab/echo" },
    { line: "__Host-try=1; Secure" },
    { line: "__hOsT-try=1; Path=/" },
    { line: `__Host-try=1; ${secure}; Domain=localhost` },
    { line: `__Host-try=1; ${secure}` },
  ],
  PREFIX_HTTP: [
    { line: "__Http-try=1; Secure" },
    { line: "__Http-try=1; HttpOnly" },
    { line: `__Http-try=1; ${secure}`, byScript: true },
    { line: "__Http-try=1; Secure; HttpOnly" },
  ],
  PREFIX_HOST_HTTP: [
    { line: `__Host-Http-try=1; ${secure}` },
    { line: "__Host-Http-try=1; Secure; HttpOnly; Path=/api/lab/echo" },
    { line: `__Host-Http-try=1; ${secure}; HttpOnly` },
  ],
  PREFIX_IN_VALUE: [{ line: "=__Host-try" }, { line: "=__HOST-try=1" }, { line: "=try" }],
};

test.beforeEach(async ({ page, baseURL }) => {
  // An empty page at the laboratory's address is enough: the test needs the browser and two endpoints only.
  const laboratory = new URL("/cookies", baseURL).href;
  await page.route(laboratory, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
});

for (const [rule, each] of Object.entries(tries)) {
  test(`${rule}: the browser behaves as computed`, async ({ context, page, secondDevice, baseURL }) => {
    const outcomes: string[] = [];
    for (const one of each) {
      await context.clearCookies();
      const laboratory = new URL("/cookies", baseURL);
      if (one.host) laboratory.hostname = one.host;
      // Over plain http a browser logs errors for headers that it ignores, so this context's console is not watched.
      const where = one.host ? await (await secondDevice()).newPage() : page;
      await where.goto(laboratory.href);
      const { computed, observed } = await compare(where, one);
      expect({ line: one.line, ...observed }).toEqual({ line: one.line, ...computed.seen });
      outcomes.push(computed.rule ?? "stored");
    }
    expect(outcomes).toContain(rule);
    expect(outcomes).toContain("stored");
  });
}

for (const { title, parts, raw } of cookiePresets.filter((preset) => preset.raw !== undefined)) {
  test(`preset “${title}”: the browser behaves as computed`, async ({ page }) => {
    expect(parts).toBeUndefined();
    await page.goto("/cookies");
    const { computed, observed } = await compare(page, { line: raw ?? "" });
    expect(observed).toEqual(computed.seen);
  });
}

test("the browser keeps a cookie as long as computed, 400 days at most", async ({ page, context }) => {
  await page.goto("/cookies");
  const inTenYears = new Date(Date.now() + 3650 * 86_400_000).toUTCString();
  const titles = ["Well made", "7 days", "31 days", "400 days", "Ten years"];
  const lines = [
    ...cookiePresets.filter(({ title }) => titles.includes(title)).map(({ parts }) => ({ ...wellMade, ...parts })),
    { ...wellMade, expires: inTenYears },
  ].map((parts, index) => composeSetCookie({ ...parts, name: `try${index}` }));
  expect(lines).toHaveLength(titles.length + 1);
  const days: (number | null)[] = [];
  for (const line of lines) {
    const now = Date.now();
    const { name, endsAt } = storedFrom(line, { scheme: "http", host: "localhost", path: "/api/lab/cookies", now });
    await send(page, line);
    const kept = (await context.cookies()).find((cookie) => cookie.name === name);
    // Playwright has -1 for a session cookie.
    const end = kept === undefined || kept.expires === -1 ? null : kept.expires * 1000;
    expect(kept, line).toBeDefined();
    days.push(end && Math.round((end - now) / 86_400_000));
    expect([line, Math.abs((end ?? 0) - (endsAt ?? 0)) < 10_000]).toEqual([line, true]);
  }
  expect(days).toEqual([null, 7, 31, 400, 400, 400]);
});

/** Sends the line, or sets it by script, and compares the echo and document.cookie with the computed verdict. */
async function compare(page: Page, one: Try) {
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
  for (const line of one.first ?? []) await send(page, line);
  const before = await seenIn(page, echo);
  if (one.byScript) await setByScript(page, one.line);
  else await send(page, one.line);
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

function storedFrom(line: string, context: CookieContext): StoredCookie {
  const verdict = judgeSetCookie(line, context);
  if (verdict.outcome !== "stored") throw new Error(`${line} is not stored`);
  return verdict.cookie;
}

function setByScript(page: Page, line: string): Promise<void> {
  return page.evaluate((text) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the test sets a cookie by script
    document.cookie = text;
  }, line);
}

async function send(page: Page, line: string): Promise<void> {
  const status = await page.evaluate(async (sent) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ line: sent });
    return (await fetch("/api/lab/cookies", { method: "POST", headers, body })).status;
  }, line);
  expect([line.slice(0, 60), status]).toEqual([line.slice(0, 60), 200]);
}

function seenIn(page: Page, path: string): Promise<{ travels: readonly string[]; scripts: readonly string[] }> {
  return page.evaluate(async (at) => {
    const { cookies }: { cookies: { name: string; value: string }[] } = await (await fetch(at)).json();
    return {
      travels: cookies.map(({ name, value }) => (name === "" ? value : `${name}=${value}`)),
      scripts: document.cookie.split("; ").filter(Boolean),
    };
  }, path);
}
