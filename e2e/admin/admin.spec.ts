import type { BrowserContext } from "@playwright/test";
import { Flows } from "../fixtures/flows.ts";
import { expect, liveState, openLive, openReady, test } from "../fixtures/test.ts";

/** Logs alice in without a page, by a request with that browser's cookies and user agent. */
async function logInByRequest({ request }: BrowserContext, flow: string): Promise<void> {
  const data = { username: "alice", password: "alice-likes-tea" };
  expect((await request.post(`/api/${flow}/login`, { data })).status()).toBe(200);
}

test("after an admin ended alice's login, her next request is refused with REVOKED", async ({
  dashboard,
  flows,
  expectStatus,
  secondDevice,
}) => {
  expectStatus(401);
  await flows.logIn("Server session");

  const page = await (await secondDevice()).newPage();
  await page.goto("/admin");
  await expect(page.getByText("No admin is logged in here")).toBeVisible();
  await page.getByRole("button", { name: "Log in as admin" }).click();

  const alice = page.getByRole("region", { name: "alice" });
  await expect(alice).toContainText("1 live login");
  await alice.getByRole("button", { name: /^End: alice, sql/ }).click();
  await expect(page.getByText("End: 1 login of alice ended")).toBeVisible();
  await expect(alice).toContainText("no live login");
  await flows.press("Server session", "Send");
  await expect(flows.column("Server session")).toContainText("REVOKED");
  await expect(flows.state("Server session")).toHaveText("refused REVOKED");
  await expect(liveState(dashboard)).toBeVisible();
});

test("the admin page follows logins in other tabs, and names the flows that it cannot list", async ({
  context,
  dashboard,
  flows,
}) => {
  const page = await context.newPage();
  await openReady(page, "/admin");
  await page.getByRole("button", { name: "Log in as admin" }).click();
  const alice = page.getByRole("region", { name: "alice" });
  await expect(alice).toContainText("no live login");
  await flows.logIn("JWT in memory");
  await expect(alice).toContainText("1 live login");
  await expect(page.getByRole("region", { name: "Not in this list" })).toContainText("Cookie");
  await expect(page.getByRole("region", { name: "Live on the server" })).toContainText("refresh families in SQL");
  await expect(dashboard.getByTestId("login-state").first()).toHaveText("not logged in");
});

test("with cookies of two people the admin page is refused, and offers to log one of them out", async ({
  page,
  expectStatus,
}) => {
  expectStatus(409);
  await logInByRequest(page.context(), "cookie");
  await openReady(page, "/admin");
  await page.getByRole("button", { name: "Log in as admin" }).click();
  await expect(page.getByText("AMBIGUOUS_CREDENTIALS")).toBeVisible();
  await page.getByRole("button", { name: "Log alice out of this browser" }).click();
  await expect(page.getByText("Read as admin, by the cookies")).toBeVisible();
  await expect(new Flows(page).column("bob")).toContainText("no live login");
});

test("an admin disables and enables a person, and changes their role both ways", async ({ page }) => {
  await openReady(page, "/admin");
  await page.getByRole("button", { name: "Log in as admin" }).click();
  const bob = page.getByRole("region", { name: "bob" });
  await bob.getByRole("button", { name: "Disable: bob" }).click();
  await expect(bob.getByText("disabled", { exact: true })).toBeVisible();
  await bob.getByRole("button", { name: "Enable: bob" }).click();
  await expect(bob.getByText("disabled", { exact: true })).toHaveCount(0);
  await bob.getByRole("button", { name: "Make admin: bob" }).click();
  await expect(bob.getByRole("button", { name: "Make user: bob" })).toBeVisible();
});

test("the login history shows a login from another device with a warning", async ({ page, secondDevice }) => {
  await openLive(page, "/server-session");
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  const history = page.getByRole("region", { name: "Login history" });
  await expect(history.getByRole("listitem")).toHaveCount(1);
  const phone = await secondDevice({
    userAgent: "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0",
  });
  await logInByRequest(phone, "hybrid");
  await expect(history.getByRole("listitem")).toHaveCount(2);
  await expect(history.getByRole("listitem").first()).toContainText("Was this you?");
  await expect(history.getByRole("listitem").first()).toContainText("another login was live from");
});
