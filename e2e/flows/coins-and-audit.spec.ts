import { expect, openLive, test } from "../fixtures/test.ts";

test("a large transfer is refused until the person reauthenticates", async ({ page, expectStatus }) => {
  expectStatus(403);
  await openLive(page, "/server-session");
  const state = page.getByTestId("login-state");
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(state).toHaveText("alice accepted");
  const coins = page.getByRole("region", { name: "Coins" });
  await coins.getByRole("button", { name: "Transfer 10" }).click();
  await expect(coins).toContainText("10 to bob, 90 left");

  await page.request.post("/api/lab/clock", { data: { advanceSeconds: 600 } });
  await coins.getByRole("button", { name: "Transfer 60" }).click();
  await expect(coins).toContainText("REAUTHENTICATION_REQUIRED");
  await coins.getByRole("button", { name: "Reauthenticate" }).click();
  await expect(coins).toContainText("this login is fresh");
  await coins.getByRole("button", { name: "Transfer 60" }).click();
  await expect(coins).toContainText("60 to bob, 30 left");
  await expect(state).toHaveText("alice accepted");
});

test("the audit page shows events as they happen, without credentials", async ({ context, dashboard, flows }) => {
  const audit = await context.newPage();
  await audit.goto("/audit");
  await expect(audit.getByText("No events yet.", { exact: false })).toBeVisible();
  await flows.logIn("Server session");
  // A revocation of the own login deletes it.
  const cookie = (await context.cookies()).find(({ name }) => name === "__Host-sid")?.value ?? "";
  expect(cookie).not.toBe("");
  await flows.press("Server session", "Revoke all");
  const row = (type: string) => audit.getByRole("row").filter({ hasText: type });
  await expect(row("logged-in")).toContainText("alice");
  await expect(row("revoked")).toContainText("Server session");
  expect(await audit.content()).not.toContain(cookie);
  await expect(dashboard.getByTestId("login-state").nth(1)).toHaveText("not logged in");
});

test("a payment session pays a large amount without reauthentication, and ends with the login", async ({
  page,
  expectStatus,
}) => {
  expectStatus(401);
  await openLive(page, "/server-session");
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
  const card = page.getByRole("region", { name: "Payment session" });
  await card.getByRole("button", { name: "Open", exact: true }).click();
  await expect(card).toContainText("Open, ends in 14 min");
  await card.getByRole("button", { name: "Pay 60 to bob" }).click();
  await expect(card).toContainText("60 to bob, 40 left");
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await expect(page.getByTestId("login-state")).toHaveText("not logged in");
  await card.getByRole("button", { name: "Look at the payment session" }).click();
  await expect(card).toContainText("NO_CREDENTIAL");
});
