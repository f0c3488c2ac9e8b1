import { flows as modules } from "../../lib/flows/registry.ts";
import { breakableServer } from "../fixtures/breakable-server.ts";
import { Flows } from "../fixtures/flows.ts";
import { expect, openLive, test } from "../fixtures/test.ts";

/** The status that stands for no answer at all. */
const noAnswer = 0;

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
