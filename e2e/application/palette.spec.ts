import type { Locator, Page } from "@playwright/test";
import { faultsIn } from "../fixtures/axe.ts";
import { expect, openLabMenu, openReady, test } from "../fixtures/test.ts";

const paletteOf = (page: Page): Locator => page.getByRole("dialog", { name: "Find and keys" });
const fieldOf = (page: Page): Locator => paletteOf(page).getByRole("combobox");
const activeOf = (page: Page): Locator => paletteOf(page).getByRole("option", { selected: true });

/** Presses a key until the palette is there: a page listens once its effects have run, shortly after its buttons act. */
async function openPalette(page: Page, key: string): Promise<void> {
  await expect(async () => {
    if ((await paletteOf(page).count()) === 0) await page.keyboard.press(key);
    await expect(fieldOf(page)).toBeFocused({ timeout: 2000 });
  }).toPass();
}

test("Ctrl K loads the palette and opens it, typing finds a requirement, and Enter leads to it", async ({ page }) => {
  const scripts: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.text());
  });
  const withPalette = async () => (await Promise.all(scripts)).filter((text) => text.includes("Find and keys")).length;
  await openReady(page, "/words");
  expect(await withPalette()).toBe(0);
  await openPalette(page, "Control+k");
  expect(await withPalette()).toBe(1);
  await page.keyboard.type("asvs 7.4.1");
  await expect(activeOf(page)).toContainText("ASVS 7.4.1");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/conformance\/ASVS-7\.4\.1$/);
  await expect(paletteOf(page)).toHaveCount(0);
});

test("? opens the palette with the list of keys, arrow keys move its active entry, and Escape gives the focus back", async ({
  page,
}) => {
  await openReady(page, "/words");
  const link = page.getByRole("main").getByRole("link").first();
  await link.focus();
  await openPalette(page, "?");
  await expect(paletteOf(page).getByRole("region", { name: "Keys" })).toContainText("⌘ K");
  await expect(activeOf(page)).toContainText("Dashboard");
  await page.keyboard.press("ArrowDown");
  await expect(activeOf(page)).toContainText("Who still gets in?");
  const id = await activeOf(page).getAttribute("id");
  await expect(fieldOf(page)).toHaveAttribute("aria-activedescendant", id ?? "");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(activeOf(page)).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(paletteOf(page)).toHaveCount(0);
  await expect(link).toBeFocused();
});

test("a variant and a word are found, and lead to the variant on its page and to the definition", async ({ page }) => {
  await openReady(page, "/words");
  await openPalette(page, "?");
  await page.keyboard.type("memory denylist");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/memory-jwt\?variant=memory-jwt\/denylist$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await openPalette(page, "Control+k");
  await page.keyboard.type("sealed");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/words#sealed$/);
});

test("no key is taken while somebody types in a field or has a dialog open, and ? can be turned off", async ({
  page,
}) => {
  await openReady(page, "/cookies");
  const field = page.getByRole("main").getByRole("textbox").first();
  await field.fill("");
  await field.press("?");
  await field.press("Control+k");
  await expect(field).toHaveValue("?");
  await expect(paletteOf(page)).toHaveCount(0);

  await page.getByRole("heading", { level: 1 }).click();
  await openPalette(page, "?");
  await page.keyboard.press("?");
  await expect(fieldOf(page)).toHaveValue("?");
  await paletteOf(page).getByRole("checkbox", { name: "The key ? opens this" }).uncheck();
  await page.keyboard.press("Escape");
  // A field that is only hidden keeps the focus for a moment, and with it the keys.
  await expect(fieldOf(page)).not.toBeAttached();
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  // Only the second key opened it: its field is empty.
  await expect(fieldOf(page)).toHaveValue("");
  await expect(page.getByRole("dialog")).toHaveCount(1);
});

test("the lab's menu opens the palette, and what finds nothing says so", async ({ dashboard }) => {
  const header = await openLabMenu(dashboard);
  await header.getByRole("button", { name: "Find and keys" }).click();
  await fieldOf(dashboard).fill("no such thing");
  await expect(paletteOf(dashboard).getByRole("status")).toHaveText("Nothing found");
  await expect(fieldOf(dashboard)).toHaveAttribute("aria-expanded", "false");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in the palette, empty and with what was found, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openReady(page, "/words");
    await openPalette(page, "?");
    await expect(activeOf(page)).toBeVisible();
    expect(await faultsIn[colorScheme](page, "dialog")).toEqual([]);
    await fieldOf(page).fill("token");
    await expect(activeOf(page)).toContainText("token");
    expect(await faultsIn[colorScheme](page, "dialog")).toEqual([]);
  });
}
