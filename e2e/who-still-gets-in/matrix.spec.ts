import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { variants } from "../../lib/flows/registry.ts";
import { replayedOf } from "../../lib/lab/experiment.ts";
import { experiments } from "../../lib/lab/experiments.ts";
import type { MatrixNews } from "../../lib/lab/played-cells.ts";
import { violationsOfColours, violationsOn } from "../fixtures/axe.ts";
import { expect, openReady, test } from "../fixtures/test.ts";

/** All cells in which a client has a credential to replay. */
const cellsOf = (some: typeof variants) =>
  some.flatMap((variant) => experiments.filter((experiment) => replayedOf(experiment, variant).length > 0)).length;
const cells = cellsOf(variants);
const column = cellsOf(variants.filter(({ id }) => id === "server-session/sql"));

const controls = (page: Page) => page.getByRole("region", { name: "Play" });
/** Cells that came out as claimed. They have no mark. */
const calm = (page: Page) => page.locator('td[data-standing="as-claimed"]');

/** Answers the page's run with these lines, without playing cells. */
async function answerRuns(page: Page, news: readonly MatrixNews[]): Promise<void> {
  const body = news.map((line) => `${JSON.stringify(line)}\n`).join("");
  await page.route("**/api/lab/matrix", (route) =>
    route.request().method() === "POST"
      ? route.fulfill({ contentType: "application/x-ndjson", body })
      : route.continue(),
  );
}

const revoked = { credential: "access", outcome: "REVOKED", until: "at-once" } as const;
const exposed = { credential: "access", outcome: "exposed", until: "idle", authority: "current" } as const;
const playedCell = { variant: "server-session/sql", steps: [], milliseconds: 1, playedAt: "2026-01-01T00:00:00.000Z" };

test.describe("the matrix", () => {
  // A column has about twenty cells, and each verifies passwords.
  test.setTimeout(120_000);

  test("the matrix shows every claim before a cell is played, and marks it as a claim", async ({ page }) => {
    await page.goto("/who-still-gets-in?view=all");
    await expect(controls(page)).toContainText("Not played here yet: italics are claims.");
    await expect(controls(page)).toContainText(`Play all ${cells} cells`);
    for (const { title } of experiments) {
      await expect(page.getByRole("rowheader").getByText(title, { exact: true })).toBeVisible();
    }
    await expect(
      page.getByRole("button", {
        name: "Logout, memory-jwt/rotating: access still in, 15 min; refresh REVOKED; claimed, not played yet",
      }),
    ).toHaveCSS("font-style", "italic");
  });

  test("the matrix plays a column, keeps it over a reload, and offers it as CSV", async ({ page }) => {
    await openReady(page, "/who-still-gets-in?view=all");
    await page.getByRole("button", { name: "Play the column of server-session/sql" }).click();
    const played = `Played here: ${column} of ${cells} cells, each as claimed.`;
    await expect(controls(page)).toContainText(played, { timeout: 90_000 });
    await expect(controls(page).getByRole("status")).toHaveText(played);
    await expect(
      page.getByRole("button", { name: "Logout, server-session/sql: access REVOKED; as claimed" }),
    ).toBeVisible();
    await expect(calm(page)).toHaveCount(column);
    await page.getByRole("columnheader", { name: /SQL/ }).first().getByRole("link").click();
    await expect(page).toHaveURL(/server-session/);
    await page.goBack();
    await expect(controls(page)).toContainText(played);
    await page.reload();
    await expect(controls(page)).toContainText(played);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV" }).click();
    const text = await readFile(await (await download).path(), "utf8");
    expect(text).toContain("server-session/sql,replay-after-logout,access,silent,REVOKED,at-once");
  });

  test("an opened cell shows its script, both thieves and all exchanges", async ({ page }) => {
    await openReady(page, "/who-still-gets-in?flow=cookie");
    const logout = page.getByRole("button", { name: /^Logout, cookie\/sealed:/ });
    await logout.dblclick();
    const sheet = page.getByRole("dialog");
    await expect(sheet).toContainText("Somebody copied the credential. Its owner logs out.");
    await expect(sheet.getByRole("row", { name: /looks once/ })).toContainText("not played");
    await expect(page).toHaveURL("/who-still-gets-in?flow=cookie&variant=cookie/sealed&experiment=replay-after-logout");
    await sheet.getByRole("button", { name: "Play it and show every exchange" }).click();
    await expect(sheet).toContainText("Played again just now, as claimed", { timeout: 60_000 });
    await expect(sheet.getByRole("row", { name: /looks once/ })).toContainText(
      /accepted 29 min 5\d s after the login, refused 30 min \d+ s after it/,
    );
    await expect(sheet.getByRole("row", { name: /keeps using it/ })).toContainText("to its absolute end (8 h)");
    await page.setViewportSize({ width: 1440, height: 900 });
    const before = (await sheet.boundingBox())?.width ?? 0;
    await sheet.getByText("access, 1802 s after the login").click();
    const late = sheet.getByRole("group").filter({ hasText: "access, 1802 s after the login" });
    await expect(late.getByText("GET me")).toBeVisible();
    await expect(late.getByText("EXPIRED")).toBeVisible();
    // As wide as its proof needs: no edge cuts it, and it is never wider than the window.
    await late.getByRole("button", { expanded: false }).first().click();
    expect(await sheet.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    const wide = (await sheet.boundingBox())?.width ?? 0;
    expect(wide).toBeGreaterThan(before);
    expect(wide).toBeGreaterThanOrEqual(1120);
    expect(wide).toBeLessThanOrEqual(1440 - 32);
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await expect(logout).toBeFocused();
    await expect(page).toHaveURL(/experiment=replay-after-logout&cell=closed$/);
    // The table shows the proven result at once, and after a reload.
    await expect(page.getByRole("button", { name: /^Logout, cookie\/sealed: .*; as claimed$/ })).toBeVisible();
    await expect(controls(page)).toContainText(/Played here: 1 of \d+ cells, each as claimed\./);
    await page.reload();
    await expect(controls(page)).toContainText(/Played here: 1 of \d+ cells, each as claimed\./);
  });

  test("a stopped run keeps its cells, and the next run plays only the others", async ({ page }) => {
    await openReady(page, "/who-still-gets-in?view=all");
    await page.getByRole("button", { name: `Play all ${cells} cells` }).click();
    await expect(controls(page)).toContainText(/^Playing, .*Played here: [1-9]/, { timeout: 60_000 });
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(controls(page)).toContainText("Stopped. Played here: ");
    const kept = await calm(page).count();
    expect(kept).toBeGreaterThan(0);
    await expect(controls(page)).toContainText(`Played here: ${kept} of ${cells} cells, each as claimed.`);
    const answer = await page.request.get("/api/lab/matrix");
    expect((await answer.json()).cells).toHaveLength(kept);
    await page.reload();
    await expect(calm(page)).toHaveCount(kept);

    await page.getByRole("button", { name: `Play the other ${cells - kept}` }).click();
    await expect(page.getByRole("progressbar", { name: "Cells played" })).toHaveAttribute("max", `${cells - kept}`);
    await expect.poll(() => calm(page).count(), { timeout: 60_000 }).toBeGreaterThan(kept);
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(controls(page)).toContainText("Stopped. Played here: ");
  });

  test("cells are played for one tab at a time, and another tab says why it cannot", async ({
    page,
    context,
    expectStatus,
  }) => {
    expectStatus(429);
    const other = await context.newPage();
    await page.goto("/who-still-gets-in?view=all");
    await other.goto("/who-still-gets-in?view=all");
    const row = (tab: Page) => tab.getByRole("button", { name: "Play the row Logout", exact: true });
    await page.getByRole("button", { name: `Play all ${cells} cells` }).click();
    await expect(controls(page)).toContainText(/^Playing, .*Played here: [1-9]/, { timeout: 60_000 });
    await expect(row(page)).toHaveAttribute("aria-disabled", "true");
    await expect(row(page)).toHaveAccessibleDescription(/^Cells are being played\./);

    await row(other).click();
    await expect(other.getByRole("main").getByRole("alert")).toContainText("Cells are being played already.");
    for (const button of [row(other), other.getByRole("button", { name: /^Play (all|the other) \d+/ })]) {
      await expect(button).toHaveAttribute("aria-disabled", "true");
      await expect(button).toHaveAccessibleDescription("Another tab of this lab is playing cells.");
    }
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(controls(page)).toContainText("Stopped");
    await expect(row(other)).not.toHaveAttribute("aria-disabled", "true");
    await expect(calm(other)).toHaveCount(await calm(page).count());
  });

  test("a cell shows claim and observation where they differ, also if only the other thief's differ", async ({
    page,
  }) => {
    const differing = { ...playedCell, experiment: "replay-after-logout", expected: [revoked], holds: false };
    const ofOne = { ...playedCell, experiment: "password-change", expected: [revoked], holds: false };
    const observed = (["silent", "active"] as const).map((thief) => ({ ...revoked, thief }));
    const asClaimed = { ...playedCell, experiment: "revoke-this", expected: [revoked], holds: true, observed };
    await answerRuns(page, [
      { type: "begun", cells: 3 },
      { type: "cell", cell: asClaimed },
      {
        type: "cell",
        cell: {
          ...differing,
          observed: [
            { ...exposed, thief: "silent" },
            { ...exposed, thief: "active" },
          ],
        },
      },
      {
        type: "cell",
        cell: {
          ...ofOne,
          observed: [
            { ...revoked, thief: "silent" },
            { ...exposed, thief: "active" },
          ],
        },
      },
      { type: "done" },
    ]);
    await openReady(page, "/who-still-gets-in?flow=server-session");
    await page.getByRole("button", { name: "Play the column of server-session/sql" }).click();
    await expect(controls(page)).toContainText(/Played here: 3 of \d+ cells, 2 not as claimed\./);
    const cell = page.getByRole("button", {
      name: "Logout, server-session/sql: access still in, 30 min, claimed: REVOKED; not as claimed",
    });
    await expect(cell).toContainText("claimed: REVOKED");
    const others = page.getByRole("button", { name: /^Password changed, server-session\/sql: access REVOKED;/ });
    await expect(others).toHaveAccessibleName(
      /as claimed of this thief, not of the one who keeps using it: access still in, 30 min, claimed: REVOKED$/,
    );
    await expect(others).toContainText("other thief differs");
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    expect(await violationsOn(page, "main")).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    expect(await violationsOfColours(page, "main")).toEqual([]);
  });

  test("the result says which cells could not be judged, and does not call all as claimed", async ({ page }) => {
    const whose = { variant: "server-session/sql", experiment: "forge" } as const;
    const observed = (["silent", "active"] as const).map((thief) => ({ ...revoked, thief }));
    const cell = { ...playedCell, experiment: "replay-after-logout", expected: [revoked], holds: true, observed };
    await answerRuns(page, [
      { type: "begun", cells: 2 },
      { type: "cell", cell },
      { type: "failed", ...whose, reason: "the store was gone" },
      { type: "done" },
    ]);
    await openReady(page, "/who-still-gets-in?view=all");
    await page.getByRole("button", { name: "Play the column of server-session/sql" }).click();
    const unjudged = page.getByRole("list", { name: "Not judged" });
    await expect(unjudged).toHaveText("could not be judged: server-session/sql, forge: the store was gone");
    await expect(page.getByRole("main").getByRole("alert")).toHaveText("1 could not be judged.");
    await expect(controls(page).getByRole("status")).toHaveText(
      `Played here: 1 of ${cells} cells, each as claimed. 1 could not be judged.`,
    );
  });

  test("a cell that cannot be judged says why, in the matrix and on the flow's page", async ({ page }) => {
    const failed = { type: "failed", variant: "server-session/sql", experiment: "replay-after-logout" };
    const body = `${JSON.stringify({ ...failed, reason: "the store was gone" })}\n`;
    await page.route("**/api/lab/experiments/*", (route) =>
      route.fulfill({ contentType: "application/x-ndjson", body }),
    );
    await openReady(page, "/who-still-gets-in?variant=server-session/sql&experiment=replay-after-logout");
    await page.getByRole("button", { name: "Play it and show every exchange" }).click();
    await expect(page.getByRole("dialog")).toContainText("It could not be judged: the store was gone");
    await openReady(page, "/server-session?variant=server-session/sql");
    await page.getByRole("button", { name: "Verify now: Logout", exact: true }).click();
    await expect(page.getByText("could not be judged: the store was gone")).toBeVisible();
  });

  test("a link restores the matrix's thief, flow and open cell", async ({ page }) => {
    await openReady(page, "/who-still-gets-in?thief=active&flow=hybrid&variant=hybrid/gateway&experiment=second-node");
    await expect(page.getByRole("dialog")).toContainText("Second node asked against hybrid/gateway");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("radio", { name: "keeps using it" })).toBeChecked();
    await expect(page.getByRole("columnheader", { name: /SQL/ })).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Second node asked, hybrid\/gateway:/ })).toBeFocused();
  });

  test("on a phone the matrix scrolls in its own frame and does not widen the page", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/who-still-gets-in?view=all");
    await expect(page.getByRole("region", { name: "Matrix" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
