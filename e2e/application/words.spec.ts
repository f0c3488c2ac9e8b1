import type { Locator, Page } from "@playwright/test";
import { violationsOn } from "../fixtures/axe.ts";
import { expect, openReady, test } from "../fixtures/test.ts";

/** A page with words that needs no login. */
const path = "/conformance/ASVS-10.4.8";

const cardOf = (page: Page): Locator => page.locator("[data-word-card]");
const wordIn = (page: Page, name: string): Locator =>
  page.getByRole("main").getByRole("button", { name, exact: true }).first();

test("a word shows its definition and source when it is pointed at, and as long as the pointer is on word or card", async ({
  page,
}) => {
  await openReady(page, path);
  const word = wordIn(page, "Refresh tokens");
  await word.hover();
  await expect(cardOf(page)).toContainText(
    "refresh token: A credential that a client exchanges for a new access token.",
  );
  await expect(cardOf(page).getByRole("link", { name: "RFC 6749 §1.5" })).toBeVisible();
  await expect(word).toHaveAccessibleDescription(/^refresh token: A credential/);
  // WCAG 1.4.13: hoverable, and then gone when the pointer leaves.
  await cardOf(page).getByRole("link", { name: "All words" }).hover();
  await expect(cardOf(page)).toBeVisible();
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(cardOf(page)).toHaveCount(0);
});

test("a word shows its definition when it gets the focus, its links follow in the order of the Tab key, and Escape closes it", async ({
  page,
}) => {
  await openReady(page, path);
  await page.getByRole("main").getByRole("link").first().focus();
  const word = wordIn(page, "Refresh tokens");
  await tabTo(page, word);
  await expect(cardOf(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(cardOf(page).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(cardOf(page)).toHaveCount(0);
  await expect(word).toBeFocused();
});

test("on a touch screen a tap on a word shows its definition, and a tap elsewhere closes it", async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await openReady(page, path);
  await wordIn(page, "Refresh tokens").tap();
  await expect(cardOf(page)).toBeVisible();
  const box = await cardOf(page).boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
  await page.getByRole("heading", { level: 1 }).tap();
  await expect(cardOf(page)).toHaveCount(0);
  await context.close();
});

test("claims in a decoded token and fields of a record have definitions, and axe finds no fault with one open", async ({
  dashboard,
  flows,
}) => {
  await flows.logIn("JWT in memory");
  const column = flows.column("JWT in memory");
  await column.getByText(/^Decoded:/).click();
  await column.getByRole("button", { name: "jti", exact: true }).hover();
  await expect(cardOf(dashboard)).toContainText("jti: The id of one token, which no other token has.");
  expect(await violationsOn(dashboard, "main")).toEqual([]);
  await column.getByRole("button", { name: "family", exact: true }).first().hover();
  await expect(cardOf(dashboard)).toContainText("All refresh tokens that came of one login");
});

test("in a dialog a word shows its definition, and Escape closes that and not the dialog", async ({ page }) => {
  await openReady(page, "/who-still-gets-in?view=all");
  await page.getByRole("button", { name: "Show the proof" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const next = dialog.getByRole("button", { name: "Next cell" });
  const word = dialog.locator("[data-word]").first();
  // Which reasons have a word is the variants' to say: step to the first one.
  await expect(async () => {
    if ((await word.count()) === 0) await next.click();
    await expect(word).toBeVisible({ timeout: 200 });
  }).toPass();
  await word.hover();
  await expect(dialog.locator("[data-word-card]")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog.locator("[data-word-card]")).toHaveCount(0);
  await expect(dialog).toBeVisible();
});

test("definitions load with the first word that somebody looks at", async ({ page }) => {
  const scripts: string[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.url());
  });
  await openReady(page, path);
  const before = scripts.length;
  await wordIn(page, "Refresh tokens").hover();
  await expect(cardOf(page)).toBeVisible();
  expect(scripts.length).toBeGreaterThan(before);
});

test("the page of words leads from a definition to the words in it", async ({ page }) => {
  await page.goto("/words#jti");
  await expect(page.locator("#jti")).toContainText("The id of one token");
  const refresh = page.locator("#refresh-token");
  await refresh.getByRole("link", { name: "access token" }).click();
  await expect(page).toHaveURL(/\/words#access-token$/);
});

async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(target).toBeFocused({ timeout: 200 });
  }).toPass();
}
