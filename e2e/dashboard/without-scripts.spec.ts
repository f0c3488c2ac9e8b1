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
