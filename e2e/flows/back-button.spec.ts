import type { Page } from "@playwright/test";
import { flows as modules } from "../../lib/flows/registry.ts";
import { findWholeChromium } from "../../scripts/chromium.ts";
import { expectRestores, pressBack, watchRestoring, withBackForwardCache } from "../fixtures/back-forward-cache.ts";
import { Flows } from "../fixtures/flows.ts";
import { expect, openDashboard, test } from "../fixtures/test.ts";

test.use({ launchOptions: withBackForwardCache, reuseContext: false });
const leftOut = "There is no whole Chromium here, and its shell has no back/forward cache.";
test.beforeEach(() => test.info().skip(findWholeChromium() === null, leftOut));

/** A browser that was seen to restore pages, at the dashboard. */
async function openRestoring(page: Page, baseURL: string | undefined): Promise<Flows> {
  await watchRestoring(page);
  await expectRestores(page, `http://app.localhost:${new URL(baseURL ?? "").port}`);
  await openDashboard(page);
  return new Flows(page);
}

/** Neither at once nor later. */
async function expectNoLogin(page: Page, flows: Flows, title: string, state: string): Promise<void> {
  await expect(flows.state(title)).toHaveText(state);
  await expect(page.locator("html")).not.toHaveAttribute("data-at-once", /alice accepted/);
}

for (const { manifest } of modules) {
  test(`${manifest.title}: after a logout the back button shows no login`, async ({ page, baseURL }) => {
    const flows = await openRestoring(page, baseURL);
    await flows.logIn(manifest.title);
    await page.goto(`/${manifest.id}`);
    await expect(page.getByTestId("login-state").first()).toHaveText("alice accepted");
    await page.getByRole("button", { name: "Log out", exact: true }).first().click();
    await expect(page.getByTestId("login-state").first()).toHaveText("not logged in");
    await pressBack(page);
    await expectNoLogin(page, flows, manifest.title, "not logged in");
    await expect(flows.column(manifest.title).getByTestId("credential")).toHaveCount(0);
  });
}

test("Server session: after a revocation from elsewhere the back button shows no login", async ({
  page,
  baseURL,
  expectStatus,
}) => {
  expectStatus(401);
  const flows = await openRestoring(page, baseURL);
  await flows.logIn("Server session");
  await page.goto("/words");
  const body = { username: "alice", password: "alice-likes-tea" };
  for (const [path, data] of [
    ["/api/server-session/login", body],
    ["/api/server-session/revoke", { scope: "others" }],
  ] as const) {
    const sent = { device: "phone", flow: "server-session", method: "POST", path, body: data };
    expect((await page.request.post("/api/lab/devices", { data: sent })).status()).toBe(200);
  }
  await pressBack(page);
  await expectNoLogin(page, flows, "Server session", "refused REVOKED");
});
