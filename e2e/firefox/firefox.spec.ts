import { expect, test } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { flows } from "../../lib/flows/registry.ts";
import { oddCookiesTaken } from "../fixtures/odd-cookies.ts";
import { findFirefox } from "./find-firefox.ts";

/**
 * Playwright drives only a Firefox of its own making. The one that people use speaks WebDriver BiDi, which Puppeteer drives.
 * Where no Firefox is installed there is nothing to try.
 */
const executablePath = findFirefox();

// One after another, in one browser.
test.describe.configure({ mode: "default", timeout: 240_000 });

/** Where a page says who is logged in. */
const state = "[data-testid=login-state]";

if (executablePath) {
  let browser: Browser;

  test.beforeAll(async () => {
    browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  });
  test.afterAll(async () => browser.close());

  for (const { manifest } of flows) {
    test(`in Firefox a person logs in with ${manifest.id}, stays in over a reload, and logs out`, async ({
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
      await press(page, "Log out");
      await expectState(page, "not logged in");

      expect(errors).toEqual([]);
      await context.close();
    });
  }

  test("Firefox takes a __Host- cookie whose Domain is localhost, set by localhost itself, and none without a name that has one in its value", async ({
    baseURL,
  }) => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(`${baseURL}/words`);
    expect(await page.evaluate(oddCookiesTaken)).toEqual({ hostWithDomain: true, nameless: false });
    await context.close();
  });
}

/** Asks again until it does: a page becomes live after it was loaded. */
async function expectState(page: Page, text: string): Promise<void> {
  await expect.poll(() => page.$eval(state, ({ textContent }) => textContent), { timeout: 60_000 }).toContain(text);
}

async function press(page: Page, name: string): Promise<void> {
  await page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
}
