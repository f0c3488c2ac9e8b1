import type { Browser, Locator, Page } from "@playwright/test";
import { lifetimePresets } from "../../lib/core/time.ts";
import { watchErrors } from "../fixtures/console-errors.ts";
import { Flows } from "../fixtures/flows.ts";
import { expect, openDashboard, openLive, test } from "../fixtures/test.ts";

/** The row of one copied credential. */
function rowOf(page: Page, variant: string, credential: "access" | "refresh" = "access"): Locator {
  const copies = page.getByRole("list", { name: "Copies" });
  return copies.locator(`li[data-variant="${variant}"][data-credential="${credential}"]`);
}

function sentenceOn(page: Page, variant: string): Locator {
  return page
    .getByRole("region", { name: "What happened" })
    .getByRole("listitem")
    .filter({ hasText: `${variant}:` });
}

/** The part of a row that is drawn red: a copy got in. */
const redIn = (row: Locator) => row.locator(".hatch-measured");

/** The page, plug and lane of its address. */
function choiceIn(page: Page): readonly unknown[] {
  const { pathname, searchParams } = new URL(page.url());
  return [pathname, searchParams.get("plug"), searchParams.get("lane")];
}

const start = (page: Page) => page.getByRole("button", { name: "Start the race" }).click();
const stop = (page: Page) => page.getByRole("button", { name: "Stop the race" }).click();

/** Begins a race of the lanes that the page chooses, in a browser of its own, and keeps what the page showed before. */
async function beginLongest(browser: Browser, baseURL: string) {
  const context = await browser.newContext({ baseURL, reducedMotion: "reduce" });
  const errors = watchErrors(context);
  const page = await context.newPage();
  await openLive(page, "/race");
  const copies = await page.getByRole("list", { name: "Copies" }).getByRole("listitem").count();
  const heading = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  await start(page);
  return { page, errors, before: { copies, heading } };
}

// A race takes real time. The longest wait, half a minute, begins with the first test, and the second one sees its end.
test.describe.configure({ mode: "default" });
let longest: ReturnType<typeof beginLongest>;
test.beforeAll(({ browser, baseURL }) => {
  longest = beginLongest(browser, baseURL ?? "");
  // If it throws, the test that waits for it says so.
  longest.catch(() => {});
});
test.afterAll(() =>
  longest.then(
    ({ page }) => page.context().close(),
    () => {},
  ),
);

test("after a logout a session id is refused at once, and an access token is accepted until its exp and stays red", async ({
  page,
}) => {
  await openDashboard(page);
  const flows = new Flows(page);
  await flows.logIn("Server session");
  const lanes = ["server-session/sql", "memory-jwt/rotating", "hybrid/introspected"].map((id) => `lane=${id}`);
  await openLive(page, `/race?${lanes.join("&")}`);
  const begun = Date.now();
  await start(page);

  await expect(rowOf(page, "server-session/sql")).toContainText("refused REVOKED at once");
  await expect(rowOf(page, "server-session/sql")).toContainText(/REVOKED after \d+\.\d+ s/);
  await expect(rowOf(page, "hybrid/introspected")).toContainText("INVALID_CREDENTIAL");
  await expect(rowOf(page, "memory-jwt/rotating", "refresh")).toContainText("REVOKED");
  // By now alice had logged in and the plug was pulled.
  const before = (Date.now() - begun) / 1000;
  await expect(rowOf(page, "memory-jwt/rotating")).toContainText(/STILL IN\s*\d+ s left/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /\d+ s after “Logout”, an access token still gets in\./,
  );

  const told = sentenceOn(page, "memory-jwt/rotating");
  await expect(told).toContainText("the refresh token was refused at once with REVOKED", { timeout: 25_000 });
  const words = (await told.textContent()) ?? "";
  const [, inFor = "", refusedAfter = ""] =
    /still got in for ([\d.]+) s, and was refused with EXPIRED after ([\d.]+) s, past its exp\./.exec(words) ?? [];
  // No copy is accepted after `exp` or refused before it. `exp` counts from the login in whole seconds. A busy
  // machine pulls the plug late and checks late, but these bounds hold.
  const life = lifetimePresets.seconds.access / 1000;
  expect(Number(inFor)).toBeGreaterThan(0);
  expect(Number(inFor)).toBeLessThanOrEqual(life);
  expect(Number(refusedAfter)).toBeGreaterThan(Number(inFor));
  expect(Number(refusedAfter)).toBeGreaterThan(life - 1 - before);
  await expect(rowOf(page, "memory-jwt/rotating")).toContainText(`got in for ${Math.floor(Number(inFor))} s`);
  await expect(redIn(rowOf(page, "memory-jwt/rotating"))).toBeVisible();
  await expect(redIn(rowOf(page, "server-session/sql"))).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("no copy gets in.");
  const sentences = page.getByRole("region", { name: "What happened" }).getByRole("listitem");
  await expect(sentences).toHaveCount(3);
  await expect(sentences.last()).toContainText("memory-jwt/rotating");
  await expect(page.getByRole("main")).not.toContainText("differs");
  await expect(page.getByRole("status").filter({ hasText: "race" })).toHaveText(
    "The race is over: 4 copies refused, 0 still in.",
  );
  // The page's own login was not part of the race.
  await openDashboard(page);
  await expect(flows.state("Server session")).toHaveText("alice accepted");
});

test("a race begins with the four defaults, and a thief who keeps using a cookie gets in longer than one who waits", async () => {
  const { page, errors, before } = await longest;
  expect(before.copies).toBe(5);
  // Under twelve words before the picture; the legend explains its colours.
  expect(before.heading.trim().split(/\s+/).length).toBeLessThan(12);
  const cookie = rowOf(page, "cookie/sealed");
  await expect(cookie).toContainText("for a thief who keeps using it", { timeout: 60_000 });
  await expect(cookie).toContainText(/refused EXPIRED\s*for a thief who waits,\s*got in for \d+ s/);
  await expect(redIn(cookie)).toHaveCount(2);
  const [waits, uses] = await redIn(cookie).all();
  const [short, long] = [await waits?.boundingBox(), await uses?.boundingBox()];
  expect(short?.height).toBeGreaterThan(long?.height ?? 0);
  expect(long?.width).toBeGreaterThan(short?.width ?? 0);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("a cookie that is kept in use still gets in.");
  await stop(page);
  await expect(redIn(cookie)).toHaveCount(2);
  expect(errors, "errors on the console").toEqual([]);
});

test("a stopped race keeps its results, and the next race can start", async ({ page }) => {
  await openLive(page, "/race?plug=client-forgets&lane=server-session/sql");
  await expect(page.getByRole("button", { name: "Client forgets" })).toBeVisible();
  await start(page);
  const row = rowOf(page, "server-session/sql");
  await expect(row).toContainText(/STILL IN\s*\d+ s left/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/[1-9]\d* s after “Client forgets”/);
  await stop(page);
  await expect(row).toContainText(/stopped\s*got in for/);
  await expect(redIn(row).first()).toBeVisible();
  await expect(sentenceOn(page, "server-session/sql").first()).toContainText(
    /the copy still got in \d+\.\d+ s after the plug\./,
  );
  await expect(page.getByRole("status").filter({ hasText: "race" })).toHaveText(
    /^The race was stopped: 0 copies refused, \d still in\.$/,
  );

  await page.getByRole("radio", { name: "Revoke all" }).check();
  await page.getByRole("button", { name: "Again" }).click();
  await expect(sentenceOn(page, "server-session/sql")).toContainText("the copy was refused at once with REVOKED");
});

test("plugs are chosen in groups, and a link restores a race's plug and lanes", async ({ page }) => {
  await openLive(page, "/race");
  await page.getByRole("button", { name: / more$/ }).click();
  await page
    .getByRole("group", { name: "An admin acts" })
    .getByRole("radio", { name: /^Role lowered/ })
    .check();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Choose who runs" }).click();
  const boxes = page.getByRole("checkbox", { checked: true });
  for (let left = await boxes.count(); left > 0; left -= 1) await boxes.first().click();
  await expect(boxes).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Start the race" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("group", { name: "Cookie" }).getByLabel("Signed").check();
  const url = new URL(page.url());
  expect(url.search).toBe("?plug=role-lowered&lane=cookie/signed");

  const linked = await page.context().newPage();
  await openLive(linked, url.href);
  await expect(linked.getByRole("button", { name: "Role lowered" })).toBeVisible();
  await expect(linked.getByRole("button", { name: /^1 chosen/ })).toBeVisible();
  await start(linked);
  await expect(rowOf(linked, "cookie/signed")).toContainText(
    /STILL IN\s*\d+ s left, \d+ s if kept in use, with the old role/,
  );
});

test("a link to a race of the dashboard leads to the same race on its page", async ({ page }) => {
  await openLive(page, "/?plug=keys-rotated&lane=cookie/signed");
  expect(choiceIn(page)).toEqual(["/race", "keys-rotated", "cookie/signed"]);
  await expect(page.getByRole("button", { name: "Keys rotated" })).toBeVisible();
  await expect(rowOf(page, "cookie/signed")).toBeVisible();
  await openLive(page, "/?plug=keys-rotated");
  // Without lanes it ran one of each kind.
  expect(choiceIn(page)).toEqual(["/race", "keys-rotated", "kinds"]);
  await expect(page.getByRole("radio", { name: "Each kind" })).toBeChecked();
});

test("a second race of a lab is refused with TOO_MANY_REQUESTS, and leaving the page ends the first race", async ({
  context,
  page,
  expectStatus,
}) => {
  expectStatus(429);
  await openLive(page, "/race?plug=client-forgets&lane=cookie/sealed");
  await start(page);
  await expect(rowOf(page, "cookie/sealed")).toContainText("STILL IN");

  const second = await context.newPage();
  await openLive(second, "/race?lane=server-session/sql");
  await start(second);
  await expect(second.getByRole("main").getByRole("alert")).toContainText("TOO_MANY_REQUESTS");
  await expect(second.getByRole("main").getByRole("alert")).toContainText("A race of this lab is under way.");
  await page.close();
  await expect(async () => {
    await start(second);
    await expect(rowOf(second, "server-session/sql")).toContainText("REVOKED", { timeout: 4000 });
  }).toPass();
});
