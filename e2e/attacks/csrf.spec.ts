import { readFileSync, writeFileSync } from "node:fs";
// The browser logs an error for the preflight that nobody allows, in the attacker's window: that is expected.
import { expect, type Page, test } from "@playwright/test";
import { csrfCases } from "../../lib/features/attacks/csrf/cases.ts";
import { type CsrfPlay, isFramedCase } from "../../lib/features/attacks/csrf/model.ts";
import { atHosts } from "../../lib/features/attacks/csrf/recorded-play.ts";
import { usualHosts } from "./usual-hosts.ts";

const framedCases = csrfCases.filter(({ id }) => isFramedCase(id));

/** Played in an earlier browser. `RENEW_RECORDING=on` writes this file anew. */
const file = "lib/features/attacks/csrf/recorded.json";

test("a play in this browser sends what was recorded, spends alice's coins without a defence, and leaves no weakness on", async ({
  page,
  baseURL,
}) => {
  const victim = `http://app.localhost:${new URL(baseURL ?? "").port}`;
  await page.goto(`${victim}/attacks/csrf`);
  await expect(page.locator("span:not([data-kind])", { hasText: /^live$/ }).first()).toBeVisible();
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: /^Play/ }).click();
  // Every page of a lab with a weakness on says so.
  await expect(page.getByRole("banner").getByRole("link", { name: "2 weaknesses on" })).toBeVisible();
  await pressIntoFrames(await opened);
  await expect(page.getByText(/^Played here, in Chrome \d+/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("banner").getByRole("link", { name: "2 weaknesses on" })).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "With no defence, a form on the attacker’s page spends alice’s coins.",
  );

  const { play, balance, weaknesses } = await page.evaluate(async () => {
    const [csrf, lab] = await Promise.all(
      ["/api/lab/csrf", "/api/lab"].map(async (path) => (await fetch(path)).json()),
    );
    const { verdicts: _verdicts, done: _done, ...rest } = csrf.play;
    return { play: rest as CsrfPlay, balance: lab.people[0].balance as number, weaknesses: lab.weaknesses as string[] };
  });
  expect(weaknesses).toEqual([]);
  expect(balance).toBeLessThan(90);

  const kept = atHosts(play, usualHosts);
  if (process.env["RENEW_RECORDING"] === "on") writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  const recorded: CsrfPlay = JSON.parse(readFileSync(file, "utf8"));
  expect(kept.cases).toEqual(recorded.cases);

  // Chosen in the table, a case is shown above it. This one gets by the naive double submit.
  await page.getByRole("button", { name: "A form with a token that it planted" }).click();
  const defences = page.getByRole("list", { name: "Defences" });
  await expect(defences.getByRole("listitem").filter({ hasText: "Naive double submit" })).toContainText("SUCCEEDS");
  const signed = defences.getByRole("listitem").filter({ hasText: "Signed double submit" });
  await expect(signed).toContainText("refused CSRF_TOKEN");
  await expect(signed.getByRole("link", { name: /^defences\.ts:\d+$/ })).toBeVisible();
  await (await opened).close();
});

/** The attacker's window waits for a press in each of its framed cases. */
async function pressIntoFrames(popup: Page): Promise<void> {
  for (const { id } of framedCases) {
    const frame = popup.frameLocator(`iframe[src$="/${id}/open"]`);
    await frame.getByRole("button", { name: "Send a coin to bob" }).click();
  }
}

test("where alice's own page is refused the attack could not be tried, and no weakness stays on", async ({
  page,
  baseURL,
}) => {
  await page.goto(`http://app.localhost:${new URL(baseURL ?? "").port}/attacks/csrf`);
  await expect(page.locator("span:not([data-kind])", { hasText: /^live$/ }).first()).toBeVisible();
  await page.route(/case=own-page$/, (route) => route.fulfill({ status: 503 }));
  await page.getByRole("button", { name: /^Play/ }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(
    "The attack could not be tried: alice’s own page was refused.",
  );
  await expect(page.getByText(/^Played at 20\d\d-/)).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: /weakness/ })).toBeHidden();
});

test("elsewhere than at the victim's host the page shows the kept play and leads there, and at a network address names the settings; the overview has every flow, and plays what the server can play", async ({
  page,
}) => {
  await page.goto("/attacks/csrf");
  await expect(page.getByText(/^Played at 20\d\d-/)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Play at app\.localhost:\d+$/ })).toBeVisible();
  // A name at localhost leads a browser to its own machine, which is not the server's then.
  const elsewhere = await page.request.get("/attacks/csrf", { headers: { host: "192.0.2.7:3000" } });
  const html = (await elsewhere.text()).replaceAll("<!-- -->", "");
  expect(html).toContain("Set VICTIM_ORIGIN, SIBLING_ORIGIN, ATTACKER_ORIGIN, OTHER_PORT_ORIGIN to names that do.");
  expect(html).toMatch(/Played at 20\d\d-/);
  await page.goto("/attacks");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "With every defence on, three attacks succeed somewhere.",
  );
  // What needs no window of this browser is played by the server.
  await page.getByRole("button", { name: "Play all 17" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Played here" })).toHaveText(
    "Played here: 17 of 17, all of them as claimed.",
    { timeout: 60_000 },
  );
  await expect(page.getByText("played here", { exact: true })).toHaveCount(17);
  await page.getByText("Without defences").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("succeed somewhere.");
  await page.getByRole("link", { name: "Forged" }).click();
  await expect(page).toHaveURL("/attacks/forgery");
});
