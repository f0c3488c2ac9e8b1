import { readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { cookiePresets, wellMade } from "../../app/cookies/_parts/cookie-presets.ts";
import { holdingOf } from "../../lib/core/credential.ts";
import { csrfCases } from "../../lib/features/attacks/csrf/cases.ts";
import { type CsrfPlay, isFramedCase } from "../../lib/features/attacks/csrf/model.ts";
import { atHosts } from "../../lib/features/attacks/csrf/recorded-play.ts";
import type { OtherEngine } from "../../lib/features/attacks/hosts/model.ts";
import type { TossingPlay } from "../../lib/features/attacks/tossing/model.ts";
import type { JudgedXss, XssPlay } from "../../lib/features/attacks/xss/model.ts";
import type { EngineLines, LineDifference } from "../../lib/features/cookie-lab/model.ts";
import { flows } from "../../lib/flows/registry.ts";
import { composeSetCookie } from "../../lib/lab/cookies/set-cookie-line.ts";
import { expectAsRecorded, playIn } from "../attacks/recorded-residue.ts";
import { usualHosts } from "../attacks/usual-hosts.ts";
import { type AnyPage, compareLine } from "../cookies/compare-line.ts";
import { type Try, triedLines } from "../cookies/tried-lines.ts";
import { oddCookiesTaken } from "../fixtures/odd-cookies.ts";
import { findFirefox } from "./find-firefox.ts";

/** Playwright drives only a Firefox of its own making. The one that people use speaks WebDriver BiDi, which Puppeteer drives. */
const executablePath = findFirefox();

// One after another, in one browser.
test.describe.configure({ mode: "default", timeout: 240_000 });

/** Where a page says who is logged in. */
const state = "[data-testid=login-state]";

let browser: Browser;

const leftOut =
  "There is no Firefox here. Login, logout, revocation, the back button, four attacks and the lines of the cookie laboratory are left out.";
test.beforeEach(() => test.info().skip(executablePath === undefined, leftOut));
test.beforeAll(async () => {
  if (executablePath)
    browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, protocolTimeout: 300_000 });
});
test.afterAll(async () => browser?.close());

/** One page for all of them: a first page in a new window takes longer than what is done in it. */
let shared: Page | undefined;

for (const { manifest } of flows) {
  const [variant] = manifest.variants;
  test(`in Firefox a person logs in with ${manifest.id}, stays in over a reload, revokes it as its manifest claims, logs out, and is not seen by the back button`, async ({
    baseURL,
  }) => {
    shared ??= await (await browser.createBrowserContext()).newPage();
    const page = shared;
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));

    await page.goto(`${baseURL}/${manifest.id}`);
    await expectState(page, "not logged in");
    await press(page, "Log in");
    await expectState(page, "alice accepted");
    await page.reload();
    await expectState(page, "alice accepted");
    await press(page, "Revoke");
    if ("revoke" in variant.cannot) {
      await expect.poll(() => textOf(page)).toContain(variant.cannot.revoke);
    } else {
      await press(page, "Revoke all");
      // The answer deletes this browser's cookies. A token that the page holds goes on as the manifest claims.
      const [{ outcome }] = variant.claims["replay-after-revoke-all"];
      const held = outcome === "exposed" ? "alice accepted" : `refused ${outcome}`;
      await expectState(page, holdingOf(variant, "access")?.travels === "cookie" ? "not logged in" : held);
      await expect.poll(() => textOf(page)).toMatch(/logins? ended/);
      // A page that holds a token forgets it here, and no other one is given out for the login that ended.
      if (outcome === "exposed") await page.reload();
      await expectState(page, "not logged in");
      await press(page, "Log in");
    }
    await expectState(page, "alice accepted");
    await page.goto(`${baseURL}/`);
    await expectState(page, "alice accepted");
    await page.goto(`${baseURL}/${manifest.id}`);
    await expectState(page, "alice accepted");
    await press(page, "Log out");
    await expectState(page, "not logged in");
    await page.evaluate(() => void setTimeout(() => history.back()));
    await expect.poll(() => page.url()).toBe(`${baseURL}/`);
    await expectState(page, "not logged in");
    expect(await statesOn(page)).not.toContain("accepted");

    expect(errors).toEqual([]);
  });
}

test("in Firefox, which restores pages by itself, a play of residue comes to what was recorded", async ({
  baseURL,
}) => {
  const { page, close } = await openAttack(baseURL, "residue");
  await press(page, "Play");
  const link = await untilPlayed(page, `a[download="residue.json"]`);
  const play = playIn((await link?.evaluate((each) => each.getAttribute("href"))) ?? "");
  expect(play.restores).toBe(true);
  // Firefox fetches ahead when it is idle, which on a busy machine it may never be.
  expectAsRecorded(play, play.prefetches ? [] : ["prefetched"]);
  await close();
});

test("in Firefox a play of cross-site requests sends what was recorded", async ({ baseURL }) => {
  const { page, close } = await openAttack(baseURL, "csrf");
  await press(page, "Play");
  await pressIntoFrames(page);
  await untilPlayed(page);
  const { play } = await page.evaluate(async () => (await fetch("/api/lab/csrf")).json());
  const { verdicts: _verdicts, done, ...rest } = play;
  expect(done).toBe(true);
  const kept = atHosts(rest, usualHosts);
  const recorded = recordedAs<CsrfPlay>("lib/features/attacks/csrf/recorded-firefox.json", kept);
  expect(kept.cases).toEqual(recorded.cases);
  await close();
});

test("in Firefox a play of an injected script gets what Chromium’s got, but for what was recorded", async ({
  baseURL,
}) => {
  const { page, close } = await openAttack(baseURL, "xss");
  await press(page, "Play");
  await untilPlayed(page);
  await expectDone(page);
  const { play } = await page.evaluate(async () => (await fetch("/api/lab/xss")).json());
  const { playedAt, browser: by, runs, done } = play as JudgedXss;
  expect(done).toBe(true);
  const { runs: inChromium }: XssPlay = readJson("lib/features/attacks/xss/recorded.json");
  const differences = differing(runs, inChromium).map(({ id }) => id);
  expectRecorded("xss", { playedAt, browser: by, tried: inChromium.length, differences });
  await close();
});

test("in Firefox a play of tossed cookies sends what Chromium sends, but for what was recorded, and leaves the lab and no weakness behind", async ({
  baseURL,
}) => {
  const { page, close } = await openAttack(baseURL, "tossing");
  const labOf = () => page.evaluate(async () => (await (await fetch("/api/lab")).json()).lab.id as string);
  const before = await labOf();
  await press(page, "Play");
  await untilPlayed(page);
  await expectDone(page);
  const { play, weaknesses } = await page.evaluate(async () => {
    const [tossing, lab] = await Promise.all(
      ["/api/lab/tossing", "/api/lab"].map(async (path) => (await fetch(path)).json()),
    );
    return { play: tossing.progress.play as TossingPlay, weaknesses: lab.weaknesses as string[] };
  });
  expect([await labOf(), weaknesses]).toEqual([before, []]);
  const { playedAt, browser: by, played } = play;
  const { played: inChromium }: TossingPlay = readJson("lib/features/attacks/tossing/recorded.json");
  const differences = differing(played, inChromium).map(({ naming, way }) => `${naming}.${way}`);
  expectRecorded("tossing", { playedAt, browser: by, tried: inChromium.length, differences });
  await close();
});

test("in Firefox every line of the cookie laboratory does as computed, but for those that were recorded", async ({
  baseURL,
}) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  // A text at the laboratory's host is enough: the lines go to two endpoints.
  await page.goto(`${baseURL}/robots.txt`);
  const differences: LineDifference[] = [];
  for (const one of linesHere) {
    const kept = await context.cookies();
    if (kept.length > 0) await page.deleteCookie(...kept.map(({ name, domain, path }) => ({ name, domain, path })));
    const { computed, observed } = await compareLine(asAnyPage(page), one);
    const isSame = observed.travels === computed.seen.travels && observed.scripts === computed.seen.scripts;
    const { line, byScript = false } = one;
    if (!isSame) differences.push({ line, byScript, computed: computed.seen, observed });
  }
  const file = "lib/features/cookie-lab/recorded-firefox.json";
  const [, version = ""] = /Firefox\/(\d+)/.exec(await browser.userAgent()) ?? [];
  const tried = linesHere.length;
  const played = { playedAt: new Date().toISOString(), browser: `Firefox ${version}`, tried, differences };
  const recorded = recordedAs<EngineLines>(file, played);
  expect({ tried, differences }).toEqual({ tried: recorded.tried, differences: recorded.differences });
  await context.close();
});

test("Firefox takes a __Host- cookie whose Domain is localhost, set by localhost itself, and none without a name that has one in its value", async ({
  baseURL,
}) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`${baseURL}/words`);
  expect(await page.evaluate(oddCookiesTaken)).toEqual({ hostWithDomain: true, nameless: false });
  await context.close();
});

/** What was recorded in an earlier Firefox. `RENEW_RECORDING=on` writes the file anew. */
function recordedAs<Played>(file: string, played: Played): Played {
  if (process.env["RENEW_RECORDING"] === "on") writeFileSync(file, `${JSON.stringify(played, null, 2)}\n`);
  return readJson(file);
}

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"));

/** The parts of the recorded play that are other ones here, or missing. */
function differing<Part>(here: readonly Part[], recorded: readonly Part[]): readonly Part[] {
  return recorded.filter((part, at) => !isDeepStrictEqual(part, here[at]));
}

function expectRecorded(attack: string, played: OtherEngine): void {
  const { tried, differences } = recordedAs(`lib/features/attacks/${attack}/recorded-firefox.json`, played);
  expect({ tried: played.tried, differences: played.differences }).toEqual({ tried, differences });
}

/** Waits for what a page has after its play. A play that stopped says why, and so does the test. */
async function untilPlayed(page: Page, selector = "::-p-text(Played here, in Firefox)") {
  const stop = new AbortController();
  const waiting = { timeout: 220_000, signal: stop.signal };
  const stopped = page.waitForSelector("p[role=alert]", waiting).then(async (alert) => {
    throw new Error(`The play stopped: ${await alert?.evaluate((each) => each.textContent)}`);
  });
  try {
    return await Promise.race([page.waitForSelector(selector, waiting), stopped]);
  } finally {
    stop.abort();
    await stopped.catch(() => {});
  }
}

/** The page's button is free again once its play has tidied up. */
function expectDone(page: Page): Promise<unknown> {
  return page.waitForSelector("::-p-xpath(//button[normalize-space()='Play again' and not(@aria-busy)])", {
    timeout: 60_000,
  });
}

/** Every line that is tried in Chromium at this host, and every preset of the page. */
const linesHere: readonly Try[] = [
  ...Object.values(triedLines)
    .flat()
    .filter(({ host }) => host === undefined),
  ...cookiePresets.map(({ parts, raw }) => ({ line: raw ?? composeSetCookie({ ...wellMade, ...parts }) })),
];

/** As the comparison of lines takes it: both drivers run a function of one value in the page. */
function asAnyPage(page: Page): AnyPage {
  return {
    url: () => page.url(),
    evaluate: <Given, Result>(run: (given: Given) => Result | Promise<Result>, given: Given) =>
      page.evaluate(run as (given: unknown) => Result | Promise<Result>, given) as Promise<Result>,
  };
}

/** The page of an attack at the victim's host, in a jar of its own. */
async function openAttack(baseURL: string | undefined, name: string) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`http://app.localhost:${new URL(baseURL ?? "").port}/attacks/${name}`);
  // Live: its buttons have their script.
  await expect
    .poll(() => page.$$eval("header", (all) => all.map(({ textContent }) => textContent).join()))
    .toContain("live");
  return { page, close: () => context.close() };
}

/** What the page says of each flow. */
function statesOn(page: Page): Promise<string> {
  return page.$$eval(state, (all) => all.map(({ textContent }) => textContent).join());
}

/** Asks again until it does: a page becomes live after it was loaded. */
async function expectState(page: Page, text: string): Promise<void> {
  await expect.poll(() => statesOn(page), { timeout: 60_000 }).toContain(text);
}

function textOf(page: Page): Promise<string> {
  return page.evaluate(() => document.body.textContent ?? "");
}

/** By its text. Firefox takes seconds, on a page of this size up to twenty, to find a button by its name in the accessibility tree. */
async function press(page: Page, name: string): Promise<void> {
  const button = await page.waitForSelector(
    `::-p-xpath(//button[normalize-space()="${name}" or *[normalize-space()="${name}"]])`,
    { visible: true },
  );
  await button?.click();
}

/** The attacker's window waits for a press in each of its framed cases. */
async function pressIntoFrames(page: Page): Promise<void> {
  const popup = await expect
    .poll(async () => (await page.browserContext().pages()).find((each) => each !== page))
    .toBeDefined()
    .then(async () => (await page.browserContext().pages()).find((each) => each !== page));
  for (const { id } of csrfCases.filter((each) => isFramedCase(each.id))) {
    const frame = await popup?.waitForFrame((each) => each.url().endsWith(`/${id}/open`), {
      timeout: 60_000,
    });
    await (await frame?.waitForSelector("button"))?.click();
  }
}
