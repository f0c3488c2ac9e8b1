import { expect, test } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { flows } from "../../lib/flows/registry.ts";
import { oddCookiesTaken } from "../fixtures/odd-cookies.ts";
import { expectAsRecorded, playIn } from "../attacks/recorded-residue.ts";
import { findFirefox } from "./find-firefox.ts";

/** Playwright drives only a Firefox of its own making. The one that people use speaks WebDriver BiDi, which Puppeteer drives. */
const executablePath = findFirefox();

// One after another, in one browser.
test.describe.configure({ mode: "default", timeout: 240_000 });

/** Where a page says who is logged in. */
const state = "[data-testid=login-state]";

let browser: Browser;

const leftOut = "There is no Firefox here: login, logout, the back button and residue in it are left out.";
test.beforeEach(() => test.info().skip(executablePath === undefined, leftOut));
test.beforeAll(async () => {
  if (executablePath) browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
});
test.afterAll(async () => browser?.close());

for (const { manifest } of flows) {
  test(`in Firefox a person logs in with ${manifest.id}, stays in over a reload, logs out, and is not seen by the back button`, async ({
    baseURL,
  }) => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));

    await page.goto(`${baseURL}/${manifest.id}`);
    await expectState(page, "not logged in");
    await press(page, "Log in");
    await expectState(page, "alice accepted");
    await page.reload();
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
    await context.close();
  });
}

test("in Firefox, which restores pages by itself, a play of residue comes to what was recorded", async ({
  baseURL,
}) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`http://app.localhost:${new URL(baseURL ?? "").port}/attacks/residue`);
  await expect
    .poll(() => page.$$eval("header", (all) => all.map(({ textContent }) => textContent).join()))
    .toContain("live");
  await press(page, "Play");
  const link = await page.waitForSelector(`a[download="residue.json"]`, { timeout: 220_000 });
  const play = playIn((await link?.evaluate((each) => each.getAttribute("href"))) ?? "");
  expect([play.restores, play.prefetches]).toEqual([true, true]);
  expectAsRecorded(play);
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

/** What the page says of each flow. */
function statesOn(page: Page): Promise<string> {
  return page.$$eval(state, (all) => all.map(({ textContent }) => textContent).join());
}

/** Asks again until it does: a page becomes live after it was loaded. */
async function expectState(page: Page, text: string): Promise<void> {
  await expect.poll(() => statesOn(page), { timeout: 60_000 }).toContain(text);
}

async function press(page: Page, name: string): Promise<void> {
  await page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
}
