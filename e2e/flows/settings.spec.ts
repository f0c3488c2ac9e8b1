import { expect, openLive, test } from "../fixtures/test.ts";

test("a changed setting applies to the next login, is listed as changed, and can be set back to the default", async ({
  page,
  context,
}) => {
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
  // With another prefix it still counts as the flow's cookie.
  await expect(page.getByRole("region", { name: "Browser, wire, server" })).toContainText("In the cookie jar");
  await expect(page.getByRole("region", { name: "Set-Cookie" })).toContainText("__Host-Http-sid");

  await settings.getByRole("button", { name: "All back to the default" }).click();
  await expect(settings).toContainText("All settings have their default.");
  await expect(pill).toHaveCount(0);
  // With the default only the flow's own cookie name counts, so the login under the other name is gone.
  await expect(page.getByTestId("login-state")).toHaveText("not logged in");
});

test("the page's own requests wait until a changed setting has taken effect", async ({ page }) => {
  await openLive(page, "/server-session");
  const settings = page.getByRole("region", { name: "Settings", exact: true });
  await settings.getByText("Cookies", { exact: true }).click();
  await settings.getByLabel("Prefix of the name").selectOption({ label: "__Host-Http-" });
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
  // Delays the page's read after the choice, long enough for a request of the history, if it sent one.
  await page.route("**/api/lab", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  const refused: string[] = [];
  page.on("response", (answer) => answer.status() === 401 && refused.push(answer.url()));
  // This ends the login, so a request with it is refused.
  await settings.getByRole("button", { name: "Prefix of the name back to the default" }).click();
  await expect(page.getByTestId("login-state")).toHaveText("not logged in");
  // An exchange of another client makes the page read the lab again, as late, and it could request the history
  // meanwhile.
  const reading = page.waitForResponse("**/api/lab");
  await page.request.get("/api/server-session/me");
  await (await reading).finished();
  await expect(page.getByTestId("login-state")).toHaveText("not logged in");
  expect(refused).toEqual([]);
});

test("a setting takes a typed value, and shows the server's sentence for an invalid one", async ({
  page,
  expectStatus,
}) => {
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

test("settings without effect on a flow are listed apart from the others", async ({ page }) => {
  await page.goto("/cookie");
  const settings = page.getByRole("region", { name: "Settings", exact: true });
  await expect(settings.getByText("Cookies", { exact: true })).toBeVisible();
  await expect(settings.getByText("Records", { exact: true })).toHaveCount(0);
  await settings.getByText("No effect on Cookie", { exact: true }).click();
  await expect(settings.getByLabel("Logins at once")).toBeVisible();
});

test("of a flow's cookies at two Paths the browser sends both: the accepted one counts, and a logout deletes both", async ({
  page,
  context,
}) => {
  await page.goto("/cookies");
  const send = (method: string, path: string, body?: object) =>
    page.evaluate(
      async ([verb, address, text]) => {
        const headers = { "content-type": "application/json" };
        const answer = await fetch(address, { method: verb, ...(text !== "" && { headers, body: text }) });
        return answer.status;
      },
      [method, path, body ? JSON.stringify(body) : ""] as const,
    );
  const choose = (cookies: object) => send("PATCH", "/api/lab/settings", { cookies });
  const logIn = () => send("POST", "/api/server-session/login", { username: "alice", password: "alice-likes-tea" });
  const held = async () => (await context.cookies()).filter(({ name }) => name === "sid");

  await choose({ prefix: "", path: "/api" });
  expect(await logIn()).toBe(200);
  const [old] = await held();
  if (!old) throw new Error("The browser did not keep the first cookie");
  await choose({ path: null });
  expect(await logIn()).toBe(200);
  expect((await held()).map(({ path }) => path)).toEqual(["/"]);

  // As if the answer that deleted it was lost.
  await context.addCookies([old]);
  expect(await held()).toHaveLength(2);
  expect(await send("GET", "/api/server-session/me")).toBe(200);
  expect(await send("POST", "/api/server-session/logout")).toBe(204);
  expect(await held()).toEqual([]);
});
