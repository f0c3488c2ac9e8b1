import { readFile } from "node:fs/promises";
import { flows as modules } from "../lib/flows/registry.ts";
import { experiments } from "../lib/lab/experiments.ts";
import { expect, test } from "./fixtures/test.ts";

const variants = modules.flatMap(({ manifest }) => manifest.variants.map(({ id }) => id));
const cells = variants.length * experiments.length;

test.describe("the matrix", () => {
  // A column is some twenty cells, each with passwords to verify.
  test.setTimeout(120_000);

  test("shows every claim before anything is played, and says that it is one", async ({ page }) => {
    await page.goto("/who-still-gets-in");
    await expect(page.getByRole("status").first()).toContainText(`0 of ${cells} cells played here.`);
    for (const { title } of experiments) {
      await expect(page.getByRole("rowheader").getByText(title, { exact: true })).toBeVisible();
    }
    await expect(
      page.getByRole("button", {
        name: "Logout, memory-jwt/rotating: access still in, 15 min; refresh REVOKED; claimed",
      }),
    ).toBeVisible();
  });

  test("plays a column for real, keeps it over a reload, and hands it out as CSV", async ({ page }) => {
    await page.goto("/who-still-gets-in");
    await page.getByRole("button", { name: "Play the column of server-session/sql" }).click();
    const status = page.getByRole("status").first();
    await expect(status).toContainText(`${experiments.length} of ${cells} cells played here.`, { timeout: 90_000 });
    await expect(status).toContainText("Each of them as claimed.");
    await expect(
      page.getByRole("button", { name: "Logout, server-session/sql: access REVOKED; as claimed" }),
    ).toBeVisible();
    await page.reload();
    await expect(status).toContainText(`${experiments.length} of ${cells} cells played here.`);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV" }).click();
    const text = await readFile(await (await download).path(), "utf8");
    expect(text).toContain("server-session/sql,replay-after-logout,access,silent,REVOKED,at-once");
  });

  test("opens a cell into its script, both thieves, and every exchange that proves it", async ({ page }) => {
    await page.goto("/who-still-gets-in?flow=cookie");
    await page.getByRole("button", { name: /^Logout, cookie\/sealed:/ }).click();
    const sheet = page.getByRole("dialog");
    await expect(sheet).toContainText("Somebody copied the credential. Its owner logs out.");
    await expect(sheet.getByRole("row", { name: /looks once/ })).toContainText("not played");
    expect(new URL(page.url()).search).toBe("?flow=cookie&variant=cookie/sealed&experiment=replay-after-logout");
    await sheet.getByRole("button", { name: "Play it and show every exchange" }).click();
    await expect(sheet).toContainText("Played again just now, as claimed", { timeout: 60_000 });
    await expect(sheet.getByRole("row", { name: /looks once/ })).toContainText(
      "accepted 29 min 55 s after the login, refused 30 min 2 s after it",
    );
    await expect(sheet.getByRole("row", { name: /keeps using it/ })).toContainText("to its absolute end (8 h)");
    await sheet.getByText("access, 1802 s after the login").click();
    const late = sheet.getByRole("group").filter({ hasText: "access, 1802 s after the login" });
    await expect(late.getByText("GET me")).toBeVisible();
    await expect(late.getByText("EXPIRED")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    expect(new URL(page.url()).search).toBe("?flow=cookie");
  });

  test("can be stopped, keeps what was played, and goes on with the rest", async ({ page }) => {
    await page.goto("/who-still-gets-in");
    await page.getByRole("button", { name: `Play all ${cells} cells` }).click();
    const status = page.getByRole("status").first();
    await expect(status).toContainText(/[1-9]\d* of \d+ cells played, /, { timeout: 60_000 });
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(status).toContainText("Stopped; what was played is kept.");
    await page.getByRole("button", { name: /^Play the other \d+$/ }).click();
    await expect(status).toContainText(/[1-9]\d* of \d+ cells played, /, { timeout: 60_000 });
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(status).toContainText("Stopped; what was played is kept.");
  });

  test("is where a link says: the thief, the flow and the cell", async ({ page }) => {
    await page.goto("/who-still-gets-in?thief=active&flow=hybrid&variant=hybrid/gateway&experiment=second-node");
    await expect(page.getByRole("dialog")).toContainText("Second node asked against hybrid/gateway");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("radio", { name: "keeps using it" })).toBeChecked();
    await expect(page.getByRole("columnheader", { name: /SQL/ })).toHaveCount(0);
  });

  test("is no wider than a phone: it scrolls in its own frame", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/who-still-gets-in");
    await expect(page.getByRole("region", { name: "Matrix" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
