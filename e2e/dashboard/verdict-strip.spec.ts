import type { Page } from "@playwright/test";
import { expect, openLabMenu, test } from "../fixtures/test.ts";
import { wordsBelow } from "../fixtures/words-below.ts";

const copy = (page: Page, name: string) => page.getByTestId(`copy ${name}`);

test("in three clicks, without scrolling, the page says which copies still get in after a logout, and why", async ({
  dashboard,
}) => {
  await dashboard.getByRole("button", { name: "Log in with all four" }).click();
  await expect(dashboard.getByRole("heading", { level: 1 })).toHaveText("alice is in with all four");
  await expect(dashboard.getByText("A copy of each credential is kept")).toBeVisible();
  await dashboard.getByRole("button", { name: "Log out", exact: true }).first().click();
  await expect(dashboard.getByRole("heading", { level: 1 })).toHaveText(
    "alice logged out. Copies of the cookie and the access token still get in.",
  );
  const rows = {
    "cookie access": /STILL IN.*The server kept nothing, so it has nothing to end\./,
    "server-session access": /refused REVOKED.*The logout ended its row, and every request looks there\./,
    "memory-jwt access": /STILL IN.*The server believes the signature and asks nobody else\./,
    "memory-jwt refresh": /refused REVOKED.*The logout ended its family, and every refresh looks there\./,
    "hybrid access": /refused REVOKED.*Its signature is good, but the logout ended its row\./,
  };
  for (const [name, says] of Object.entries(rows)) {
    await expect(copy(dashboard, name)).toHaveText(says);
    await expect(copy(dashboard, name)).toBeInViewport({ ratio: 1 });
  }
  await expect(copy(dashboard, "memory-jwt refresh").getByRole("button", { name: "family" })).toBeVisible();
});

test("the page asks nothing while the server looks at the copies, and no exchange is listed for a look", async ({
  dashboard,
  flows,
}) => {
  await flows.logIn("Cookie");
  await flows.press("Cookie", "Log out");
  await expect(copy(dashboard, "cookie access")).toContainText("STILL IN");
  await expect(dashboard.getByText("POST logout").first()).toBeVisible();
  await dashboard.waitForTimeout(1000);
  const asked: string[] = [];
  dashboard.on("request", (request) => asked.push(request.url()));
  const left = copy(dashboard, "cookie access").getByText(/ left$/);
  const before = await left.textContent();
  await expect(left).not.toHaveText(before ?? "");
  expect(asked).toEqual([]);
});

test("a logout in one column starts that column's row, and the others go on", async ({ dashboard, flows }) => {
  await flows.logIn("Server session");
  await flows.logIn("Hybrid");
  await flows.press("Hybrid", "Log out");
  await expect(copy(dashboard, "hybrid access")).toContainText("refused REVOKED");
  await expect(copy(dashboard, "server-session access")).toContainText("not ended");
});

test("a new login moves the rows of the one before under earlier", async ({ dashboard, flows }) => {
  await flows.logIn("Cookie");
  await flows.press("Cookie", "Log out");
  await expect(copy(dashboard, "cookie access")).toContainText("STILL IN");
  await flows.logIn("Cookie");
  await expect(dashboard.getByText("A copy of each credential is kept")).toBeVisible();
  await dashboard.getByText("earlier (1)").click();
  await expect(copy(dashboard, "cookie access")).toContainText("STILL IN");
});

test("a plug that cannot be pulled says why until it can, and an admin's own computer does it", async ({
  dashboard,
  flows,
}) => {
  await dashboard.getByRole("button", { name: "Log out", exact: true }).first().click();
  await expect(dashboard.getByText("No login in this browser.")).toBeVisible();
  await flows.logIn("Cookie");
  await expect(dashboard.getByText("No login in this browser.")).toBeHidden();
  await flows.logIn("Server session");
  await dashboard.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(dashboard.getByText("Only an admin can do this to alice")).toBeVisible();
  await dashboard.getByRole("button", { name: "Do it as admin" }).click();
  await expect(copy(dashboard, "server-session access")).toContainText("refused REVOKED");
  await expect(copy(dashboard, "cookie access")).toContainText("STILL IN");
  const said = dashboard.getByRole("status").filter({ hasText: "alice is disabled now" });
  await expect(said).toContainText("Cookie still accepted");
  await expect(said).toContainText("Server session refused REVOKED");
  await expect(dashboard.getByRole("heading", { level: 1 })).toContainText("alice was disabled.");
});

test("a phone has a bar of its own in the row, and its login is ended alone by Revoke others, and by its own Log out", async ({
  dashboard,
  flows,
}) => {
  await flows.logIn("Server session");
  await dashboard.getByRole("button", { name: "and on a phone" }).click();
  await expect(dashboard.getByRole("region", { name: "Phone" })).toBeVisible();
  await dashboard.getByRole("button", { name: "Revoke", exact: true }).click();
  await dashboard.getByRole("button", { name: /^Revoke others Ends/ }).click();
  await expect(copy(dashboard, "server-session access")).toContainText("Safari on iOS, phone: refused REVOKED");
  await expect(flows.state("Server session")).toHaveText("alice accepted");
  const phone = dashboard.getByRole("region", { name: "Phone" });
  await phone.getByRole("button", { name: "Send" }).click();
  await expect(phone).toContainText("Server session refused REVOKED");
  await dashboard.getByRole("button", { name: "and on a phone" }).click();
  await expect(copy(dashboard, "server-session access")).not.toContainText("Safari on iOS, phone: refused");
  await phone.getByRole("button", { name: "Log out" }).click();
  await expect(phone).toBeHidden();
  await expect(copy(dashboard, "server-session access").first()).toContainText("Safari on iOS, phone: refused REVOKED");
  await expect(flows.state("Server session")).toHaveText("alice accepted");
});

test("a revocation that the server cannot make is asked all the same, and the copy still gets in", async ({
  dashboard,
  flows,
  expectStatus,
}) => {
  expectStatus(405);
  await flows.logIn("Cookie");
  await dashboard.getByRole("button", { name: "Revoke", exact: true }).click();
  await dashboard.getByRole("button", { name: /^Revoke all Ends/ }).click();
  await expect(copy(dashboard, "cookie access")).toContainText("STILL IN");
  await expect(dashboard.getByText("refused NOT_SUPPORTED")).toBeVisible();
});

test("in a room nothing on the dashboard is under 24 pixels, and the result and all rows fit one window", async ({
  dashboard,
}) => {
  await dashboard.setViewportSize({ width: 1920, height: 1080 });
  const menu = await openLabMenu(dashboard);
  await menu.getByRole("button", { name: "Room size" }).click();
  await dashboard.keyboard.press("Escape");
  await dashboard.getByRole("button", { name: "Log in with all four" }).click();
  await expect(dashboard.getByRole("heading", { level: 1 })).toHaveText("alice is in with all four");
  await dashboard.getByRole("button", { name: "Log out", exact: true }).first().click();
  for (const name of ["cookie access", "memory-jwt access", "hybrid access"])
    await expect(copy(dashboard, name)).toBeInViewport({ ratio: 1 });
  expect(await wordsBelow(dashboard, 24)).toEqual([]);
});
