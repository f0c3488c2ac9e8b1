import { holdingOf } from "../../lib/core/credential.ts";
import { flows as modules } from "../../lib/flows/registry.ts";
import { expect, test } from "../fixtures/one-browser.ts";
import { test as inBrowserOfItsOwn } from "../fixtures/test.ts";

for (const { manifest } of modules) {
  test.describe(manifest.title, () => {
    test.describe.configure({ mode: "default" });

    test("[NIST 5.1 offered] a person logs in, is recognised, and logs out", async ({ flows, expectStatus }) => {
      expectStatus(401);
      await expect(flows.state(manifest.title)).toHaveText("not logged in");
      await flows.logIn(manifest.title);
      await flows.press(manifest.title, "Send");
      await expect(flows.column(manifest.title).getByText("GET me").first()).toBeVisible();
      await flows.press(manifest.title, "Log out");
      await expect(flows.state(manifest.title)).toHaveText("not logged in");
      await flows.press(manifest.title, "Send");
      await expect(flows.column(manifest.title)).toContainText("NO_CREDENTIAL");
    });

    for (const variant of manifest.variants) {
      test(`[ASVS 10.4.9] ${variant.id}: revoke all does what the manifest claims`, async ({ flows, expectStatus }) => {
        expectStatus(401);
        const column = flows.column(manifest.title);
        if (manifest.variants.length > 1) await flows.choose(manifest.title, variant.title);
        await flows.logIn(manifest.title);
        if ("revoke" in variant.cannot) {
          await expect(column).toContainText(variant.cannot.revoke);
          await expect(column.getByRole("button", { name: "Revoke all" })).toHaveCount(0);
          return;
        }
        await flows.press(manifest.title, "Revoke all");
        const [access] = variant.claims["replay-after-revoke-all"];
        // The answer deletes this browser's cookies. A token that the page holds goes on as the manifest claims.
        const held = access.outcome === "exposed" ? "alice accepted" : `refused ${access.outcome}`;
        const byCookie = holdingOf(variant, "access")?.travels === "cookie";
        await expect(flows.state(manifest.title)).toHaveText(byCookie ? "not logged in" : held);
        // The access token may still be accepted, but a refresh token that the page holds is refused.
        if (holdingOf(variant, "refresh")?.travels === "body") {
          await flows.press(manifest.title, "Refresh");
          await expect(column).toContainText("REVOKED");
        }
      });
    }
  });
}

inBrowserOfItsOwn(
  "one button logs in with all four flows, and another sends a request with each",
  async ({ dashboard, flows }) => {
    await dashboard.getByRole("button", { name: "Log in with all four" }).click();
    for (const { manifest } of modules) await expect(flows.state(manifest.title)).toHaveText("alice accepted");
    await flows.openHow();
    await dashboard.getByRole("button", { name: "Send a request with each" }).click();
    await expect(dashboard.getByText("GET me").nth(7)).toBeVisible();
  },
);

inBrowserOfItsOwn(
  "[ASVS 7.4.4: cannot] a logout stands where the login is shown, and not on every page",
  async ({ dashboard, flows }) => {
    await flows.logIn("Server session");
    await expect(flows.column("Server session").getByRole("button", { name: "Log out" })).toBeVisible();
    await dashboard.goto("/conformance");
    await expect(dashboard.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(dashboard.getByRole("button", { name: "Log out" })).toHaveCount(0);
  },
);

test("a double click on Log in is one login: the button waits for the first answer", async ({ dashboard, flows }) => {
  const asked: string[] = [];
  dashboard.on("request", (request) => {
    if (request.url().endsWith("/login")) asked.push(request.url());
  });
  await flows.column("Server session").getByRole("button", { name: "Log in", exact: true }).dblclick();
  await expect(flows.state("Server session")).toHaveText("alice accepted");
  const sessions = await dashboard.request.get("/api/server-session/sessions");
  expect([asked.length, (await sessions.json()).sessions.length]).toEqual([1, 1]);
});

inBrowserOfItsOwn(
  "a login with a wrong password is refused with a sentence",
  async ({ dashboard, flows, expectStatus }) => {
    expectStatus(401);
    await flows.openHow();
    await dashboard.getByRole("textbox", { name: "Password" }).fill("not the password");
    await flows.press("Server session", "Log in");
    await expect(flows.column("Server session")).toContainText("BAD_CREDENTIALS");
    await expect(flows.state("Server session")).toHaveText("not logged in");
  },
);

inBrowserOfItsOwn(
  "too many wrong passwords are refused, and the page says when to try again",
  async ({ dashboard, flows, expectStatus }) => {
    expectStatus(401);
    expectStatus(429);
    await flows.openHow();
    await dashboard.getByRole("textbox", { name: "Password" }).fill("not the password");
    const column = flows.column("Hybrid");
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const answered = dashboard.waitForResponse("**/api/hybrid/login");
      await flows.press("Hybrid", "Log in");
      expect((await answered).status()).toBe(401);
      await expect(column.getByRole("button", { name: "Log in" })).toBeEnabled();
    }
    await flows.press("Hybrid", "Log in");
    await expect(column).toContainText("TOO_MANY_REQUESTS");
  },
);
