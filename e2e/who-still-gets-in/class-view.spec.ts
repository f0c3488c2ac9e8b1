import type { Locator, Page } from "@playwright/test";
import { flows, variants } from "../../lib/flows/registry.ts";
import { replayedOf } from "../../lib/lab/experiment.ts";
import { experiments } from "../../lib/lab/experiments.ts";
import { faultsIn } from "../fixtures/axe.ts";
import { expect, openReady, test } from "../fixtures/test.ts";
import { wordsBelow } from "../fixtures/words-below.ts";

const path = "/who-still-gets-in";
const room = { width: 1920, height: 1080 };

function cell(page: Page, name: string): Locator {
  return page.getByRole("button", { name: new RegExp(`^${name}:`) });
}

const foot = (page: Page) => page.getByRole("region", { name: "Selected cell" });

/** The size that a class sees, from the first paint on. */
async function openInRoom(page: Page, address: string): Promise<void> {
  await page.setViewportSize(room);
  await page.addInitScript(() => localStorage.setItem("loginscope size", "room"));
  await openReady(page, address);
  await expect(page.locator("html")).toHaveAttribute("data-size", "room");
}

test("the page opens on the four defaults: five credentials by ten events, events that the server is never told of below a line", async ({
  page,
}) => {
  await page.goto(path);
  const table = page.getByRole("grid");
  for (const { manifest } of flows)
    await expect(table.getByRole("columnheader", { name: manifest.title, exact: true })).toBeVisible();
  await expect(table.getByRole("columnheader", { name: "access token believes a signature" })).toBeVisible();
  await expect(table.getByRole("columnheader", { name: "session id looks up a row" })).toBeVisible();
  await expect(table.locator("tbody tr")).toHaveCount(10);
  await expect(table.locator("tbody td")).toHaveCount(50);
  await expect(table.locator("tbody").last()).toHaveText(/^Server not toldClose the tab.*Clear browser data/);
});

test("the whole cell has the colour of how long a copy gets in, and a refusal has none", async ({ page }) => {
  await page.goto(path);
  const ground = (name: string) =>
    cell(page, name)
      .locator("[data-depth]")
      .evaluate((answer) => getComputedStyle(answer).backgroundColor);
  await expect(cell(page, "Log out, cookie/sealed")).toContainText("30 min");
  const grounds = [
    await ground("Log out, server-session/sql"),
    await page
      .getByRole("button", { name: /^Log out, memory-jwt\/rotating: access/ })
      .locator("[data-depth]")
      .evaluate((answer) => getComputedStyle(answer).backgroundColor),
    await ground("Log out, cookie/sealed"),
    await page
      .getByRole("button", { name: /^Restart the server, memory-jwt\/rotating: refresh/ })
      .locator("[data-depth]")
      .evaluate((answer) => getComputedStyle(answer).backgroundColor),
  ];
  expect(new Set(grounds).size).toBe(4);
  expect(grounds[0]).toBe("rgba(0, 0, 0, 0)");
});

test("after a lowered role a cell says which role the copy acts with", async ({ page }) => {
  await page.goto(path);
  await expect(cell(page, "Lower the role, cookie/sealed")).toContainText("old role");
  await expect(cell(page, "Lower the role, server-session/sql")).toContainText("new role");
});

test("the foot says why, with the full code, for the cell that the arrow keys select", async ({ page }) => {
  await openReady(page, path);
  await expect(foot(page)).toContainText(
    "Still in for 15 min. The server believes the signature and asks nobody else.",
  );
  await page.getByRole("button", { name: /^Log out, memory-jwt\/rotating: access/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: /^Log out, memory-jwt\/rotating: refresh/ })).toBeFocused();
  await expect(foot(page)).toContainText("Refused REVOKED");
  await page.keyboard.press("Control+Home");
  await expect(page.getByRole("link", { name: "Cookie", exact: true }).last()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(cell(page, "Log out, cookie/sealed")).toBeFocused();
  for (let row = 0; row < 5; row += 1) await page.keyboard.press("ArrowDown");
  await expect(cell(page, "Rotate the keys, cookie/sealed")).toBeFocused();
  await expect(cell(page, "Rotate the keys, cookie/sealed")).toContainText("INVALID…");
  await expect(foot(page)).toContainText("Refused INVALID_CREDENTIAL");
  await expect(cell(page, "Rotate the keys, cookie/sealed")).toHaveAccessibleDescription(/^Refused INVALID_CREDENTIAL/);
  await page.keyboard.press("End");
  await expect(cell(page, "Rotate the keys, hybrid/allowlist")).toBeFocused();
  await expect(page).toHaveURL(/variant=hybrid\/allowlist&experiment=keys-rotated&cell=closed$/);
});

test("the table is one tab stop, and Tab goes back to the cell that was selected", async ({ page }) => {
  await openReady(page, path);
  const grid = page.getByRole("grid");
  const stops = () =>
    grid.evaluate(
      (table) => [...table.querySelectorAll<HTMLElement>("a, button")].filter((each) => each.tabIndex === 0).length,
    );
  expect(await stops()).toBe(1);
  await cell(page, "Change password, cookie/sealed").click();
  expect(await stops()).toBe(1);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Show the proof" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(cell(page, "Change password, cookie/sealed")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(page.getByRole("button", { name: "Play the row Change password" })).toBeFocused();
  expect(await stops()).toBe(1);
});

test("Enter opens the selected cell, its sheet steps to the next one, and the focus returns to the last", async ({
  page,
}) => {
  await openReady(page, path);
  await cell(page, "Log out, cookie/sealed").click();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("heading")).toHaveText("Log out against cookie/sealed");
  await expect(sheet.getByRole("button", { name: "Previous cell" })).toHaveAttribute("aria-disabled", "true");
  const next = sheet.getByRole("button", { name: "Next cell" });
  await next.click();
  await expect(sheet.getByRole("heading")).toHaveText("Log out against server-session/sql");
  await expect(next).toBeFocused();
  for (let step = 0; step < 3; step += 1) await next.click();
  await expect(sheet.getByRole("heading")).toHaveText("End all logins against cookie/sealed");
  await expect(page).toHaveURL(`${path}?variant=cookie/sealed&experiment=replay-after-revoke-all`);
  await page.reload();
  await expect(sheet.getByRole("heading")).toHaveText("End all logins against cookie/sealed");
  await page.keyboard.press("Escape");
  await expect(cell(page, "End all logins, cookie/sealed")).toBeFocused();
});

test("a played row has no marks where it came out as claimed, and the others stay in italics", async ({ page }) => {
  test.setTimeout(120_000);
  await openReady(page, path);
  const claimed = cell(page, "Close the tab, cookie/sealed");
  await expect(claimed).toHaveCSS("font-style", "italic");
  await page.getByRole("row", { name: /Log out/ }).hover();
  await page.getByRole("button", { name: "Play the row Log out" }).click();
  const play = page.getByRole("region", { name: "Play" });
  await expect(play).toContainText("Played here: 5 of 50 cells, each as claimed.", { timeout: 90_000 });
  const played = cell(page, "Log out, cookie/sealed");
  await expect(played).toHaveCSS("font-style", "normal");
  await expect(played).not.toContainText("claimed:");
  await expect(claimed).toHaveCSS("font-style", "italic");
});

test("of two credentials that were played together only the one that differs is marked", async ({ page }) => {
  const thieves = ["silent", "active"] as const;
  const exposed = { outcome: "exposed", authority: "current" } as const;
  const cellOf = {
    ...{ variant: "memory-jwt/rotating", experiment: "replay-after-logout", expected: [], holds: false, steps: [] },
    ...{ milliseconds: 1, playedAt: "2026-01-01T00:00:00.000Z" },
    observed: thieves.flatMap((thief) => [
      { ...exposed, thief, credential: "access", until: "access" },
      { ...exposed, thief, credential: "refresh", until: "refresh" },
    ]),
  };
  const lines = [{ type: "begun", cells: 1 }, { type: "cell", cell: cellOf }, { type: "done" }];
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await page.route("**/api/lab/matrix", (route) =>
    route.request().method() === "POST"
      ? route.fulfill({ contentType: "application/x-ndjson", body })
      : route.continue(),
  );
  await openReady(page, path);
  await page.getByRole("button", { name: "Play all 50" }).click();
  const refresh = page.getByRole("button", { name: /^Log out, memory-jwt\/rotating: refresh/ });
  await expect(refresh).toContainText("claimed: REVOKED");
  await expect(refresh).toHaveCSS("outline-style", "solid");
  const access = page.getByRole("button", { name: /^Log out, memory-jwt\/rotating: access/ });
  await expect(access).toHaveAccessibleName(/as claimed$/);
  await expect(access).not.toContainText("claimed:");
  await refresh.click();
  await expect(foot(page)).toContainText("Measured: still in for 7 d");
});

test("all variants are one click further, drawn in pieces, and the browser's way back leads to the defaults", async ({
  page,
}) => {
  await openReady(page, path);
  await page.evaluate(() => {
    const pieces: number[] = [];
    Object.assign(window, { pieces });
    new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element);
      const cells = added.reduce((sum, node) => sum + node.querySelectorAll("tbody td").length, 0);
      if (cells > 0) pieces.push(cells);
    }).observe(document.querySelector(".matrix-page") ?? document.body, { childList: true, subtree: true });
  });
  await page.getByRole("link", { name: `All ${variants.length} variants` }).click();
  await expect(page).toHaveURL(`${path}?view=all`);
  await expect(page.locator("tbody[data-group='untold'] tr")).toHaveCount(3);
  const pieces = await page.evaluate(() => (window as unknown as { pieces: number[] }).pieces);
  expect(pieces.length).toBeGreaterThan(2);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(4 * variants.length);
  for (const { manifest } of flows)
    await expect(page.getByRole("columnheader", { name: manifest.title, exact: true })).toHaveAttribute(
      "colspan",
      `${manifest.variants.length}`,
    );
  await page.goBack();
  await expect(page.locator("tbody td")).toHaveCount(50);
  await expect(page).toHaveURL(path);
});

test("a page of all variants comes with every cell from the server", async ({ request }) => {
  const html = await (await request.get(`${path}?view=all`)).text();
  const cells = variants.flatMap((variant) =>
    experiments.filter((experiment) => replayedOf(experiment, variant).length > 0),
  );
  expect(html.match(/data-standing=/g)).toHaveLength(cells.length);
});

for (const address of [path, `${path}?variant=memory-jwt/rotating&experiment=password-change`, `${path}?view=all`]) {
  test(`at room size nothing on ${address} is smaller than 24 pixels, and the page's bars are gone`, async ({
    page,
  }) => {
    await openInRoom(page, address);
    await expect(page.locator("tbody[data-group='untold'] tr").last()).toContainText(/clear/i);
    expect(await wordsBelow(page, 24)).toEqual([]);
    await expect(page.getByRole("banner")).toBeHidden();
    // The way back.
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Desk size" }).click();
    await expect(page.getByRole("banner")).toBeVisible();
    expect((await wordsBelow(page, 24)).length).toBeGreaterThan(0);
  });
}

test("at room size the defaults fit a window of 1920 by 1080", async ({ page }) => {
  await openInRoom(page, path);
  const table = await page.getByRole("grid").boundingBox();
  const below = await page.locator(".matrix-foot").boundingBox();
  expect((table?.y ?? 0) + (table?.height ?? room.height)).toBeLessThanOrEqual(below?.y ?? 0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in either view and in an open cell, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openReady(page, `${path}?variant=cookie/sealed&experiment=password-change&thief=active`);
    expect(await faultsIn[colorScheme](page, "dialog")).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await faultsIn[colorScheme](page)).toEqual([]);
    await openReady(page, `${path}?view=all&thief=active`);
    await expect(page.locator("tbody[data-group='untold'] tr")).toHaveCount(3);
    expect(await faultsIn[colorScheme](page)).toEqual([]);
  });
}

test("on a phone the view for a class shows one flow, the others are a tap away", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openReady(page, path);
  await expect(cell(page, "Log out, cookie/sealed")).toBeHidden();
  await expect(page.getByRole("button", { name: /^Log out, memory-jwt\/rotating:/ }).first()).toBeVisible();
  await page.getByRole("group", { name: "Flow" }).getByText("Cookie").click();
  await expect(cell(page, "Log out, cookie/sealed")).toBeVisible();
  await expect(foot(page)).toContainText("Still in for 30 min.");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
