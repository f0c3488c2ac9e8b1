import type { Page } from "@playwright/test";
import { flows, variants } from "../../lib/flows/registry.ts";
import { violationsInBothThemes } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/shared-page.ts";

const table = (page: Page) => page.getByRole("region", { name: "Variants, side by side" });
const rows = (page: Page) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") })
    .filter({ has: page.getByRole("cell") });
const row = (page: Page, name: string | RegExp) => rows(page).filter({ has: page.getByRole("rowheader", { name }) });
const tab = (page: Page, name: string | RegExp) => page.getByRole("tab", { name });

/** The rows of all variants, as their headers name them: `Cookie: Sealed default`. */
const names = (page: Page) =>
  rows(page)
    .locator("th[scope=row]")
    .evaluateAll((headers) => headers.map((header) => header.textContent));

/** The first visit after the server's start waits until everything is measured. */
async function settled(page: Page) {
  await expect(page.getByText(/^Sizes and costs measured here/)).toBeVisible({ timeout: 60_000 });
}

async function open(page: Page, query = "") {
  await page.goto(`/compare${query}`);
  await settled(page);
}

/** In a page that other tests look at, too: its script goes from tab to tab without a load. */
async function openTab(page: Page, name: string) {
  await settled(page);
  const asked = page.getByRole("tab").nth(tabs.indexOf(name));
  await asked.click();
  await expect(asked).toHaveAttribute("aria-selected", "true");
  await expect(rows(page)).toHaveCount(variants.length);
}

async function openRows(page: Page) {
  await page.getByRole("button", { name: /^Rows/ }).click();
  return page.getByRole("form", { name: "Rows" });
}

const tabs = ["logout", "size", "cost", "attacks", "faults", "abilities", "effort"];

test.slow();
// One after the other in one worker, so that those who only look share a page.
test.describe.configure({ mode: "default" });

test("the heading is the result of a logout, and each tab says its own", async ({ lookAt }) => {
  const page = await lookAt("/compare");
  await settled(page);
  const stillIn = variants.filter(({ claims }) =>
    claims["replay-after-logout"]?.some(({ outcome }) => outcome === "exposed"),
  ).length;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    `${variants.length} ways to stay logged in. With ${stillIn}, a copy outlives the logout.`,
  );
  await expect(tab(page, `${variants.length - stillIn} refuse a copy at logout`)).toBeVisible();
  await expect(tab(page, /^Size \d+ to [\d,]+ bytes a request/)).toBeVisible();
  await expect(tab(page, "1 loses its logins at a restart")).toBeVisible();
  await expect(page.getByRole("tab")).toHaveCount(tabs.length);
});

/** By how much the page and its table are too wide, and the cells whose text is cut off. */
function tooWide(page: Page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight } = document.documentElement;
    const inner = document.querySelector(".compare-scroll");
    const cut = [...document.querySelectorAll("[data-copy] > a")].filter((each) => each.scrollWidth > each.clientWidth);
    return {
      wider: scrollWidth - clientWidth,
      inside: inner ? inner.scrollWidth - inner.clientWidth : -1,
      cut: cut.map((each) => each.textContent),
      scrollHeight,
    };
  });
}

test("at 1440 pixels, and at room size, no tab is wider than the page, and no text is longer than its cell", async ({
  lookAt,
}) => {
  const page = await lookAt("/compare");
  const usual = page.viewportSize();
  for (const name of tabs) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await openTab(page, name);
    const desk = await tooWide(page);
    expect(desk, name).toMatchObject({ wider: 0, inside: 0, cut: [] });
    expect(desk.scrollHeight).toBeLessThan(1300);
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.evaluate(() => document.documentElement.setAttribute("data-size", "room"));
    expect(await tooWide(page), `${name}, at room size`).toMatchObject({ wider: 0, inside: 0, cut: [] });
    await page.evaluate(() => document.documentElement.removeAttribute("data-size"));
  }
  if (usual) await page.setViewportSize(usual);
});

for (const name of tabs.slice(1)) {
  test(`axe finds no fault on /compare?tab=${name}, light and dark`, async ({ lookAt }) => {
    const page = await lookAt("/compare");
    await openTab(page, name);
    expect(await violationsInBothThemes(page)).toEqual([]);
  });
}

test("every cell of every tab links to its source", async ({ lookAt }) => {
  const page = await lookAt("/compare");
  for (const name of tabs.toReversed()) {
    await openTab(page, name);
    await expect(table(page).locator("td[data-copy]")).not.toHaveCount(0);
    await expect(table(page).locator("td[data-copy]:not(:has(> a[href]))")).toHaveCount(0);
  }
  await row(page, /: Denylist/)
    .getByRole("link", { name: /^refused.*access REVOKED; refresh REVOKED, claimed, from played/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Logout against memory-jwt/denylist" })).toBeVisible();
});

test("the arrow keys, Home and End move between tabs, and Enter or the space bar opens one", async ({ lookAt }) => {
  const page = await lookAt("/compare");
  await openTab(page, "logout");
  const chosen = () => page.getByRole("tab", { selected: true });
  await chosen().focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, /^Size/)).toBeFocused();
  await expect(chosen()).toHaveAccessibleName(/^Log out and revoke/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?tab=size$/);
  await expect(tab(page, /^Size/)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tabpanel", { name: /^Size/ })).toContainText("On each request, bytes");
  await expect(tab(page, /^Size/)).toBeFocused();
  await page.keyboard.press("End");
  await expect(tab(page, /^Code/)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, /^Log out/)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/\?tab=effort$/);
  await page.keyboard.press("Home");
  await expect(tab(page, /^Log out/)).toBeFocused();
  // One stop of the Tab key: the chosen tab.
  await expect(page.locator('[role="tab"][tabindex="0"]')).toHaveCount(1);
  await expect(page.locator('[role="tab"][tabindex="0"]')).toHaveAttribute("aria-selected", "true");
});

test("tab, order and thief stand in the address, and a link shows the same", async ({ page }) => {
  await open(page);
  const sealed = row(page, /: Sealed default/);
  await expect(sealed.getByRole("cell").nth(1)).toContainText("30 min");
  await page.getByRole("link", { name: "Thief keeps using it" }).click();
  await expect(page).toHaveURL(/\?thief=active$/);
  await expect(sealed.getByRole("cell").nth(1)).toContainText("8 h");
  await page.getByRole("link", { name: "One list" }).click();
  await expect(page).toHaveURL(/\?thief=active&list=one$/);
  await tab(page, /^Cost/).click();
  await expect(page).toHaveURL(/\?tab=cost&thief=active&list=one$/);
  await table(page).getByRole("link", { name: "Cryptography" }).first().click();
  await expect(page).toHaveURL(/\?tab=cost&sort=me-computes&thief=active&list=one$/);
  const shown = await names(page);
  await page.goto(page.url());
  await expect(tab(page, /^Cost/)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("link", { name: "Thief keeps using it" })).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("link", { name: "One list" })).toHaveAttribute("aria-current", "true");
  expect(await names(page)).toEqual(shown);
  await page.goBack();
  await expect(page).toHaveURL(/\?tab=cost&thief=active&list=one$/);
});

test("a header sorts within each flow, the least or the greatest first, or as one list", async ({ lookAt }) => {
  const page = await lookAt("/compare");
  await openTab(page, "size");
  const header = table(page).getByRole("columnheader", { name: /^On each request, bytes/ });
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  const ofFlows = (await names(page)).map((name) => `${name}`.split(":")[0]);
  expect([...new Set(ofFlows)]).toEqual(flows.map(({ manifest }) => manifest.title));
  expect(ofFlows).toEqual(ofFlows.toSorted((one, other) => titles.indexOf(`${one}`) - titles.indexOf(`${other}`)));
  await header.getByRole("link").click();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=-request-bytes/);
  await page.getByRole("link", { name: "One list" }).click();
  await expect(table(page).getByRole("rowgroup")).toHaveCount(2);
  const bytes = await rows(page)
    .locator("td:first-of-type b")
    .evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));
  expect(bytes.length).toBeGreaterThan(20);
  expect(bytes).toEqual(bytes.toSorted((one, other) => other - one));
});

const titles: readonly string[] = flows.map(({ manifest }) => manifest.title);

test("a measured cell links to its measured request, which has the same number of bytes", async ({ page }) => {
  await open(page, "?tab=size");
  const link = row(page, "Server session: SQL default").getByRole("link", { name: /from measured: a request/ });
  const bytes = Number.parseInt((await link.locator("b").textContent()) ?? "", 10);
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

test("rows are filtered by flow, safety, client and event, and the back button undoes a filter", async ({ page }) => {
  await open(page);
  const form = await openRows(page);
  await form.getByRole("combobox", { name: "Flow" }).selectOption("Hybrid");
  await expect(rows(page)).toHaveCount(5);
  await form.getByRole("combobox", { name: "Serves" }).selectOption("a native client");
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("status").filter({ hasText: "1 of 25 variants" })).toBeVisible();
  await page.goBack();
  await expect(rows(page)).toHaveCount(5);
  await page.goto("/compare?ends=logout-elsewhere");
  expect(await names(page)).toContain("Server session: SQL default");
  expect(await names(page)).not.toContain("Server session: SQL, cached");
  await page.goto("/compare?flow=cookie&ends=revoke-another");
  await expect(page.getByText("No variant matches all of these choices.")).toBeVisible();
});

test("each column says how it is made, and every source can be written out", async ({ page }) => {
  await open(page, "?tab=effort");
  await page.getByText("How each column is made").click();
  await expect(page.getByText(/^The packages from a registry/)).toBeVisible();
  const form = await openRows(page);
  await form.getByRole("checkbox", { name: "Every source written out" }).check();
  await expect(page).toHaveURL(/sources=all/);
  await expect(rows(page).first().getByRole("link", { name: "flow.ts:1", exact: true }).first()).toBeVisible();
});

test("a cell that is read from a manifest links to that line of the manifest", async ({ page }) => {
  await open(page, "?tab=abilities&flow=server-session");
  await row(page, /: SQL, cached/)
    .getByRole("link", { name: /^limited.*from manifest/ })
    .click();
  await expect(page).toHaveURL(/\/source\/lib\/flows\/server-session\/manifest\.ts\?line=\d+/);
  await expect(page.locator("[data-acted]")).toContainText('safety: "limited"');
});

test("two variants can be chosen and put side by side", async ({ lookAt }) => {
  const page = await lookAt("/compare");
  await settled(page);
  await page.getByRole("button", { name: "Two side by side" }).click();
  const form = page.getByRole("form", { name: "Two side by side" });
  await form.getByRole("combobox", { name: "Left" }).selectOption("server-session/sql");
  await form.getByRole("combobox", { name: "Right" }).selectOption("hybrid/gateway");
  await form.getByRole("button", { name: "Compare" }).click();
  await expect(page).toHaveURL(/\/compare\/server-session\/sql\/hybrid\/gateway$/);
  await expect(page).toHaveTitle("Server session: SQL and Hybrid: Gateway · Loginscope");
});

test("a pair begins with what behaves differently, then settings, then authenticate and logout", async ({ page }) => {
  await page.goto("/compare/cookie/server-session");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "After a logout a copied sealed cookie gets in for 30 min; a copied session id is refused.",
  );
  const events = page.getByRole("region", { name: "What behaves differently" });
  const logout = events.getByRole("row", { name: /^Log out 30 min/ });
  await expect(logout).toContainText("refused REVOKED");
  await expect(logout).toContainText("The logout ended its row, and every request looks there.");
  await expect(
    page.getByRole("region", { name: "Settings" }).getByRole("row", { name: "store none sql" }),
  ).toBeVisible();
  const authenticate = page.getByRole("region", { name: "authenticate" });
  await expect(authenticate).toContainText("cookie/flow.ts");
  await expect(authenticate.locator("[data-acted]").filter({ hasText: "records.find" })).toHaveCount(1);
  await expect(page.getByRole("region", { name: "logout" })).toContainText("async logout(request");
  const tops = await page
    .locator(".pair-page section[id]")
    .evaluateAll((sections) => sections.map((each) => [each.id, each.getBoundingClientRect().top] as const));
  expect(tops.map(([id]) => id)).toEqual(["events", "settings", "authenticate", "logout", "files", "same"]);
  expect(tops.map(([, top]) => top)).toEqual(tops.map(([, top]) => top).toSorted((one, other) => one - other));
  await page.getByRole("link", { name: "Thief keeps using it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("gets in for 8 h");
  await expect(page).toHaveURL(/\?thief=active$/);
});

test("what is the same is folded, and the lines of a file open by their link", async ({ page }) => {
  await page.goto("/compare/server-session/sql/server-session/redis");
  const same = page.getByRole("region", { name: "The same" });
  await expect(same.getByRole("table").first()).toBeHidden();
  await same.getByText(/^\d+ settings$/).click();
  await expect(same.getByRole("table", { name: "Settings, the same" })).toBeVisible();
  const file = page.getByRole("region", { name: "prisma-records.ts · redis-records.ts" });
  await file.getByRole("link").click();
  await expect(page).toHaveURL(/\?file=lib%2Fstores%2Fprisma%2Fprisma-records\.ts$/);
  await expect(file).toContainText("createRedisRecords");
});

for (const path of ["/compare/cookie/server-session", "/compare/memory-jwt/hybrid", "/compare/cookie/memory-jwt"]) {
  test(`at 1440 pixels ${path} is at most 6,000 pixels long and no wider than the page`, async ({ lookAt }) => {
    const page = await lookAt(path);
    const usual = page.viewportSize();
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(page.locator("[data-acted]").first()).toBeVisible({ timeout: 60_000 });
    const { width, height } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight,
    }));
    if (usual) await page.setViewportSize(usual);
    expect(width).toBe(1440);
    expect(height).toBeLessThanOrEqual(6000);
  });
}

test("axe finds no fault on /compare/cookie/memory-jwt, light and dark", async ({ lookAt }) => {
  const page = await lookAt("/compare/cookie/memory-jwt");
  await expect(page.locator("td a").first()).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
});

test("the printed page has every column, one table for each group, and no controls", async ({ page }) => {
  await open(page, "?flow=cookie");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("table")).toHaveCount(tabs.length);
  for (const title of ["Log out and revoke", "Size", "Cost", "Attacks", "Nodes and faults", "Abilities", "Code"]) {
    await expect(page.getByRole("table", { name: title, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("tab")).toHaveCount(0);
  await expect(table(page)).toBeHidden();
});

test("page, print and download mark which values a lab played and which are claims", async ({ page }) => {
  await open(page);
  const run = await page.evaluate(async () => {
    const body = JSON.stringify({ variants: ["cookie/sealed"], experiments: ["replay-after-logout"] });
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/lab/matrix", { method: "POST", headers, body })).text();
  });
  expect(run).toContain('"type":"cell"');
  await open(page, "?flow=cookie");
  await expect(page.getByText("1 of 1 played are as claimed.")).toBeVisible();
  const logout = (name: RegExp) => row(page, name).locator("td[data-copy]").nth(1);
  await expect(logout(/: Sealed default/)).not.toHaveAttribute("data-claimed");
  await expect(logout(/: Signed/)).toHaveAttribute("data-claimed", "true");
  const csv = await page.evaluate(async () => (await fetch("/api/comparison?format=csv")).text());
  const line = (variant: string) => csv.split("\r\n").find((each) => each.startsWith(`${variant},`));
  expect(line("cookie/sealed")).toContain("(observed, as claimed)");
  expect(line("cookie/signed")).not.toContain("observed");
  await page.emulateMedia({ media: "print" });
  const printed = (name: string) => page.getByRole("table", { name: "Log out and revoke" }).getByRole("row", { name });
  await expect(printed("cookie/sealed 11").getByRole("cell").filter({ hasText: "✓" })).toHaveCount(1);
  await expect(printed("cookie/signed").getByRole("cell").filter({ hasText: "✓" })).toHaveCount(0);
});

test("on a phone the keyboard scrolls the table, and its first column stays in place", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "?tab=cost");
  const first = rows(page).first().locator("th[scope=row]");
  const before = await first.boundingBox();
  await table(page).focus();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowRight");
  await expect.poll(() => table(page).evaluate((box) => box.scrollLeft)).toBeGreaterThan(60);
  const after = await first.boundingBox();
  expect(after?.x).toBeGreaterThanOrEqual(0);
  expect(after?.x).toBeLessThanOrEqual(before?.x ?? 0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("without script the table can be read, filtered and sorted, and its tabs open", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const plain = await context.newPage();
  await open(plain);
  await expect(rows(plain)).toHaveCount(variants.length);
  const form = await openRows(plain);
  await form.getByRole("combobox", { name: "Safety" }).selectOption("safe");
  await form.getByRole("button", { name: "Show", exact: true }).click();
  await expect(plain).toHaveURL(/safety=safe/);
  await expect(rows(plain)).toHaveCount(variants.filter(({ safety }) => safety === "safe").length);
  await tab(plain, /^Size/).click();
  await plain.getByRole("link", { name: "One list" }).click();
  await table(plain).getByRole("link", { name: "Set-Cookie at login, bytes" }).click();
  await expect(plain).toHaveURL(/sort=set-cookie-bytes/);
  await expect(rows(plain).first()).toContainText("Server session");
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
