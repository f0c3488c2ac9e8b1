import { expect, openLive, test } from "../fixtures/test.ts";

test("a choice counts for the next login, stays in sight, and goes back to the usual", async ({ page, context }) => {
  await openLive(page, "/server-session");
  const settings = page.getByRole("region", { name: "Settings", exact: true });
  await expect(settings).toContainText("All settings have their default.");
  const pill = page.getByRole("link", { name: /changed$/ });
  await expect(pill).toHaveCount(0);

  await settings.getByText("Cookies", { exact: true }).click();
  await settings.getByLabel("SameSite").selectOption({ label: "Strict" });
  await expect(pill).toHaveText("1 setting changed");
  await settings.getByLabel("Prefix of the name").selectOption({ label: "__Host-Http-" });
  await expect(pill).toHaveText("2 settings changed");
  await expect(settings.getByRole("region", { name: "Changed settings" })).toContainText("__Host-Http-");

  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
  const sid = (await context.cookies()).find(({ name }) => name.endsWith("sid"));
  expect(sid).toMatchObject({ name: "__Host-Http-sid", sameSite: "Strict" });
  // Under its other name it is the flow's cookie all the same.
  await expect(page.getByRole("region", { name: "Browser, wire, server" })).toContainText("In the cookie jar");
  await expect(page.getByRole("region", { name: "Set-Cookie" })).toContainText("__Host-Http-sid");

  await settings.getByRole("button", { name: "All back to the default" }).click();
  await expect(settings).toContainText("All settings have their default.");
  await expect(pill).toHaveCount(0);
  // As usual means exactly the flow's own name: a login under another one would not keep its promise.
  await expect(page.getByTestId("login-state")).toHaveText("not logged in");
});

test("what a page asks by itself waits until a choice has taken effect", async ({ page }) => {
  test.setTimeout(60_000);
  await openLive(page, "/server-session");
  const settings = page.getByRole("region", { name: "Settings", exact: true });
  await settings.getByText("Cookies", { exact: true }).click();
  await settings.getByLabel("Prefix of the name").selectOption({ label: "__Host-Http-" });
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
  // Between the choice and the page's knowledge of it: long enough to ask for the history, were it asked for.
  await page.route("**/api/lab", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  const refused: string[] = [];
  page.on("response", (answer) => answer.status() === 401 && refused.push(answer.url()));
  // This ends the login, so whoever asks with it now is refused.
  await settings.getByRole("button", { name: "Prefix of the name back to the default" }).click();
  await expect(page.getByTestId("login-state")).toHaveText("not logged in");
  // News from elsewhere: the page reads once more, as late, and in that time would ask for the history anew.
  const reading = page.waitForResponse("**/api/lab");
  await page.request.get("/api/server-session/me");
  await (await reading).finished();
  await expect(page.getByTestId("login-state")).toHaveText("not logged in");
  expect(refused).toEqual([]);
});

test("any value can be typed, and one that cannot be is refused with its sentence", async ({ page, expectStatus }) => {
  expectStatus(422);
  await openLive(page, "/server-session");
  const settings = page.getByRole("region", { name: "Settings", exact: true });
  await settings.getByText("Lifetimes", { exact: true }).first().click();
  await settings.getByLabel("Remembered for").selectOption({ label: "another…" });
  const days = settings.getByRole("textbox", { name: "Remembered for, in days" });
  await days.fill("401");
  await days.press("Enter");
  await expect(settings).toContainText("rememberedDays");
  await days.fill("12");
  await days.press("Enter");
  await expect(settings.getByRole("region", { name: "Changed settings" })).toContainText("12 days");
});

test("what does nothing to a flow stands apart from what does", async ({ page }) => {
  await page.goto("/cookie");
  const settings = page.getByRole("region", { name: "Settings", exact: true });
  await expect(settings.getByText("Cookies", { exact: true })).toBeVisible();
  await expect(settings.getByText("Records", { exact: true })).toHaveCount(0);
  await settings.getByText("Nothing to Cookie", { exact: true }).click();
  await expect(settings.getByLabel("Logins at once")).toBeVisible();
});
