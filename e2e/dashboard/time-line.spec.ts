import type { Page } from "@playwright/test";
import { flows as modules } from "../../lib/flows/registry.ts";
import { expect, test } from "../fixtures/test.ts";

// The page's clock runs as usual, and a test can run its ticks at once.
test.beforeEach(({ page }) => page.clock.install());

test("after the clock is dragged past the idle ends, every unused login is refused with EXPIRED", async ({
  dashboard,
  flows,
}) => {
  await dashboard.getByRole("button", { name: "Log in with all four" }).click();
  for (const { manifest } of modules) await expect(flows.state(manifest.title)).toHaveText("alice accepted");
  const line = dashboard.getByRole("region", { name: "Time line" });
  await expect(line.getByRole("list", { name: "Ends of Server session" })).toContainText("idle 29 min");
  await expect(line.getByRole("list", { name: "Ends of JWT in memory" })).toContainText("exp 14 min");

  const handle = line.getByRole("slider", { name: "Move the lab’s clock" });
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error("The handle is not drawn");
  await dashboard.mouse.move(box.x + 8, box.y + box.height / 2);
  await dashboard.mouse.down();
  await dashboard.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
  await expect(line).toContainText("Server session: idle end");
  await dashboard.mouse.up();
  for (const { manifest } of modules) await expect(flows.state(manifest.title)).toHaveText("refused EXPIRED");
  // In each lane, and in what the plug says of each flow.
  for (const place of [line.locator("p[data-flow]"), line.getByRole("status").locator("[data-flow]")])
    await expect(place.filter({ hasText: "refused EXPIRED" })).toHaveCount(modules.length);
});

test("by keyboard, arrows set the clock's move, Escape cancels it and Enter makes it", async ({ dashboard, flows }) => {
  await flows.logIn("Hybrid");
  const line = dashboard.getByRole("region", { name: "Time line" });
  const handle = line.getByRole("slider");
  await handle.focus();
  for (let press = 0; press < 5; press += 1) await handle.press("PageUp");
  await expect(handle).not.toHaveAttribute("aria-valuetext", "now");
  await handle.press("Escape");
  await expect(handle).toHaveAttribute("aria-valuetext", "now");
  await handle.press("End");
  await handle.press("Enter");
  await expect(flows.state("Hybrid")).toHaveText("refused EXPIRED");
});

test("the time line shows a remembered cookie's Max-Age, which the lab's clock does not change", async ({
  dashboard,
  flows,
}) => {
  await flows.openHow();
  await dashboard.getByLabel("Remember me").check();
  await flows.logIn("Server session");
  const ends = dashboard.getByRole("list", { name: "Ends of Server session" });
  await expect(ends).toContainText("cookie 29 d 23 h");
  await dashboard.getByRole("button", { name: "+8 h" }).click();
  await expect(ends).toContainText("absolute 29 d 15 h");
  await expect(ends).toContainText("cookie 29 d 23 h");

  // It does not pass the Max-Age either, because the browser uses its own clock.
  const line = dashboard.getByRole("region", { name: "Time line" });
  await line.getByRole("slider").press("End");
  await expect(line).toContainText("That passes Server session: idle end, Server session: absolute end.");
  await expect(ends).toContainText("absolute passed");
  await expect(ends).toContainText("cookie 29 d 23 h");
});

/** Collects every refresh that a page requests from now on. */
function refreshesOf(page: Page): readonly string[] {
  const asked: string[] = [];
  page.on("request", (request) => request.url().endsWith("/refresh") && asked.push(request.url()));
  return asked;
}

/** Runs this many ticks of the page, and waits for the answers of each tick before the next. */
async function secondsOn(page: Page, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) {
    await page.clock.runFor(1000);
    await page.evaluate(async () => (await fetch("/api/lab")).text());
  }
}

function advance(page: Page, seconds: number): Promise<unknown> {
  return page.request.post("/api/lab/clock", { data: { advanceSeconds: seconds } });
}

test("with lifetimes of seconds the page does not renew a token, and the person's refresh does", async ({
  dashboard,
  flows,
}) => {
  await dashboard.request.patch("/api/lab/settings", { data: { lifetimes: "seconds" } });
  const refreshes = refreshesOf(dashboard);
  await flows.logIn("JWT in memory");
  await advance(dashboard, 12);
  await expect(flows.state("JWT in memory")).toHaveText("refused EXPIRED");
  expect(refreshes).toEqual([]);
  await flows.press("JWT in memory", "Refresh");
  await expect(flows.state("JWT in memory")).toHaveText("alice accepted");
  await secondsOn(dashboard, 2);
  expect(refreshes).toHaveLength(1);
});

test("a token that lives for minutes is renewed once, half a minute before its end", async ({ dashboard, flows }) => {
  const refreshes = refreshesOf(dashboard);
  await flows.logIn("JWT in memory");
  await advance(dashboard, 15 * 60 - 25);
  await expect.poll(() => refreshes.length).toBe(1);
  await expect(flows.state("JWT in memory")).toHaveText("alice accepted");
  await secondsOn(dashboard, 3);
  expect(refreshes).toHaveLength(1);
});

test("in the last half minute of a refresh family the page does not renew again and again", async ({
  dashboard,
  flows,
}) => {
  await flows.logIn("JWT in memory");
  await advance(dashboard, 7 * 86_400 - 25);
  await expect(flows.state("JWT in memory")).toHaveText("refused EXPIRED");
  const refreshes = refreshesOf(dashboard);
  await flows.press("JWT in memory", "Refresh");
  await expect(flows.state("JWT in memory")).toHaveText("alice accepted");
  await secondsOn(dashboard, 3);
  expect(refreshes).toHaveLength(1);
});
