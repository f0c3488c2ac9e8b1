import type { Locator, Page } from "@playwright/test";
import { flows as modules } from "../../lib/flows/registry.ts";
import { faultsIn } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/shared-page.ts";
import { openLabMenu, openLive, openReady } from "../fixtures/test.ts";
import { wordsBelow } from "../fixtures/words-below.ts";

const flowPages = modules.map(({ manifest }) => `/${manifest.id}`);
const comparisons = ["/compare/cookie/hybrid", "/compare/server-session/sql/server-session/redis"];
const readings = ["/conformance", "/conformance/ASVS-7.4.1", "/source/lib/flows/cookie/flow.ts"];
const tables = ["/compare", "/compare/evidence/memory-jwt/denylist"];
/** Pages with thousands of cells, for which axe needs long on a slow machine. */
const long = ["/compare", "/conformance"];
const pages = [
  "/",
  ...flowPages,
  "/who-still-gets-in",
  "/attacks",
  "/attacks/csrf",
  "/attacks/fixation",
  "/attacks/forgery",
  "/attacks/guessing",
  "/attacks/leaked-key",
  "/attacks/theft",
  "/attacks/tossing",
  "/attacks/xss",
  "/attacks/residue",
  "/race",
  "/refresh-bench",
  "/cookies",
  "/vanished",
  "/words",
  "/bench",
  "/audit",
  "/admin",
  ...tables,
  ...comparisons,
  ...readings,
];

// axe looks at every element, which takes long on a slow machine. Tests run one after the other in one worker, so
// that a page loaded for one theme is reused for the next.
test.describe.configure({ mode: "default" });

type Settled = (page: Page) => readonly [part: Locator, words: string | RegExp];

const titled =
  (words: string | RegExp): Settled =>
  (page) => [page.getByRole("heading", { level: 1 }), words];

/** A text of each page that appears when the page is complete. */
const settled: Readonly<Record<string, Settled>> = {
  "/audit": (page) => [page.getByRole("row").nth(4), "alice"],
  "/admin": (page) => [page.getByRole("button", { name: "Log in as admin" }), "admin"],
  "/vanished": (page) => [page.getByRole("region", { name: "Diagnosis" }), "Nothing has vanished yet."],
  "/refresh-bench": (page) => [page.getByRole("region", { name: "What it came to" }), "The thief survives"],
  "/who-still-gets-in": (page) => [page.getByRole("region", { name: "Play" }), "Not played here yet"],
  // The first visit waits until every variant is measured.
  "/compare": (page) => [page.getByRole("main"), "Sizes and costs measured here"],
  "/compare/evidence/memory-jwt/denylist": (page) => [page.getByRole("main"), "GET /api/memory-jwt/me"],
  "/race": (page) => [page.getByRole("list", { name: "Copies" }), "__Host-login"],
  "/attacks/guessing": titled(/ways to guess/),
  "/attacks": titled("With every defence on"),
  "/attacks/csrf": titled("With no defence"),
  "/attacks/fixation": titled("before she logs in"),
  "/attacks/forgery": titled(/ways to forge the credential/),
  "/attacks/leaked-key": titled(/^Leaked: /),
  "/attacks/theft": titled("in other hands"),
  "/attacks/tossing": titled("the first cookie counts"),
  "/attacks/xss": titled("an injected script"),
  "/attacks/residue": titled("After a logout"),
  "/words": titled("Words"),
  "/bench": titled("bare route"),
  "/cookies": (page) => [page.getByRole("region", { name: "In the jar now" }), "None."],
  ...Object.fromEntries(comparisons.map((path) => [path, titled("After a logout")])),
  ...Object.fromEntries(readings.map((path) => [path, titled(/conformance|ASVS|flow/i)])),
};

async function expectSettled(page: Page, path: string): Promise<void> {
  const patience = long.includes(path) ? { timeout: 60_000 } : {};
  const [part, words] = settled[path]?.(page) ?? [page.getByTestId("login-state").last(), "alice"];
  await expect(part).toContainText(words, patience);
}

/** How many pixels the page is wider than its window. */
const tooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const path of pages) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds no fault on ${path}, ${colorScheme}`, async ({ lookAt }) => {
      if (long.includes(path)) test.setTimeout(180_000);
      const page = await lookAt(path);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectSettled(page, path);
      expect(await faultsIn[colorScheme](page)).toEqual([]);
    });
  }

  // WCAG 1.4.10: a page is read at 320 CSS pixels without scrolling to both sides.
  test(`at 320 pixels ${path} is not wider than its window`, async ({ lookAt }) => {
    if (long.includes(path)) test.setTimeout(180_000);
    const page = await lookAt(path);
    const usual = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    await expect(page.locator("main")).toBeVisible();
    const wider = await tooWide(page);
    if (usual) await page.setViewportSize(usual);
    expect(wider).toBe(0);
  });

  test(`in a room no words on ${path} are under 24 pixels, and it is not wider than its window`, async ({ lookAt }) => {
    if (long.includes(path)) test.setTimeout(180_000);
    const page = await lookAt(path);
    const usual = page.viewportSize();
    await expectSettled(page, path);
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.evaluate(() => document.documentElement.setAttribute("data-size", "room"));
    const [small, wider] = [await wordsBelow(page, 24), await tooWide(page)];
    await page.evaluate(() => document.documentElement.removeAttribute("data-size"));
    if (usual) await page.setViewportSize(usual);
    expect([small, wider]).toEqual([[], 0]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault on /admin with the people of the lab, ${colorScheme}`, async ({
    page,
    dashboard,
    flows,
  }) => {
    await dashboard.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await flows.logIn("JWT in memory");
    await openReady(page, "/admin");
    await page.getByRole("button", { name: "Log in as admin" }).click();
    await expect(page.getByRole("region", { name: "alice" })).toContainText("1 live login");
    expect(await faultsIn[colorScheme](page)).toEqual([]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault at room size with an exchange and a menu open, nor in the password dialog, ${colorScheme}`, async ({
    dashboard,
    flows,
  }) => {
    await dashboard.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await flows.logIn("Server session");
    const header = await openLabMenu(dashboard);
    await header.getByRole("button", { name: "Room size" }).click();
    await expect(dashboard.locator("html")).toHaveAttribute("data-size", "room");
    expect(await faultsIn[colorScheme](dashboard, "header")).toEqual([]);
    await dashboard.keyboard.press("Escape");
    await openExchange(dashboard);
    await flows
      .column("Cookie")
      .getByRole("button", { name: /variant:/ })
      .click();
    await expect(flows.column("Cookie").getByRole("radio").first()).toBeVisible();
    expect(await faultsIn[colorScheme](dashboard)).toEqual([]);
    await dashboard.keyboard.press("Escape");
    await dashboard.getByRole("button", { name: "Change password" }).click();
    await expect(dashboard.getByRole("dialog")).toBeVisible();
    expect(await faultsIn[colorScheme](dashboard, "dialog")).toEqual([]);
  });

  test(`axe finds no fault at a phone's width: a flow with a refused edit, the dashboard, a missing page, ${colorScheme}`, async ({
    dashboard,
    flows,
    expectStatus,
  }) => {
    test.setTimeout(120_000);
    expectStatus(401);
    expectStatus(404);
    await dashboard.setViewportSize({ width: 390, height: 844 });
    await dashboard.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await flows.logIn("JWT in memory");
    await openExchange(dashboard);
    expect(await faultsIn[colorScheme](dashboard)).toEqual([]);
    await dashboard.goto("/memory-jwt");
    const card = dashboard.getByRole("region", { name: "access token, taken apart" });
    await card.getByRole("button", { name: "Make me admin" }).click();
    await card.getByRole("button", { name: "Send it", exact: true }).click();
    await expect(card.getByRole("status")).toContainText("at signature");
    expect(await faultsIn[colorScheme](dashboard)).toEqual([]);
    await dashboard.goto("/there/is/no/such/page");
    await expect(dashboard.getByRole("heading", { level: 1 })).toHaveText("There is no page at this address");
    expect(await faultsIn[colorScheme](dashboard)).toEqual([]);
  });
}

async function openExchange(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Exchanges" }).getByRole("button", { expanded: false }).first().click();
  await expect(page.getByRole("list", { name: /^Steps of/ })).toBeVisible();
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in a running race and in a stopped one, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openLive(page, "/race?lane=cookie/signed&lane=memory-jwt/rotating");
    await page.getByRole("button", { name: "Start the race" }).click();
    const copies = page.getByRole("list", { name: "Copies" });
    await expect(copies).toContainText("REVOKED");
    await expect(copies).toContainText("STILL IN");
    expect(await faultsIn[colorScheme](page)).toEqual([]);
    await page.getByRole("button", { name: / more$/ }).click();
    expect(await faultsIn[colorScheme](page, "main")).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Stop the race" }).click();
    await expect(page.getByRole("region", { name: "What happened" })).toBeVisible();
    expect(await faultsIn[colorScheme](page)).toEqual([]);
  });
}

test("a person can log in and log out with the keyboard alone", async ({ dashboard, flows }) => {
  const login = flows.column("Cookie").getByRole("button", { name: "Log in", exact: true });
  await login.focus();
  await dashboard.keyboard.press("Enter");
  await expect(flows.state("Cookie")).toHaveText("alice accepted");
  await dashboard.keyboard.press("Tab");
  await dashboard.keyboard.press("Tab");
  await expect(flows.column("Cookie").getByRole("button", { name: "Log out" })).toBeFocused();
  await dashboard.keyboard.press("Space");
  await expect(flows.state("Cookie")).toHaveText("not logged in");
});
