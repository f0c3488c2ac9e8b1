import type { Page, Request } from "@playwright/test";
import { flows as modules } from "../../lib/flows/registry.ts";
import { expect, liveState, openLabMenu, openLive, openReady, test } from "../fixtures/test.ts";

// A new context for each test, so that no script comes from a cache.
test.use({ reuseContext: false });

/**
 * The largest size of a page's scripts, compressed, with the
 * framework: of the dashboard, and of any other page with all its parts.
 */
const mostBytes = { dashboard: 200_000, other: 215_000 };
const lessonBytes = 215_000;
/** The framework alone is larger than this. A smaller count would mean that scripts were missed. */
const leastBytes = 100_000;

type Weight = { readonly file: string; readonly bytes: number; readonly text: string };

/** Words of what loads on use: they are in the scripts of no other page. */
const palette = "Find and keys";
const lesson = "Guess each row";
const holds = (weights: readonly Weight[], words: string) => weights.some(({ text }) => text.includes(words));

/** The compressed sizes of all scripts that this page loads. Its context is new, so no script comes from a cache. */
function scriptsOf(page: Page): () => Promise<readonly Weight[]> {
  const weights: Promise<Weight>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    const file = new URL(request.url()).pathname.split("/").at(-1) ?? "";
    weights.push(weightOf(request, file));
  });
  return () => Promise.all(weights);
}

async function weightOf(request: Request, file: string): Promise<Weight> {
  const [{ responseBodySize }, response] = await Promise.all([request.sizes(), request.response()]);
  return { file, bytes: responseBodySize, text: (await response?.text()) ?? "" };
}

/** Opens the parts that are loaded on demand: the dialog of the lab's reset, the diagram of an exchange. */
async function openAllOfDashboard(page: Page): Promise<void> {
  await (await openLabMenu(page)).getByRole("button", { name: "Reset lab" }).click();
  await page.getByRole("button", { name: "Keep this lab" }).click();
  await page.getByRole("region", { name: "Exchanges" }).getByRole("button", { expanded: false }).first().click();
  await expect(page.getByRole("list", { name: /^Steps of/ })).toBeVisible();
}

async function openAllOfFlow(page: Page): Promise<void> {
  await expect(page.getByRole("region", { name: /taken apart$/ }).first()).toContainText("Encoded");
  const drawn = page.getByRole("region", { name: "What happened" }).getByRole("list", { name: /^Steps of POST/ });
  await expect(drawn).toBeVisible();
}

for (const path of ["/", ...modules.map(({ manifest }) => `/${manifest.id}`)]) {
  const most = path === "/" ? mostBytes.dashboard : mostBytes.other;
  test(`with a login and all parts open, the scripts of ${path} have at most ${most / 1000} kB on the wire, and nothing of the palette or a lesson`, async ({
    page,
  }) => {
    const scripts = scriptsOf(page);
    await page.goto(path);
    await expect(liveState(page)).toBeVisible({ timeout: 20_000 });
    const logIn = path === "/" ? "Log in with all four" : "Log in";
    await page.getByRole("button", { name: logIn, exact: true }).click();
    await expect(page.getByTestId("login-state").last()).toHaveText("alice accepted");
    await (path === "/" ? openAllOfDashboard(page) : openAllOfFlow(page));
    const weights = await scripts();
    await expectLight(path, weights, most);
    for (const words of [palette, lesson]) expect(holds(weights, words), words).toBe(false);
  });
}

test(`after a race, the scripts of /race have at most ${mostBytes.other / 1000} kB on the wire`, async ({ page }) => {
  const scripts = scriptsOf(page);
  await openLive(page, "/race");
  await page.getByRole("button", { name: "Start the race" }).click();
  await expect(page.getByRole("list", { name: "Copies" })).toContainText("STILL IN");
  await page.getByRole("button", { name: "Stop the race" }).click();
  await expect(page.getByRole("region", { name: "What happened" })).toBeVisible();
  await expectLight("/race", await scripts(), mostBytes.other);
});

test(`after a lesson's first guess, the scripts of /lesson have at most ${lessonBytes / 1000} kB on the wire`, async ({
  page,
}) => {
  const scripts = scriptsOf(page);
  await openReady(page, "/lesson/log-out?step=4");
  await expect(page.getByText("Guess each row: keys 1 to 4 change a guess.")).toBeVisible();
  for (const row of ["1", "2", "3", "4", "ArrowRight"]) await page.keyboard.press(row);
  await expect(page.getByRole("list", { name: "What each one does" })).toContainText("STILL IN");
  await page.keyboard.press("p");
  await expect(page.getByRole("region", { name: "Panes" })).toBeVisible();
  const weights = await scripts();
  await expectLight("/lesson", weights, lessonBytes);
  expect([holds(weights, lesson), holds(weights, palette)]).toEqual([true, false]);
});

async function expectLight(path: string, weights: readonly Weight[], most: number): Promise<void> {
  const sum = weights.reduce((all, { bytes }) => all + bytes, 0);
  const told = `${path}: ${sum} bytes in ${weights.length} scripts`;
  test.info().annotations.push({ type: "weight", description: told });
  expect(
    weights.filter(({ bytes }) => bytes <= 0),
    "scripts that did not travel",
  ).toEqual([]);
  expect(sum, told).toBeGreaterThan(leastBytes);
  expect(sum, told).toBeLessThanOrEqual(most);
}
