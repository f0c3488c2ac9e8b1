import { expect, openLive, test } from "../fixtures/test.ts";

test("each attack succeeds against limits with a mistake and is stopped by the right ones, alice gets in, and times are drawn", async ({
  page,
}) => {
  await openLive(page, "/attacks/guessing");
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("6 ways to guess at alice’s password.");
  await expect(page.getByText("not played yet").first()).toBeVisible();

  await page.getByRole("button", { name: "Guess at her password" }).click();
  await expect(heading).toHaveText("No guess got in, and alice was never locked out.", { timeout: 30_000 });
  const row = (title: string) => page.getByRole("listitem").filter({ hasText: title });
  const everywhere = row("Many addresses that try one name");
  await expect(everywhere).toContainText("SUCCEEDS 200");
  await expect(everywhere).toContainText("refused 429 TOO_MANY_REQUESTS, wait 30 s");
  await expect(everywhere).toContainText("100 of 200 hashed and compared");
  const herBrowser = row("Others’ failures refuse no right password");
  await expect(herBrowser).toContainText("SUCCEEDS 429 TOO_MANY_REQUESTS");
  await expect(herBrowser).toContainText("alice herself is locked out.");
  await expect(herBrowser).toContainText("alice gets in 200");
  await expect(page.getByRole("listitem").filter({ hasText: /^(30 s|1 h)$/ })).toHaveCount(3);

  await expect(page.getByText(/up to an hour .*from a new device she waits too/)).toBeVisible();

  await page.getByRole("button", { name: "Measure 40 logins" }).click();
  for (const name of ["alice, whom the lab has", "a name that nobody has"])
    await expect(page.getByRole("img", { name: new RegExp(`^20 logins by ${name}: half of them took`) })).toBeVisible();

  await everywhere.getByRole("link", { name: /^password-limits\.ts:\d+$/ }).click();
  await expect(heading).toHaveText("lib/http/password-attempts/password-limits.ts");
});
