import type { Locator, Page } from "@playwright/test";
import { lifetimePresets } from "../../lib/core/time.ts";
import { expect, openDashboard, openLive, test } from "../fixtures/test.ts";

function theRace(page: Page): Locator {
  return page.getByRole("region", { name: "The race", exact: true });
}

function laneOf(race: Locator, variant: string): Locator {
  return race.getByRole("list", { name: "Lanes" }).getByRole("listitem").filter({ hasText: variant });
}

function sentenceOn(race: Locator, variant: string): Locator {
  return race
    .getByRole("region", { name: "What happened" })
    .getByRole("listitem")
    .filter({ hasText: `${variant}:` });
}

async function goTo(page: Page, query: string): Promise<Locator> {
  await openLive(page, `/${query}`);
  return theRace(page);
}

test("after a logout a session id is refused at once, and an access token is accepted until its exp", async ({
  page,
  flows,
}) => {
  await flows.logIn("Server session");
  const lanes = ["server-session/sql", "memory-jwt/rotating", "hybrid/introspected"].map((id) => `lane=${id}`);
  const race = await goTo(page, `?${lanes.join("&")}`);
  await expect(race).toContainText("a read-only check asks for each copy, and extends no login");
  const begun = Date.now();
  await race.getByRole("button", { name: "Start the race" }).click();

  await expect(laneOf(race, "server-session/sql")).toContainText(/refused REVOKED after \d+\.\d+ s/);
  await expect(laneOf(race, "hybrid/introspected")).toContainText("refused INVALID_CREDENTIAL");
  await expect(laneOf(race, "memory-jwt/rotating")).toContainText("refused REVOKED");
  // By now alice had logged in and the plug was pulled.
  const before = (Date.now() - begun) / 1000;
  await expect(laneOf(race, "memory-jwt/rotating")).toContainText(/still gets in, \d+ s/);
  await expect(race).toContainText("1 copy still in");

  const told = sentenceOn(race, "memory-jwt/rotating");
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
  const sentences = race.getByRole("region", { name: "What happened" }).getByRole("listitem");
  await expect(sentences).toHaveCount(3);
  await expect(sentences.last()).toContainText("memory-jwt/rotating");
  await expect(race).not.toContainText("differs");
  await expect(race.getByRole("status")).toHaveText("The race is over: 4 copies refused, 0 still in.");
  // The page's own login was not part of the race.
  await expect(flows.state("Server session")).toHaveText("alice accepted");
});

test("a stopped race keeps its results, and the next race can start", async ({ page }) => {
  const race = await goTo(page, "?plug=client-forgets&lane=cookie/sealed");
  await expect(race.getByLabel("Plug")).toHaveValue("client-forgets");
  await race.getByRole("button", { name: "Start the race" }).click();
  await expect(laneOf(race, "cookie/sealed")).toContainText(/still gets in, \d+ s/);
  await race.getByRole("button", { name: "Stop the race" }).click();
  await expect(laneOf(race, "cookie/sealed")).toContainText(/no longer asked, in at \d+\.\d+ s/);
  await expect(sentenceOn(race, "cookie/sealed")).toContainText(/the copy still got in \d+\.\d+ s after the plug\./);
  await expect(race.getByRole("status")).toHaveText("The race was stopped: 0 copies refused, 1 still in.");

  await race.getByLabel("Plug").selectOption({ label: "Keys rotated" });
  await race.getByRole("button", { name: "Start the race" }).click();
  await expect(sentenceOn(race, "cookie/sealed")).toContainText("the copy was refused at once with INVALID_CREDENTIAL");
});

test("a link restores a race's plug and lanes, and the other choices in the address", async ({ dashboard }) => {
  const race = theRace(dashboard);
  await dashboard.getByRole("radio", { name: "bob" }).check();
  await race.getByLabel("Plug").selectOption({ label: "Role lowered" });
  await race.getByText(/variants run, one of each kind$/).click();
  await race.getByRole("button", { name: "None" }).click();
  await expect(race.getByRole("button", { name: "Start the race" })).toHaveAttribute("aria-disabled", "true");
  await race.getByRole("group", { name: "Cookie" }).getByLabel("Signed").check();
  const url = new URL(dashboard.url());
  expect(url.search).toBe("?person=bob&plug=role-lowered&lane=cookie/signed");

  const linked = await dashboard.context().newPage();
  await openLive(linked, url.href);
  await expect(theRace(linked).getByLabel("Plug")).toHaveValue("role-lowered");
  await expect(theRace(linked)).toContainText(/1 of \d+ variants run/);
  await theRace(linked).getByRole("button", { name: "Start the race" }).click();
  await expect(laneOf(theRace(linked), "cookie/signed")).toContainText(/still gets in, \d+ s, with the old role/);
});

test("a second race of a lab is refused with TOO_MANY_REQUESTS, and leaving the page ends the first race", async ({
  context,
  page,
  expectStatus,
}) => {
  expectStatus(429);
  const race = await goTo(page, "?plug=client-forgets&lane=cookie/sealed");
  await race.getByRole("button", { name: "Start the race" }).click();
  await expect(laneOf(race, "cookie/sealed")).toContainText("still gets in");

  const second = await context.newPage();
  await openDashboard(second);
  const other = theRace(second);
  await other.getByRole("button", { name: "Start the race" }).click();
  await expect(other.getByRole("alert")).toContainText("TOO_MANY_REQUESTS");
  await expect(other.getByRole("alert")).toContainText("A race of this lab is under way.");
  await page.close();
  await expect(async () => {
    await other.getByRole("button", { name: "Start the race" }).click();
    await expect(laneOf(other, "server-session/sql")).toContainText("refused REVOKED", { timeout: 4000 });
  }).toPass();
});
