import type { Page } from "@playwright/test";
import { variants } from "../../lib/flows/registry.ts";
import { expect, test } from "../fixtures/test.ts";

const table = (page: Page) => page.getByRole("region", { name: "Variants, side by side" });
const rows = (page: Page) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") })
    .filter({ has: page.getByRole("cell") });
const names = (page: Page) => rows(page).getByRole("rowheader").locator(".font-mono").allTextContents();

/** The first visit after the server's start waits until everything is measured. */
async function open(page: Page, query = "") {
  await page.goto(`/compare${query}`);
  await expect(page.getByText(/^Sizes and costs measured here/)).toBeVisible({ timeout: 60_000 });
}

test.slow();

test("the table has every variant, and each cell links to its source", async ({ page }) => {
  await open(page, "?group=clients&group=logout&group=size");
  await expect(rows(page)).toHaveCount(variants.length);
  await expect(table(page).locator("td")).not.toHaveCount(0);
  await expect(table(page).locator("td:not(:has(> a[href]))")).toHaveCount(0);
  const logout = rows(page)
    .filter({ hasText: "memory-jwt/denylist" })
    .getByRole("link", { name: /^access REVOKED; refresh REVOKED from played/ });
  await logout.first().click();
  await expect(page.getByRole("dialog", { name: "Logout against memory-jwt/denylist" })).toBeVisible();
});

test("a measured cell links to its measured request, which has the same number of bytes", async ({ page }) => {
  await open(page, "?group=size");
  const row = rows(page).filter({ hasText: "server-session/sql" });
  const link = row.getByRole("link", { name: /^\d+ from measured: a request/ });
  const bytes = Number.parseInt((await link.textContent()) ?? "", 10);
  await link.click();
  await expect(page).toHaveURL(/\/compare\/evidence\/server-session\/sql#me$/);
  const card = page.getByRole("region", { name: "A request" });
  await expect(card).toContainText(`${bytes} bytes`);
  await expect(card).toContainText("GET /api/server-session/me");
  await expect(card).toContainText("store find");
  await expect(page.getByRole("region", { name: "Files, counted" })).toContainText(
    "lib/stores/prisma/prisma-records.ts",
  );
});

test("a header sorts ascending, descending and back, and the order is in the address", async ({ page }) => {
  await open(page, "?group=cost");
  const header = table(page).getByRole("columnheader", { name: /^A request: look-ups/ });
  const press = () => header.getByRole("button", { name: "A request: look-ups", exact: true }).click();
  const registry = variants.map(({ id }) => id);
  expect(await names(page)).toEqual(registry);
  await press();
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/sort=me-asks/);
  expect((await names(page))[0]).toBe("cookie/signed");
  await press();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  expect((await names(page))[0]).toMatch(/^(?:server-session|hybrid)\//);
  const shared = page.url();
  await press();
  await expect(header).toHaveAttribute("aria-sort", "none");
  expect(await names(page)).toEqual(registry);
  await page.goto(shared);
  await expect(header).toHaveAttribute("aria-sort", "descending");
});

test("rows are filtered by flow, safety, client and event, and the back button undoes a filter", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Flow" }).selectOption("Hybrid");
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole("combobox", { name: "Serves" }).selectOption("a native client");
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("status").filter({ hasText: "1 of 25 variants" })).toBeVisible();
  await page.goBack();
  await expect(rows(page)).toHaveCount(5);
  await expect(page.getByRole("combobox", { name: "Serves" })).toHaveValue("");
  await page.goto("/compare?ends=logout-elsewhere");
  expect(await names(page)).toContain("server-session/sql");
  expect(await names(page)).not.toContain("server-session/cached");
  await page.goto("/compare?flow=cookie&ends=revoke-another");
  await expect(page.getByText("No variant matches all of these choices.")).toBeVisible();
});

test("groups of columns can be shown and hidden, together with their sources", async ({ page }) => {
  await open(page);
  await expect(table(page).getByRole("columnheader", { name: "Effort" })).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Effort" }).check();
  await expect(table(page).getByRole("columnheader", { name: "Effort", exact: true })).toBeVisible();
  await page.getByRole("checkbox", { name: "Every source written out" }).check();
  await expect(rows(page).first().getByRole("link", { name: "flow.ts:1", exact: true }).first()).toBeVisible();
  await table(page).getByRole("button", { name: "How “Packages” is made" }).click();
  await expect(page.getByText(/^The packages from a registry/)).toBeVisible();
});

test("a cell that is read from a manifest links to that line of the manifest", async ({ page }) => {
  await open(page, "?group=security&flow=server-session");
  await rows(page)
    .filter({ hasText: "server-session/cached" })
    .getByRole("link", { name: /^limited from manifest/ })
    .click();
  await expect(page).toHaveURL(/\/source\/lib\/flows\/server-session\/manifest\.ts\?line=\d+/);
  await expect(page.locator("[data-acted]")).toContainText('safety: "limited"');
});

test("two variants of the table can be chosen and compared", async ({ page }) => {
  await open(page);
  await rows(page)
    .filter({ hasText: "server-session/sql" })
    .getByRole("link", { name: /^compare…/ })
    .click();
  await rows(page)
    .filter({ hasText: "hybrid/gateway" })
    .getByRole("link", { name: "beside server-session/sql" })
    .click();
  await expect(page).toHaveURL(/\/compare\/server-session\/sql\/hybrid\/gateway$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Server session: SQL and Hybrid: Gateway");
});

test("the printed page has every column, one table for each group, and no controls", async ({ page }) => {
  await open(page, "?flow=cookie");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("table")).toHaveCount(7);
  for (const title of ["Clients", "Distribution", "Security", "Logout and revocation", "Effort", "Size", "Cost"]) {
    await expect(page.getByRole("table", { name: title, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("combobox")).toHaveCount(0);
  await expect(table(page)).toBeHidden();
});

test("print and download mark which values a lab played and which are claims", async ({ page }) => {
  await open(page);
  const run = await page.evaluate(async () => {
    const body = JSON.stringify({ variants: ["cookie/sealed"], experiments: ["replay-after-logout"] });
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/lab/matrix", { method: "POST", headers, body })).text();
  });
  expect(run).toContain('"type":"cell"');
  await open(page, "?flow=cookie");
  const csv = await page.evaluate(async () => (await fetch("/api/comparison?format=csv")).text());
  const line = (variant: string) => csv.split("\r\n").find((each) => each.startsWith(`${variant},`));
  expect(line("cookie/sealed")).toContain("(observed, as claimed)");
  expect(line("cookie/signed")).not.toContain("observed");
  await page.emulateMedia({ media: "print" });
  const row = (name: string) => page.getByRole("table", { name: "Logout and revocation" }).getByRole("row", { name });
  await expect(row("cookie/sealed 11").getByRole("cell").filter({ hasText: "✓" })).toHaveCount(1);
  await expect(row("cookie/signed").getByRole("cell").filter({ hasText: "✓" })).toHaveCount(0);
});

test("the keyboard scrolls the table, and its first column stays in place", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "?group=size&group=cost");
  const first = rows(page).first().getByRole("rowheader");
  const before = await first.boundingBox();
  await table(page).focus();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowRight");
  await expect.poll(() => table(page).evaluate((box) => box.scrollLeft)).toBeGreaterThan(60);
  expect((await first.boundingBox())?.x).toBe(before?.x);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("without script the table can be read, filtered and sorted", async ({ browser, baseURL, page }) => {
  await open(page);
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const plain = await context.newPage();
  await plain.goto("/compare");
  await expect(rows(plain)).toHaveCount(variants.length);
  await plain.getByRole("combobox", { name: "Safety" }).selectOption("safe");
  await plain.getByRole("button", { name: "Show", exact: true }).click();
  await expect(plain).toHaveURL(/safety=safe/);
  await expect(rows(plain)).toHaveCount(variants.filter(({ safety }) => safety === "safe").length);
  await table(plain).getByRole("button", { name: "On each request, bytes", exact: true }).click();
  await expect(plain).toHaveURL(/sort=request-bytes/);
  await expect(rows(plain).first()).toContainText("server-session/");
  await context.close();
});

test("the download has the whole table", async ({ page }) => {
  await open(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toBe("loginscope-comparison.csv");
});

test("evidence of an unknown variant is answered with 404", async ({ page, expectStatus }) => {
  expectStatus(404);
  expect((await page.goto("/compare/evidence/cookie/none"))?.status()).toBe(404);
});
