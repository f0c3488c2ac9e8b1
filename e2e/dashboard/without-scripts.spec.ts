import { expect, test } from "../fixtures/test.ts";

test("every page says that scripts are off and what that means", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  for (const path of ["/", "/cookie", "/who-still-gets-in", "/cookies", "/audit"]) {
    await page.goto(path);
    // Where scripts run, this is text and no element.
    const notice = page.locator("noscript > p");
    await expect(notice, path).toBeVisible();
    await expect(notice, path).toContainText("Scripts are off in this browser.");
  }
  await context.close();
});

test("without scripts the menus of the header open, and their links lead to their pages", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  await page.goto("/");
  await page.getByRole("button", { name: "Experiments" }).click();
  await page.getByRole("link", { name: "Refresh bench" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Refresh bench");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page).toHaveURL("/audit");
  await context.close();
});
