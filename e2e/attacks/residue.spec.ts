import { expect, test } from "@playwright/test";
import { findWholeChromium } from "../../scripts/chromium.ts";
import { withBackForwardCache } from "../fixtures/back-forward-cache.ts";
import { watchErrors } from "../fixtures/console-errors.ts";
import { expectAsRecorded, keepWords, playIn } from "./recorded-residue.ts";

test.use({ launchOptions: withBackForwardCache, reuseContext: false });

test("a play shows alice's balance in every way without a defence, in no way with all, and comes to what was recorded", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const untried = findWholeChromium() ? [] : ["back"];
  const description =
    "There is no whole Chromium here, whose shell has no back/forward cache: the back button was left out.";
  if (untried.length > 0) test.info().annotations.push({ type: "left out", description });
  // A Chromium with windows looks for an icon at /favicon.ico as well.
  const errors = watchErrors(page.context(), new Set([404]));

  await page.goto(`http://app.localhost:${new URL(baseURL ?? "").port}/attacks/residue`);
  await expect(page.locator("span:not([data-kind])", { hasText: /^live$/ }).first()).toBeVisible();
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  const window = await opened;
  await expect(page.getByText(/^Played here, in Chrome \d+/)).toBeVisible({ timeout: 240_000 });
  await expect.poll(() => window.isClosed()).toBe(true);
  expect(errors).toEqual([]);

  const play = playIn((await page.getByRole("link", { name: keepWords }).getAttribute("href")) ?? "");
  expect(play.restores).toBe(untried.length === 0);
  expectAsRecorded(play, untried);

  await expect(page.getByRole("region", { name: "A logout of every flow" }).getByText("Nothing is shown.")).toHaveCount(
    4,
  );
  const row = page.getByRole("row").filter({ hasText: "Open second tab" });
  await row.getByRole("button").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "After a logout, a tab that stayed open still shows alice’s balance.",
  );
});
