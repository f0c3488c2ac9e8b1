import type { Page } from "@playwright/test";
import { expect, openLive, test } from "../fixtures/test.ts";

/** The flow's own page, with a variant chosen for the next login. */
async function open(page: Page, variant: string): Promise<void> {
  await openLive(page, `/hybrid?variant=hybrid/${variant}`);
  await page
    .getByRole("region", { name: "Login", exact: true })
    .getByRole("button", { name: "Log in", exact: true })
    .click();
  await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
}

test("a request through the gateway shows both exchanges: outside a session id, inside a token", async ({ page }) => {
  await open(page, "gateway");
  const card = page.getByRole("region", { name: "Through the gateway" });
  await card.getByRole("button", { name: "Fetch orders" }).click();
  await expect(card).toContainText("the service answered in");
  await expect(card.getByRole("region", { name: "Outside" })).toContainText("GET /api/hybrid/orders");
  const inside = card.getByRole("region", { name: "Inside" });
  await expect(inside).toContainText("GET /api/services/orders");
  await expect(inside).toContainText(/Bearer eyJ.{1,3}…/);
  await card.getByRole("button", { name: "Reveal credentials" }).click();
  await expect(inside).toContainText(/Bearer eyJ[\w.-]{80}/);
  await expect(inside).not.toContainText("__Host-hybrid");
});

test("a login without a gateway says on the card that the gateway needs another variant", async ({ page }) => {
  await open(page, "allowlist");
  const card = page.getByRole("region", { name: "Through the gateway" });
  await expect(card).toContainText("only for a login with Gateway");
});

test("after a short token has ended the page offers a refresh, and the session id renews it", async ({
  context,
  page,
  expectStatus,
}) => {
  expectStatus(401);
  await open(page, "short-jwt");
  const login = page.getByRole("region", { name: "Login", exact: true });
  await page.request.post("/api/lab/clock", { data: { advanceSeconds: 900 } });
  await login.getByRole("button", { name: "Send" }).click();
  await expect(login).toContainText("EXPIRED");
  // Also after a reload, without a chosen variant.
  await openLive(page, "/hybrid");
  await login.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
  const names = (await context.cookies()).map(({ name }) => name);
  const ofTheEdge = ["__Host-lab", "__Host-known-device"];
  expect(names.filter((name) => !ofTheEdge.includes(name)).sort()).toEqual(["__Host-hybrid", "__Host-renewal"]);
});

test("a session checked by a session service works over HTTP, and the steps show the call", async ({ page }) => {
  await open(page, "introspected");
  await page.getByRole("region", { name: "Login", exact: true }).getByRole("button", { name: "Send" }).click();
  const drawn = page.getByRole("region", { name: "What happened" });
  await expect(drawn).toContainText("Session service");
  await expect(drawn).toContainText("whose session is this?");
});
