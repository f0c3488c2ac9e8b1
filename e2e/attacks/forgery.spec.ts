import { expect, openLive, test } from "../fixtures/test.ts";

test("every forged token is refused with its code and its line, and most get by a verifier with a known mistake", async ({
  page,
}) => {
  await openLive(page, "/attacks/forgery");
  await expect(page.getByText("not played yet").first()).toBeVisible();
  await page.getByRole("button", { name: "Forge and send them" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/^Rotating refresh refused all \d+ forgeries\./);
  const none = page.getByRole("listitem").filter({ hasText: "A token that says alg none and has no signature" });
  await expect(none).toContainText("GETS IN A verifier that takes the algorithm from the token's header");
  await expect(none).toContainText("refused 401 INVALID_CREDENTIAL at algorithm");
  await none.getByText("changed: header, payload, signature").click();
  await expect(none).toContainText('alg "EdDSA" → "none"');
  await none.getByRole("link", { name: /^jose-verify\.ts:\d+$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("lib/adapters/jose-verify.ts");
});

test("a plain cookie that names somebody else gets in, and the page raises the alarm", async ({ page }) => {
  await openLive(page, "/attacks/forgery?variant=cookie/plain");
  await page.getByRole("button", { name: "Forge and send them" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("One got in.");
  await expect(page.getByRole("listitem").filter({ hasText: "Plain state with another person" })).toContainText(
    "GETS IN 200",
  );
});

test("beside a credential any case of the table can be chosen and sent", async ({ page, expectStatus }) => {
  expectStatus(401);
  await openLive(page, "/memory-jwt");
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
  const card = page.getByRole("region", { name: "access token, taken apart" });
  await card.getByRole("combobox", { name: "Forge" }).selectOption({ label: "A kid that is a path opens no file" });
  await expect(card.getByRole("textbox", { name: /^header/ })).toHaveValue(/"kid": "\.\.\/\.\.\/dev\/null"/);
  await expect(card).toContainText("RFC 8725 §3.10; made from the credential alone.");
  await card.getByRole("button", { name: "Send it", exact: true }).click();
  await expect(card.getByRole("status")).toContainText("401 INVALID_CREDENTIAL at algorithm");
});
