import { flows as modules } from "../../lib/flows/registry.ts";
import { Flows } from "../fixtures/flows.ts";
import { expect, openDashboard, test } from "../fixtures/test.ts";

for (const { manifest } of modules) {
  test(`${manifest.title}: a reload keeps the login`, async ({ dashboard, flows }) => {
    await flows.logIn(manifest.title);
    await openDashboard(dashboard);
    await expect(flows.state(manifest.title)).toHaveText("alice accepted");
  });
}

test("a reload gets a new access token by one refresh", async ({ dashboard, flows }) => {
  await flows.logIn("JWT in memory");
  const refreshes: string[] = [];
  dashboard.on("request", (request) => request.url().endsWith("/refresh") && refreshes.push(request.url()));
  await openDashboard(dashboard);
  await expect(flows.state("JWT in memory")).toHaveText("alice accepted");
  expect(refreshes).toHaveLength(1);
});

test("three tabs that reload at the same time keep their login", async ({ context, dashboard, flows }) => {
  await flows.logIn("JWT in memory");
  const tabs = [dashboard, await context.newPage(), await context.newPage()];
  await Promise.all(tabs.map((tab) => openDashboard(tab)));
  await Promise.all(tabs.map((tab) => openDashboard(tab)));
  for (const tab of tabs) await expect(new Flows(tab).state("JWT in memory")).toHaveText("alice accepted");
  await flows.press("JWT in memory", "Refresh");
  for (const tab of tabs) await expect(new Flows(tab).state("JWT in memory")).toHaveText("alice accepted");
  await expect(flows.column("JWT in memory")).not.toContainText("REUSE_DETECTED");
});

test("a login and a logout in one tab appear in another tab without a reload", async ({ context, flows }) => {
  const second = await context.newPage();
  await openDashboard(second);
  await flows.logIn("Server session");
  await expect(new Flows(second).state("Server session")).toHaveText("alice accepted");
  await flows.logIn("JWT in memory");
  await expect(new Flows(second).state("JWT in memory")).toHaveText("alice accepted");
  await flows.press("JWT in memory", "Log out");
  await expect(new Flows(second).state("JWT in memory")).toHaveText("not logged in");
});

for (const title of ["Server session", "Hybrid"]) {
  test(`${title}: a login in a second browser is revoked from the first`, async ({
    secondDevice,
    flows,
    expectStatus,
  }) => {
    expectStatus(401);
    await flows.logIn(title);
    const page = await (await secondDevice()).newPage();
    await openDashboard(page);
    const second = new Flows(page);
    await expect(second.state(title)).toHaveText("not logged in");
    await second.logIn(title);

    await flows.press(title, "Revoke others");
    await expect(second.state(title)).toHaveText("refused REVOKED");
    await expect(flows.state(title)).toHaveText("alice accepted");
  });
}
