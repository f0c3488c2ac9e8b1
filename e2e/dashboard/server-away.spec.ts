import { flows as modules } from "../../lib/flows/registry.ts";
import { breakableServer } from "../fixtures/breakable-server.ts";
import { Flows } from "../fixtures/flows.ts";
import { expect, openLive, test } from "../fixtures/test.ts";

/** The status that stands for no answer at all. */
const noAnswer = 0;

test("a closed connection shows within two seconds, plugs are off and the strip stands still meanwhile, and on its return each page says what changed", async ({
  page,
  baseURL,
  playwright,
  expectStatus,
}) => {
  expectStatus(noAnswer);
  expectStatus(401);
  const server = await breakableServer(baseURL ?? "");
  await openLive(page, `${server.origin}/`);
  const flows = new Flows(page);
  for (const title of ["Cookie", "Server session"]) await flows.logIn(title);
  await flows.press("Cookie", "Log out");
  const strip = page.getByRole("region", { name: "Who still gets in" });
  await expect(strip).toContainText("STILL IN");
  await expect(flows.state("Cookie")).toHaveText("not logged in");
  const beside = await page.context().newPage();
  await openLive(beside, `${server.origin}/cookie`);
  await expect(beside.getByRole("region", { name: "Who still gets in" })).toContainText("STILL IN");
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");

  await server.kill();
  await expect(page.getByText("connection lost, trying again").first()).toBeVisible({ timeout: 2000 });
  await expect(page.getByRole("alert", { name: "The server does not answer" })).toBeVisible();
  await expect(strip).toHaveAttribute("data-away", "true");
  await expect(page.getByRole("button", { name: "Restart", exact: true })).toHaveAttribute("aria-disabled", "true");
  const left = strip.getByText(/ left$/);
  const stood = await left.textContent();
  const elsewhere = await playwright.request.newContext({ ...(baseURL && { baseURL }), extraHTTPHeaders: { cookie } });
  expect((await elsewhere.post("/api/server-session/revoke", { data: { scope: "all" } })).status()).toBe(200);
  await elsewhere.dispose();
  expect(await left.textContent()).toBe(stood);

  await server.restart();
  for (const each of [page, beside]) {
    const said = each.getByText("The server answers again. Since then: Server session is no longer accepted.");
    await expect(said).toBeVisible();
  }
  await beside.close();
  await expect(flows.state("Server session")).toHaveText("refused REVOKED");
  await flows.logIn("Server session");
  await expect(page.getByText("The server answers again.")).toBeHidden();
  await server.kill();
});

test("when the server is killed no login stays green, and a followed link keeps the page until the server answers", async ({
  page,
  baseURL,
  expectStatus,
}) => {
  expectStatus(noAnswer);
  const server = await breakableServer(baseURL ?? "");
  await openLive(page, `${server.origin}/`);
  const flows = new Flows(page);
  await page.getByRole("button", { name: "Log in with all four" }).click();
  for (const { manifest } of modules) await expect(flows.state(manifest.title)).toHaveText("alice accepted");

  await server.kill();
  // Nothing is clicked meanwhile.
  for (const { manifest } of modules) {
    await expect(flows.state(manifest.title)).toHaveText("alice accepted when last asked", { timeout: 5000 });
  }
  const notice = page.getByRole("alert", { name: "The server does not answer" });
  await expect(notice).toContainText("This page shows the state of");

  const failed = page.waitForEvent("requestfailed", (request) => new URL(request.url()).pathname === "/cookies");
  const lookedAgain = page.waitForEvent("requestfailed", (request) => request.method() === "HEAD");
  await page.getByRole("button", { name: "Experiments" }).click();
  await page.getByRole("link", { name: "Cookie laboratory" }).click();
  await Promise.all([failed, lookedAgain]);
  await expect(notice).toBeVisible();
  expect(page.url()).toBe(`${server.origin}/`);

  await server.restart();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cookie laboratory");
  await expect(notice).toBeHidden();
  await server.kill();
});
