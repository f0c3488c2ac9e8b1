import { conditionsIn } from "../../lib/features/bench/conditions.ts";
import { recordedBench } from "../../lib/features/bench/recorded.ts";
import { flows } from "../../lib/flows/registry.ts";
import { expect, test } from "../fixtures/shared-page.ts";

const { rows, machine } = recordedBench();
const usual = rows.filter(({ condition }) => condition === "usual");
const titles = new Map(
  flows.flatMap(({ manifest }) => manifest.variants.map(({ id, title }) => [id as string, title])),
);

test("the bench has a row for each variant that was measured, and says on what machine", async ({ lookAt }) => {
  const page = await lookAt("/bench");
  const chart = page.getByRole("region", { name: "CPU that a request adds, µs" });
  const measured = usual.filter(({ overHttp }) => overHttp).map(({ variant }) => titles.get(variant) ?? variant);
  await expect(chart.locator("tbody th[scope=row]")).toHaveText(measured);
  await expect(page.getByRole("main")).toContainText(machine.cpu);
});

test("another measure and another request are a link each, and stand in the address", async ({ lookAt }) => {
  const page = await lookAt("/bench");
  await page.getByRole("navigation", { name: "Measure" }).getByRole("link", { name: "In place" }).click();
  await page.getByRole("navigation", { name: "Request" }).getByRole("link", { name: "GET me, cold" }).click();
  await expect(page).toHaveURL("/bench?measure=in-place&action=cold");
  const cold = usual.filter(({ inPlace }) => inPlace.cold).map(({ variant }) => titles.get(variant) ?? variant);
  const chart = page.getByRole("region", { name: "Time inside the process" });
  await expect(chart.locator("tbody th[scope=row]")).toHaveText(cold);
});

test("under another condition the bench has a row for each variant that was measured so", async ({ lookAt }) => {
  const page = await lookAt("/bench");
  for (const [id, { title }] of Object.entries(conditionsIn({ rows }))) {
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: title }).click();
    await expect(page).toHaveURL(id === "usual" ? "/bench" : `/bench?condition=${id}`);
    const measured = rows.filter(({ condition, overHttp }) => condition === id && overHttp);
    const chart = page.getByRole("region", { name: "CPU that a request adds, µs" });
    await expect(chart.locator("tbody th[scope=row]")).toHaveText(
      measured.map(({ variant }) => titles.get(variant) ?? ""),
    );
  }
});

test("no figure of the bench needs a script, and nothing is wider than a phone", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    ...(baseURL && { baseURL }),
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  for (const path of ["/bench", "/bench?measure=in-place", "/bench?measure=in-place&action=login"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("tbody th[scope=row]").first()).toBeVisible();
    // Scripts of a page are off; that of the test is not.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await context.close();
});
