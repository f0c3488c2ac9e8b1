import { expect, test } from "../fixtures/test.ts";

test.use({ javaScriptEnabled: false, reuseContext: false });

test("every page says that scripts are off and what that means", async ({ page }) => {
  for (const path of ["/", "/cookie", "/who-still-gets-in", "/cookies", "/audit"]) {
    await page.goto(path);
    await expect(page.getByText("Scripts are off in this browser."), path).toBeVisible();
  }
});
