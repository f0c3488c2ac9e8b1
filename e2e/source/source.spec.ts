import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { flows as modules } from "../../lib/flows/registry.ts";
import { expect, openLive, test } from "../fixtures/test.ts";

const source = (page: Page) => page.getByRole("region", { name: "Source", exact: true });
const acted = (page: Page) => source(page).locator("[data-acted]");

for (const { manifest } of modules) {
  test(`the lines of ${manifest.id} that acted are marked at the same lines as in the source file`, async ({
    page,
  }) => {
    await openLive(page, `/${manifest.id}`);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await expect(page.getByTestId("login-state").last()).toContainText("alice accepted");
    await expect(acted(page)).not.toHaveCount(0);
    const path = await source(page).locator('section[aria-label^="lib/"]').getAttribute("aria-label");
    expect(path).toMatch(new RegExp(`^lib/flows/${manifest.id}/`));
    const file = (await readFile(path ?? "", "utf8")).split("\n");
    for (const line of await acted(page).all()) {
      const text = file[Number(await line.getAttribute("data-line")) - 1] ?? "nothing";
      await expect(line.locator("code")).toContainText(text.trim());
      expect(text).toMatch(/\w\??\.?\(/);
    }
  });
}

test("the line that refused is marked with the refusal's code", async ({ page, expectStatus }) => {
  expectStatus(401);
  await openLive(page, "/server-session");
  await page.getByRole("button", { name: "How to log in" }).click();
  await page.getByRole("textbox", { name: "Password" }).fill("wrong");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(source(page).getByText("← refused: BAD_CREDENTIALS")).toBeVisible();
  await expect(source(page).locator('[data-acted]:has-text("refused: BAD_CREDENTIALS") code')).toContainText(
    'refuse("BAD_CREDENTIALS")',
  );
});

test("a link to a file and a line scrolls the source view and not the page", async ({ page }) => {
  await openLive(page, "/cookie?source=lib/adapters/iron-encoding.ts#L20");
  await expect(source(page).getByRole("region", { name: "lib/adapters/iron-encoding.ts" })).toBeVisible();
  await expect(source(page).getByRole("link", { name: "iron-encoding.ts" })).toHaveAttribute("aria-current", "true");
  await source(page)
    .getByRole("button", { name: /^state\.ts/ })
    .click();
  await expect(source(page).getByRole("region", { name: "lib/flows/cookie/state.ts" })).toBeVisible();
});

test("two flows and two variants can be compared, and an unknown pair is answered with 404", async ({
  page,
  expectStatus,
}) => {
  expectStatus(404);
  await page.goto("/compare/cookie/hybrid");
  await expect(page).toHaveTitle("Cookie: Sealed and Hybrid: Allowlist · Loginscope");
  const flow = page.getByRole("region", { name: "flow.ts", exact: true });
  await flow.getByRole("link", { name: /^flow\.ts/ }).click();
  await expect(flow).toContainText("createHybridFlow");
  await page.goto("/compare/server-session/sql/server-session/redis");
  const settings = page.getByRole("region", { name: "Settings" });
  await expect(settings.getByRole("row", { name: "store sql redis" })).toBeVisible();
  await page.getByRole("combobox", { name: "Right" }).selectOption("server-session/memory");
  await expect(settings.getByRole("row", { name: "store sql memory" })).toBeVisible();
  for (const path of ["/compare/cookie/none", "/compare/cookie", "/compare/cookie/sealed/cookie/none"]) {
    expect((await page.goto(path))?.status()).toBe(404);
  }
});

test("a variant can be downloaded as a zip file", async ({ page }) => {
  await openLive(page, "/server-session");
  const download = page.waitForEvent("download");
  await source(page)
    .getByRole("link", { name: /^Take server-session\/\w+ away$/ })
    .click();
  expect((await download).suggestedFilename()).toMatch(/^loginscope-server-session-\w+\.zip$/);
});
