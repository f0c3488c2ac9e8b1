import type { BrowserContext, Page } from "@playwright/test";
import { cookiesOf } from "../../lib/core/credential.ts";
import { traitsOf } from "../../lib/core/token-storage.ts";
import type { Variant } from "../../lib/core/variant.ts";
import { findFlow } from "../../lib/flows/registry.ts";
import { type Captured, only } from "../credential-testing/capture.ts";
import { Flows } from "../fixtures/flows.ts";
import { loot, readableByScripts } from "../fixtures/injected-script.ts";
import { expect, test } from "../fixtures/one-browser.ts";
import { openDashboard, openLabMenu, openLive } from "../fixtures/test.ts";

const flow = "JWT in memory";
const variants: readonly Variant[] = findFlow("memory-jwt")?.manifest.variants ?? [];
const [accessCookie = ""] = cookiesOf({ variants }, "access");
const [refreshCookie = ""] = cookiesOf({ variants }, "refresh");

/** The first variant for each place. */
const cases = variants.filter(({ id, settings }) => settings.storage !== undefined || id === "memory-jwt/rotating");

/** A capture without cookies, as of a thief who read storages only. */
const nothing: Captured = { cookies: [], storages: [], bearers: [] };

type Tokens = { readonly access: string; readonly refresh: string };

async function logIn(dashboard: Page, flows: Flows, context: BrowserContext, variant: Variant): Promise<Tokens> {
  await flows.choose(flow, variant.title);
  const answered = dashboard.waitForResponse("**/api/memory-jwt/login");
  await flows.logIn(flow);
  const body = await (await answered).json();
  expect(body.variant).toBe(variant.id);
  const jar = Object.fromEntries((await context.cookies()).map(({ name, value }) => [name, value]));
  const access = body.access_token ?? jar[accessCookie];
  const refresh = body.refresh_token ?? jar[refreshCookie];
  expect([access, refresh]).toEqual([expect.stringMatching(/^eyJ/), expect.stringMatching(/\.[\w-]{43}$/)]);
  return { access, refresh };
}

async function namesInJar(context: BrowserContext): Promise<readonly string[]> {
  const ofTheEdge = ["__Host-lab", "__Host-known-device"];
  return (await context.cookies()).map(({ name }) => name).filter((name) => !ofTheEdge.includes(name));
}

for (const variant of cases) {
  const { id, settings } = variant;
  const { storage = "memory" } = settings;
  const { inCookie, readable, withRefreshToken, survives } = traitsOf(storage);

  test.describe(`${id}, kept in ${storage}`, () => {
    // Each test logs in anew, in the dashboard in which the one before it ended. Two workers share the variants.
    test.describe.configure({ mode: "default" });

    const unreadable = readable ? ": cannot" : "";
    const unstored = readable && !inCookie ? ": cannot" : "";
    test(`[ASVS 3.3.4${unreadable}] [NIST 5.1 storage${unstored}] an injected script reads the tokens if their place is readable, and finds them in no other place`, async ({
      dashboard,
      flows,
      context,
    }) => {
      const { access, refresh } = await logIn(dashboard, flows, context, variant);
      const place = { "session-storage": "session", "local-storage": "local", "script-cookie": "cookie" } as const;
      const where = storage in place ? place[storage as keyof typeof place] : null;
      for (const [name, found] of Object.entries(await loot(dashboard))) {
        expect([name, found.includes(access)]).toEqual([name, name === where]);
        expect([name, found.includes(refresh)]).toEqual([name, name === where && withRefreshToken]);
      }
      expect((await readableByScripts(dashboard)).includes(access)).toBe(readable);
      const words = readable ? /scripts can read it/ : /scripts cannot read it|page memory/;
      await expect(flows.column(flow)).toContainText(words);
    });

    test("an injected script's own requests are accepted only where the browser adds the token", async ({
      dashboard,
      flows,
      context,
      expectStatus,
    }) => {
      if (!inCookie) expectStatus(401);
      await logIn(dashboard, flows, context, variant);
      const status = await dashboard.evaluate(async () => (await fetch("/api/memory-jwt/me")).status);
      expect(status).toBe(inCookie ? 200 : 401);
    });

    test("a refresh stores the new token in the same place", async ({ dashboard, flows, context }) => {
      const { access } = await logIn(dashboard, flows, context, variant);
      const answered = dashboard.waitForResponse("**/api/memory-jwt/refresh");
      await flows.press(flow, "Refresh");
      const { access_token: inBody } = await (await answered).json();
      const renewed = inBody ?? (await context.cookies()).find(({ name }) => name === accessCookie)?.value;
      expect(renewed).not.toBe(access);
      await expect.poll(async () => (await readableByScripts(dashboard)).includes(renewed)).toBe(readable);
      expect(await readableByScripts(dashboard)).not.toContain(access);
      await expect(flows.state(flow)).toHaveText("alice accepted");
    });

    test("a reload keeps the login, and keeps the token in places that survive a reload", async ({
      dashboard,
      flows,
      context,
    }) => {
      const { access } = await logIn(dashboard, flows, context, variant);
      const refreshes: string[] = [];
      dashboard.on("request", (request) => request.url().endsWith("/refresh") && refreshes.push(request.url()));
      await openDashboard(dashboard);
      await expect(flows.state(flow)).toHaveText("alice accepted");
      expect(refreshes).toHaveLength(survives.reload ? 0 : 1);
      const asked = dashboard.waitForRequest("**/api/memory-jwt/me");
      await flows.press(flow, "Send");
      const headers = await (await asked).allHeaders();
      const sent = inCookie ? headers["cookie"] : headers["authorization"];
      expect(sent?.includes(access)).toBe(survives.reload);
      expect(headers["authorization"] !== undefined).toBe(!inCookie);
      await expect(flows.state(flow)).toHaveText("alice accepted");
    });

    test("another tab reads the token only in places that all tabs share", async ({ dashboard, flows, context }) => {
      const { access, refresh } = await logIn(dashboard, flows, context, variant);
      // A page of this origin without the application's script, so that no tab shares a token with it.
      const tab = await context.newPage();
      await tab.goto("/api/health");
      const found = await readableByScripts(tab);
      expect(found.includes(access)).toBe(readable && survives.closedTab);
      expect(found.includes(refresh)).toBe(withRefreshToken);
      // The application's page in the new tab is logged in as well.
      await openDashboard(tab);
      await expect(new Flows(tab).state(flow)).toHaveText("alice accepted");
      await expect(flows.state(flow)).toHaveText("alice accepted");
    });

    test("a new tab continues the login after the first tab was closed", async ({ dashboard, flows, context }) => {
      await logIn(dashboard, flows, context, variant);
      const tab = await context.newPage();
      await dashboard.close();
      const refreshes: string[] = [];
      tab.on("request", (request) => request.url().endsWith("/refresh") && refreshes.push(request.url()));
      await openDashboard(tab);
      await expect(new Flows(tab).state(flow)).toHaveText("alice accepted");
      expect(refreshes).toHaveLength(survives.closedTab ? 0 : 1);
    });

    test("[NIST 5.1 logout] a logout deletes the tokens in every tab and every place", async ({
      dashboard,
      flows,
      context,
    }) => {
      // Two tabs of each of two pages.
      test.slow();
      const { access, refresh } = await logIn(dashboard, flows, context, variant);
      const tab = await context.newPage();
      await openDashboard(tab);
      await expect(new Flows(tab).state(flow)).toHaveText("alice accepted");
      await flows.press(flow, "Log out");
      for (const page of [dashboard, tab]) {
        await expect(new Flows(page).state(flow)).toHaveText("not logged in");
        const found = await readableByScripts(page);
        for (const part of [access, refresh, "eyJ"]) expect(found).not.toContain(part);
      }
      expect(await namesInJar(context)).toEqual([]);
      await openDashboard(tab);
      await expect(new Flows(tab).state(flow)).toHaveText("not logged in");
    });

    test("a reset of the lab deletes the tokens", async ({ dashboard, flows, context }) => {
      await logIn(dashboard, flows, context, variant);
      await (await openLabMenu(dashboard)).getByRole("button", { name: "Reset lab" }).click();
      await dashboard.getByRole("button", { name: "Reset it" }).click();
      await expect(flows.state(flow)).toHaveText("not logged in");
      // The page reloads in its new lab, which can interrupt the script, so it is tried again.
      await expect.poll(() => readableByScripts(dashboard).catch(() => "eyJ")).not.toContain("eyJ");
      expect(await namesInJar(context)).toEqual([]);
    });

    test("a login by another variant deletes the tokens of the earlier login", async ({
      dashboard,
      flows,
      capture,
      context,
      replay,
    }) => {
      const { access, refresh } = await logIn(dashboard, flows, context, variant);
      const before = await capture();
      const other = cases.find((each) => each !== variant && !traitsOf(each.settings.storage).readable) ?? variant;
      await flows.choose(flow, other.title);
      const answered = dashboard.waitForResponse("**/api/memory-jwt/login");
      await flows.press(flow, "Log in");
      expect((await (await answered).json()).variant).toBe(other.id);
      await expect(flows.state(flow)).toHaveText("alice accepted");
      const found = await readableByScripts(dashboard);
      for (const part of [access, refresh, "eyJ"]) expect(found).not.toContain(part);
      // The server has also ended the refresh family.
      const again = { url: "/api/memory-jwt/refresh", method: "POST" };
      const copied = await replay(
        withRefreshToken ? nothing : only(before, { cookies: [refreshCookie] }),
        withRefreshToken ? { ...again, data: { refresh_token: refresh } } : again,
      );
      expect(copied).toBeRefused({ code: "REVOKED" });
    });
  });
}

test("memory-jwt/local-storage: stolen tokens keep a thief logged in on another device", async ({
  dashboard,
  flows,
  context,
  replay,
}) => {
  const variant = cases.find(({ settings }) => traitsOf(settings.storage).withRefreshToken);
  if (!variant) throw new Error("No variant keeps its refresh token in the page");
  await logIn(dashboard, flows, context, variant);
  const { local } = await loot(dashboard);
  const stolen = Object.values<string>(JSON.parse(local)).find((value) => !value.startsWith("eyJ"));
  await dashboard.close();
  const renewed = await replay(nothing, {
    url: "/api/memory-jwt/refresh",
    method: "POST",
    data: { refresh_token: stolen },
  });
  const token = String(Object(renewed.body).access_token);
  const me = await replay({ ...nothing, bearers: [token] }, { url: "/api/memory-jwt/me" });
  expect(me).toBeAccepted();
  expect(me.body).toMatchObject({ user: { username: "alice" } });
});

test("the flow's page says where the next login's token will be kept, and the risk of that place", async ({ page }) => {
  await openLive(page, "/memory-jwt?variant=memory-jwt/local-storage");
  const card = page.getByRole("region", { name: "Variant", exact: true });
  await expect(card).toContainText("Access token in localStorage, with the refresh token");
  await card.getByRole("radio", { name: /^HttpOnly cookie/ }).check();
  await expect(card).toContainText("cannot read it and can only send requests while the page is open");
});
