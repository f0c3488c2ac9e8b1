import { readFileSync, writeFileSync } from "node:fs";
// The browser logs the requests that are refused, which is what some cookies bring: that is expected.
import { expect, test } from "@playwright/test";
import type { TossingPlay } from "../../lib/features/attacks/tossing/model.ts";
import { oddCookiesTaken } from "../fixtures/odd-cookies.ts";

/** Played in an earlier browser. `RENEW_RECORDING=on` writes this file anew. */
const file = "lib/features/attacks/tossing/recorded.json";

/** The names that the recording has, whatever port the tests use. */
const usual = {
  victim: "http://app.localhost:3000",
  sibling: "http://evil.app.localhost:3000",
  attacker: "http://evil.localhost:3000",
};

test("a play in this browser sends the cookies that were recorded, and leaves the lab, its logins and no weakness behind", async ({
  page,
  baseURL,
}) => {
  // Twelve logins and sixty requests, each judged twice: a slow machine makes it slow, not red.
  test.setTimeout(180_000);
  const victim = `http://app.localhost:${new URL(baseURL ?? "").port}`;
  await page.goto(`${victim}/attacks/tossing`);
  await expect(page.locator("span:not([data-kind])", { hasText: /^live$/ }).first()).toBeVisible();
  const labOf = () => page.evaluate(async () => (await (await fetch("/api/lab")).json()).lab.id as string);
  const before = await labOf();
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: /^Play/ }).click();
  await expect(page.getByText(/^Played here, in Chrome \d+: 12 cases/)).toBeVisible({ timeout: 150_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Where the first cookie counts, alice is in the thief’s account.",
  );

  const { play, weaknesses } = await page.evaluate(async () => {
    const [tossing, lab] = await Promise.all(
      ["/api/lab/tossing", "/api/lab"].map(async (path) => (await fetch(path)).json()),
    );
    return { play: tossing.progress.play as TossingPlay, weaknesses: lab.weaknesses as string[] };
  });
  expect([await labOf(), weaknesses]).toEqual([before, []]);

  const kept = { ...play, origins: usual };
  if (process.env["RENEW_RECORDING"] === "on") writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  const recorded: TossingPlay = JSON.parse(readFileSync(file, "utf8"));
  expect(kept.played).toEqual(recorded.played);

  // Chosen in the table, a way is shown above it.
  await page.getByRole("button", { name: "By overflowing the jar" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Even at the flow’s own edge alice is in the thief’s account.",
  );
  await page.getByRole("radio", { name: "__Host-" }).check();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "alice’s cookie is gone, and nothing took its place.",
  );
  await (await opened).close();
});

test("a play whose page is closed on its way is tidied up by the next page: no login of its own is left, and no weakness", async ({
  page,
  context,
  baseURL,
}) => {
  const victim = `http://app.localhost:${new URL(baseURL ?? "").port}`;
  await page.goto(`${victim}/attacks/tossing`);
  const opened = context.waitForEvent("page");
  await page.getByRole("button", { name: /^Play/ }).click();
  const popup = await opened;
  // alice and the thief are in then, and a weakness is on.
  await popup.waitForURL(/evil\.app\.localhost/);
  await page.close();
  await popup.close();

  const next = await context.newPage();
  await next.goto(`${victim}/attacks/tossing`);
  await expect(next.getByText(/^An earlier play was closed on its way\./)).toBeVisible();
  const { lab, events } = await next.evaluate(async () => {
    const [lab, audit] = await Promise.all(
      ["/api/lab", "/api/audit?limit=200"].map(async (path) => (await fetch(path)).json()),
    );
    return { lab, events: audit.events as { readonly type: string; readonly user: string | null }[] };
  });
  expect(lab.weaknesses).toEqual([]);
  for (const who of ["alice", "bob"]) {
    const counted = (type: string) => events.filter((event) => event.type === type && event.user === who).length;
    expect(counted("logged-in"), who).toBeGreaterThan(0);
    // A planted cookie of the thief's goes along with alice's logout, and is ended by both.
    expect(counted("logged-out"), who).toBeGreaterThanOrEqual(counted("logged-in"));
  }
  await next.close();
});

test("elsewhere than at the victim's host the page shows the kept play and leads there; Chromium takes no __Host- cookie whose Domain is localhost, and none without a name that has one in its value", async ({
  page,
}) => {
  await page.goto("/attacks/tossing");
  await expect(page.getByText(/^Played at 20\d\d-/)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Play at app\.localhost:\d+$/ })).toBeVisible();
  expect(await page.evaluate(oddCookiesTaken)).toEqual({ hostWithDomain: false, nameless: false });
});
