import type { BrowserContext, Page, Request } from "@playwright/test";
import { Flows } from "../fixtures/flows.ts";
import { expect, openDashboard, test } from "../fixtures/test.ts";

/** The open connections to the stream, as the browser counts them. */
function countStreams(context: BrowserContext): Set<Page> {
  const open = new Set<Page>();
  const isStream = (url: string) => new URL(url).pathname === "/api/lab/exchanges";
  context.on("request", (request) => {
    if (isStream(request.url())) open.add(request.frame().page());
  });
  const ended = (request: Request) => {
    if (isStream(request.url())) open.delete(request.frame().page());
  };
  context.on("requestfinished", ended);
  context.on("requestfailed", ended);
  context.on("page", (page) => void page.on("close", () => open.delete(page)));
  return open;
}

function exchanges(page: Page) {
  return page.getByRole("region", { name: "Exchanges" }).getByRole("listitem");
}

test("seven tabs receive each exchange over one connection, and another tab takes it over when its tab closes", async ({
  context,
}) => {
  const streams = countStreams(context);
  const openTab = async () => {
    const tab = await context.newPage();
    await openDashboard(tab);
    return tab;
  };
  // With a connection for each tab, the seventh would not load: a browser opens six connections to a host.
  const tabs = [await openTab(), ...(await Promise.all(Array.from({ length: 6 }, openTab)))];
  expect(streams.size).toBe(1);

  const [leader] = [...streams];
  const [first, ...others] = tabs.filter((tab) => tab !== leader);
  expect(tabs[0]).toBe(leader);
  if (!leader || !first) throw new Error("No tab holds the connection");

  await new Flows(first).logIn("Server session");
  for (const tab of tabs) await expect(exchanges(tab).filter({ hasText: "POST login" })).toHaveCount(1);

  await leader.close();
  await expect.poll(() => streams.size).toBe(1);
  await new Flows(first).logIn("Hybrid");
  for (const tab of [first, ...others]) {
    await expect(exchanges(tab).filter({ hasText: "POST login" })).toHaveCount(2);
    await expect(new Flows(tab).state("Hybrid")).toHaveText("alice accepted");
  }
  expect(streams.size).toBe(1);

  const late = await context.newPage();
  await openDashboard(late);
  await expect(exchanges(late).filter({ hasText: "POST login" })).toHaveCount(2);
  expect(streams.size).toBe(1);
});

test("exchanges during a lost connection are delivered to the next connection", async ({
  context,
  dashboard,
  flows,
  expectStatus,
}) => {
  expectStatus(401);
  expectStatus(503);
  const second = await context.newPage();
  await openDashboard(second);
  await flows.logIn("Server session");
  await expect(exchanges(second).filter({ hasText: "POST login" })).toHaveCount(1);
  const streams = countStreams(context);
  await context.route("**/api/lab/exchanges*", (route) => route.fulfill({ status: 503 }));
  await dashboard.close();
  await expect(second.getByText("connection lost, trying again").first()).toBeVisible();
  expect(streams.size).toBe(0);
  await second.evaluate(() => fetch("/api/hybrid/sessions"));
  await context.unroute("**/api/lab/exchanges*");
  await expect(exchanges(second).filter({ hasText: "GET sessions" })).toHaveCount(1);
  await expect(exchanges(second).filter({ hasText: "POST login" })).toHaveCount(1);
});

test("after a reset every tab receives exchanges of the new lab only", async ({ context, flows }) => {
  const second = await context.newPage();
  await openDashboard(second);
  await flows.logIn("Server session");
  await expect(exchanges(second).filter({ hasText: "POST login" })).toHaveCount(1);
  // The page without the connection resets the lab.
  await second.evaluate(() => fetch("/api/lab/reset", { method: "POST" }));
  for (const tab of [flows.page, second]) {
    await expect(exchanges(tab).filter({ hasText: "POST login" })).toHaveCount(0);
    await expect(new Flows(tab).state("Server session")).toHaveText("not logged in");
  }
  await new Flows(second).logIn("Hybrid");
  for (const tab of [flows.page, second]) {
    await expect(exchanges(tab).filter({ hasText: "POST login" })).toHaveCount(1);
    await expect(new Flows(tab).state("Hybrid")).toHaveText("alice accepted");
  }
});

test("without Web Locks each tab has its own connection", async ({ context }) => {
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
  const streams = countStreams(context);
  const [first, second] = [await context.newPage(), await context.newPage()];
  await Promise.all([openDashboard(first), openDashboard(second)]);
  expect(streams.size).toBe(2);
  await new Flows(first).logIn("Cookie");
  await expect(exchanges(second).filter({ hasText: "POST login" })).toHaveCount(1);
});
