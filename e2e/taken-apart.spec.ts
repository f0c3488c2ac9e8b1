import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";

async function open(page: Page, flow: string, variant?: string): Promise<Locator> {
  await page.goto(`/${flow}`);
  await expect(page.getByText("live", { exact: true })).toBeVisible();
  if (variant)
    await page.getByRole("radio", { name: new RegExp(`^${variant} (safe|limited|unsafe)`) }).check({ force: true });
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
  return page.getByRole("region", { name: /^(access token|__Host-login|__Host-sid|__Host-hybrid), taken apart$/ });
}

const cases = [
  ["memory-jwt", undefined, "Make me admin", "401 INVALID_CREDENTIAL at signature"],
  ["memory-jwt", undefined, "alg: none", "401 INVALID_CREDENTIAL at algorithm"],
  ["memory-jwt", undefined, "Another lab’s", "401 INVALID_CREDENTIAL at lab"],
  ["hybrid", undefined, "Flip one character", "401 INVALID_CREDENTIAL at signature"],
  ["cookie", "Signed", "Expire it", "401 INVALID_CREDENTIAL at signature"],
  ["cookie", "Sealed", "Flip one character", "401 INVALID_CREDENTIAL at seal"],
  ["server-session", undefined, "Flip one character", "401 INVALID_CREDENTIAL at look-up"],
] as const;

for (const [flow, variant, preset, refusal] of cases) {
  test(`${variant ?? flow}, ${preset}: the server stops, and the page marks the step`, async ({
    page,
    expectStatus,
  }) => {
    expectStatus(401);
    const card = await open(page, flow, variant);
    await card.getByRole("button", { name: preset }).click();
    await expect(card.getByRole("status")).toContainText("only encoded again");
    await card.getByRole("button", { name: "Send it", exact: true }).click();
    await expect(card.getByRole("status")).toContainText(refusal);
    await expect(card.getByRole("listitem").filter({ hasText: "refused" })).toHaveCount(1);
    // The login itself is as it was.
    await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
    await expect(page.getByRole("region", { name: "What happened" })).toContainText("stops here");
  });
}

test("a plain cookie makes anybody admin", async ({ page }) => {
  const card = await open(page, "cookie", "Plain");
  await card.getByRole("button", { name: "Make me admin" }).click();
  await card.getByRole("button", { name: "Send it", exact: true }).click();
  await expect(card.getByRole("status")).toContainText("Accepted as alice, admin");
});

test("a claim can be edited by hand, and the server is asked for real", async ({ page, expectStatus }) => {
  expectStatus(401);
  const card = await open(page, "memory-jwt");
  await card.getByRole("button", { name: "Edit it" }).click();
  const payload = card.getByLabel("payload, as JSON");
  await payload.fill((await payload.inputValue()).replace('"Alice"', '"Mallory"'));
  const asked = page.waitForRequest("**/api/memory-jwt/me");
  await card.getByRole("button", { name: "Send it", exact: true }).click();
  const [, claims = ""] = ((await asked).headers()["authorization"] ?? "").split(".");
  expect(Buffer.from(claims, "base64url").toString()).toContain('"Mallory"');
  await expect(card.getByRole("status")).toContainText("at signature");
});

test("as it was issued it is accepted, with every step of the check", async ({ page }) => {
  const card = await open(page, "memory-jwt");
  await card.getByRole("button", { name: "Send it as it is" }).click();
  await expect(card.getByRole("status")).toContainText("Accepted as alice, user");
  await expect(card.getByRole("listitem").filter({ hasText: "yes" })).toHaveCount(17);
});
