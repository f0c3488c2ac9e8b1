import type { Page } from "@playwright/test";
import { flows as modules } from "../../lib/flows/registry.ts";
import { expect, test } from "../fixtures/test.ts";

// Every script travels: none is left from a page before.
test.use({ reuseContext: false });

/**
 * What a page's scripts may weigh on the wire, compressed, the framework included: the one that a visitor comes to,
 * and those of one flow with all there is to it.
 */
const mostBytes = { dashboard: 200_000, flow: 215_000 };
/** The framework alone is more than that: whoever counts less has not seen all that travelled. */
const leastBytes = 100_000;

type Weight = { readonly file: string; readonly bytes: number };

/**
 * Every script that this page loads, as it travels. Nothing was
 * loaded in its context before, so nothing comes from a cache.
 */
function scriptsOf(page: Page): () => Promise<readonly Weight[]> {
  const weights: Promise<Weight>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    const file = new URL(request.url()).pathname.split("/").at(-1) ?? "";
    weights.push(request.sizes().then(({ responseBodySize: bytes }) => ({ file, bytes })));
  });
  return () => Promise.all(weights);
}

/** What is fetched only when somebody wants it: the lanes of a race, the diagram of an exchange. */
async function openAllOfDashboard(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start the race" }).click();
  await expect(page.getByRole("list", { name: "Lanes" }).getByRole("listitem").first()).toBeVisible();
  await page.getByRole("button", { name: "Stop the race" }).click();
  await page.getByRole("region", { name: "Exchanges" }).getByRole("button", { expanded: false }).first().click();
  await expect(page.getByRole("list", { name: /^Steps of/ })).toBeVisible();
}

async function openAllOfFlow(page: Page): Promise<void> {
  await expect(page.getByRole("region", { name: /taken apart$/ }).first()).toContainText("Encoded");
  const drawn = page.getByRole("region", { name: "What happened" }).getByRole("list", { name: /^Steps of POST/ });
  await expect(drawn).toBeVisible();
}

for (const path of ["/", ...modules.map(({ manifest }) => `/${manifest.id}`)]) {
  const most = path === "/" ? mostBytes.dashboard : mostBytes.flow;
  test(`the scripts of ${path} weigh at most ${most / 1000} kB as they travel, with a login and all of it open`, async ({
    page,
  }) => {
    test.setTimeout(60_000);
    const scripts = scriptsOf(page);
    await page.goto(path);
    await expect(page.getByText("live", { exact: true }).first()).toBeVisible({ timeout: 20_000 });
    const logIn = path === "/" ? "Log in with all four" : "Log in";
    await page.getByRole("button", { name: logIn, exact: true }).click();
    await expect(page.getByTestId("login-state").last()).toHaveText("alice accepted");
    await (path === "/" ? openAllOfDashboard(page) : openAllOfFlow(page));
    const weights = await scripts();
    const sum = weights.reduce((all, { bytes }) => all + bytes, 0);
    const told = `${path}: ${sum} bytes in ${weights.length} scripts`;
    test.info().annotations.push({ type: "weight", description: told });
    expect(
      weights.filter(({ bytes }) => bytes <= 0),
      "scripts that did not travel",
    ).toEqual([]);
    expect(sum, told).toBeGreaterThan(leastBytes);
    expect(sum, told).toBeLessThanOrEqual(most);
  });
}
