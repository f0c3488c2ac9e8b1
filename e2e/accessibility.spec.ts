import AxeBuilder from "@axe-core/playwright";
import { flows as modules } from "../lib/flows/registry.ts";
import { expect, test } from "./fixtures/test.ts";

const flowPages = modules.map(({ manifest }) => `/${manifest.id}`);
const comparisons = ["/compare/cookie/hybrid", "/compare/server-session/sql/server-session/redis"];
// All of the table is too much for a slow machine to look through; each kind of cell is in this part.
const readings = ["/conformance?source=rfc9700", "/conformance/ASVS-7.4.1", "/source/lib/flows/cookie/flow.ts"];
const tables = ["/compare?group=logout&flow=memory-jwt", "/compare/evidence/memory-jwt/denylist"];
const pages = [
  "/",
  ...flowPages,
  "/who-still-gets-in",
  "/refresh-bench",
  "/cookies",
  "/vanished",
  "/audit",
  "/admin",
  ...tables,
  ...comparisons,
  ...readings,
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const path of pages) {
    test(`axe finds nothing on ${path}, ${colorScheme}`, async ({ page, dashboard }) => {
      await dashboard.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await dashboard.getByRole("button", { name: "Log in with all four" }).click();
      await expect(dashboard.getByTestId("login-state").last()).toHaveText("alice accepted");
      await page.goto(path);
      const settled = {
        "/audit": [page.getByRole("row").nth(4), "alice"] as const,
        "/admin": [page.getByRole("button", { name: "Log in as admin" }), "admin"] as const,
        "/vanished": [page.getByRole("region", { name: "Diagnosis" }), "Nothing has vanished yet."] as const,
        "/refresh-bench": [page.getByRole("region", { name: "What it came to" }), "The thief survives"] as const,
        "/who-still-gets-in": [page.getByRole("region", { name: "Play" }), "cells played here"] as const,
        // The first visit waits until every variant was measured.
        "/compare?group=logout&flow=memory-jwt": [page.getByRole("main"), "Sizes and costs measured here"] as const,
        "/compare/evidence/memory-jwt/denylist": [page.getByRole("main"), "GET /api/memory-jwt/me"] as const,
        "/cookies": [page.getByRole("region", { name: "In the jar now" }), "None."] as const,
        ...Object.fromEntries(
          [...comparisons, ...readings].map((each) => {
            const word = comparisons.includes(each) ? "and" : /conformance|ASVS|flow/i;
            return [each, [page.getByRole("heading", { level: 1 }), word] as const];
          }),
        ),
      }[path] ?? [page.getByTestId("login-state").last(), "alice"];
      await expect(settled[0]).toContainText(settled[1]);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
    });
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on /admin with the people of the lab, ${colorScheme}`, async ({ page, dashboard, flows }) => {
    await dashboard.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await flows.logIn("JWT in memory");
    await page.goto("/admin");
    await page.getByRole("button", { name: "Log in as admin" }).click();
    await expect(page.getByRole("region", { name: "alice" })).toContainText("1 live login");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in a race under way, and in one that was stopped, ${colorScheme}`, async ({ dashboard }) => {
    await dashboard.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await dashboard.goto("/?lane=cookie/signed&lane=memory-jwt/rotating");
    const race = dashboard.getByRole("region", { name: "The race", exact: true });
    await race.getByText(/variants run$/).click();
    await race.getByRole("button", { name: "Start the race" }).click();
    await expect(race.getByRole("list", { name: "Lanes" })).toContainText("refused REVOKED");
    const find = async () => (await new AxeBuilder({ page: dashboard }).include("#race").analyze()).violations;
    expect(await find()).toEqual([]);
    await race.getByRole("button", { name: "Stop the race" }).click();
    await expect(race.getByRole("region", { name: "What happened" })).toBeVisible();
    expect(await find()).toEqual([]);
  });
}

test("the keyboard alone is enough to log in and to log out", async ({ dashboard, flows }) => {
  const login = flows.column("Cookie").getByRole("button", { name: "Log in", exact: true });
  await login.focus();
  await dashboard.keyboard.press("Enter");
  await expect(flows.state("Cookie")).toHaveText("alice accepted");
  await dashboard.keyboard.press("Tab");
  await dashboard.keyboard.press("Tab");
  await expect(flows.column("Cookie").getByRole("button", { name: "Log out" })).toBeFocused();
  await dashboard.keyboard.press("Space");
  await expect(flows.state("Cookie")).toHaveText("nobody");
});
