import type { Page } from "@playwright/test";
import { entries, dashboard as first, type HeaderPage, labPages } from "../../app/_header/header-pages.ts";
import { flows as modules } from "../../lib/flows/registry.ts";
import { faultsIn } from "../fixtures/axe.ts";
import { expect, liveState, openLabMenu, openLive, test } from "../fixtures/test.ts";

const menus: readonly { readonly title: string; readonly pages: readonly Pick<HeaderPage, "href" | "title">[] }[] = [
  { title: "Flows", pages: modules.map(({ manifest: { id, title } }) => ({ href: `/${id}`, title })) },
  ...entries.flatMap((entry) => ("pages" in entry ? [entry] : [])),
];

const titles = [first.title, "Flows", ...entries.map(({ title }) => title)];

/** Waits for the page that a link leads to. It may add its own query. */
const arrivalAt = (page: Page, href: string) => page.waitForURL(({ pathname }) => pathname === href);

const barOf = (page: Page) => page.getByRole("banner").getByRole("navigation", { name: "Pages" });

for (const width of [1280, 1440]) {
  test(`at ${width} pixels the header is one row of 48 pixels, also with changed settings and a moved clock`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.request.post("/api/lab/clock", { data: { advanceSeconds: 90_000 } });
    await page.request.patch("/api/lab/settings", { data: { parallelLogins: 1 } });
    await openLive(page, "/audit");
    await expect(page.getByRole("link", { name: "1 setting changed" })).toBeVisible();
    await expect(barOf(page).locator(":scope > ul > li > :is(a, button)")).toHaveText(titles);
    // The line below it is its border.
    expect((await page.getByRole("banner").boundingBox())?.height).toBe(49);
    const [bar, lab] = await Promise.all([
      barOf(page).boundingBox(),
      page.getByRole("link", { name: "1 setting changed" }).boundingBox(),
    ]);
    expect((bar?.x ?? 0) + (bar?.width ?? 0)).toBeLessThan(lab?.x ?? 0);
  });
}

test("each page that the header lists is there, and the header marks it and its menu", async ({ page }) => {
  test.setTimeout(180_000);
  // The links lead from page to page, which takes less than to load each.
  await openLive(page, first.href);
  for (const { href, title } of labPages) {
    await (await openLabMenu(page)).getByRole("link", { name: title }).click();
    await arrivalAt(page, href);
    await expect(liveState(page)).toBeVisible();
    await expect((await openLabMenu(page)).getByRole("link", { name: title })).toHaveAttribute("aria-current", "page");
    await page.keyboard.press("Escape");
  }
  for (const { title, pages } of menus) {
    const button = barOf(page).getByRole("button", { name: title });
    for (const { href } of pages) {
      const link = barOf(page).locator(`a[href="${href}"]`);
      await button.click();
      await link.click();
      await arrivalAt(page, href);
      // A lesson is shown to a room, and has no bar of the application.
      if (href.startsWith("/lesson/")) {
        await expect(page.getByRole("button", { name: "Begin" })).toBeVisible();
        await page.goBack();
        continue;
      }
      await expect(button).toHaveAttribute("aria-current", "true");
      await button.click();
      await expect(link).toHaveAttribute("aria-current", "page");
      await expect(barOf(page).locator("[aria-current=page]")).toHaveCount(1);
      await page.keyboard.press("Escape");
    }
  }
});

test("a menu of the header is opened, walked and left with the keyboard, and closes at the page that it led to", async ({
  page,
}) => {
  await openLive(page, "/audit");
  const button = barOf(page).getByRole("button", { name: "Compare" });
  await button.focus();
  await page.keyboard.press("Enter");
  const link = barOf(page).getByRole("link", { name: "Conformance" });
  await expect(link).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(link).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  for (const name of ["Variants", "Bench", "Conformance"]) {
    await page.keyboard.press("Tab");
    await expect(barOf(page).getByRole("link", { name })).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/conformance");
  await expect(link).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in the header's menus, in a row and at a phone's width, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openLive(page, "/audit");
    for (const { title } of menus) {
      await barOf(page).getByRole("button", { name: title }).click();
      expect(await faultsIn[colorScheme](page, "header"), title).toEqual([]);
    }
    await openLabMenu(page);
    expect(await faultsIn[colorScheme](page, "header"), "lab").toEqual([]);
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "Menu" }).click();
    for (const { pages } of menus) {
      for (const { href } of pages) await expect(barOf(page).locator(`a[href="${href}"]`)).toBeVisible();
    }
    expect(await faultsIn[colorScheme](page, "header"), "phone").toEqual([]);
  });
}
