import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";

const tokens = (page: Page) => page.getByTestId("token");
const position = (page: Page) => page.getByRole("region", { name: "Step by step" }).locator("output");
const cell = (page: Page, name: string) => page.getByRole("button", { name, exact: false });

/** Opens the page and waits for its script, which removes unknown values from the address. */
async function open(page: Page, query = ""): Promise<void> {
  await page.goto(`/refresh-bench?from=test&${query}`);
  await expect(page).not.toHaveURL(/from=test/);
}

test("the server renders a whole run of the refresh bench without script", async ({ request }) => {
  const text = await (await request.get("/refresh-bench?strategy=none&schedule=theft-late&seed=1")).text();
  expect(text).toContain("The thief survives");
  expect(text).toMatch(/POST refresh/);
  expect(text).toContain('data-testid="token"');
});

test("a run can be stepped forward and back, and the family tree follows", async ({ page }) => {
  await open(page, "strategy=naive&schedule=theft-race&seed=3&step=0");
  await expect(position(page)).toContainText(/step 0 of \d+/);
  await expect(tokens(page)).toHaveText([/R1\s*good\s*browser/]);
  const step = page.getByRole("button", { name: "Step", exact: true });
  await step.click();
  await expect(tokens(page)).toHaveText([/R1\s*good\s*browser · thief/]);
  await expect(page.locator('[aria-current="step"]')).toContainText("copies R1 out of the browser");
  await page.getByRole("button", { name: "Back" }).click();
  await expect(tokens(page)).toHaveText([/R1\s*good\s*browser/]);

  await page.getByRole("button", { name: "To the end" }).click();
  await expect(tokens(page).filter({ hasText: "R2b" })).toHaveCount(1);
  await expect(tokens(page).filter({ hasText: "thief" })).toContainText("good");
  await expect(page.getByRole("region", { name: "What it came to" })).toContainText("The thief survives");
  await expect(page).toHaveURL(/strategy=naive&schedule=theft-race&seed=3&step=\d+$/);
});

test("a run plays by itself until it is paused", async ({ page }) => {
  await open(page, "strategy=grace&schedule=two-tabs&seed=7&step=0");
  await page.getByRole("button", { name: "Play" }).click();
  await expect(position(page)).toContainText(/step 3 of/);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});

test("another strategy plays the same schedule and seed, and a link restores the run", async ({ page }) => {
  await open(page, "strategy=naive&schedule=theft-race&seed=3");
  const outcome = page.getByRole("region", { name: "What it came to" });
  await page.getByRole("radio", { name: "Naive rotation" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(outcome).toContainText("The thief is out.");
  await expect(outcome).toContainText("401 REVOKED");
  await expect(page.getByRole("region", { name: "Family tree" })).toContainText("reuse-detected");
  await expect(page).toHaveURL(/strategy=atomic&schedule=theft-race&seed=3$/);

  await page.getByRole("combobox", { name: "Schedule" }).selectOption("Two tabs at once");
  await expect(outcome).toContainText("False logout");
  await page.getByLabel("Single flight in the browser").check();
  await expect(outcome).toContainText("No false logout");
  await page.reload();
  await expect(page.getByLabel("Single flight in the browser")).toBeChecked();
  await expect(page.getByRole("list", { name: "Steps of this run" })).toContainText("another tab got");
});

test("the table counts real runs, and a cell opens a run with a bad outcome", async ({ page }) => {
  // It plays 1700 runs.
  test.setTimeout(120_000);
  await open(page, "strategy=grace&schedule=two-tabs&seed=7");
  const table = page.getByRole("table", { name: "Counts by schedule and strategy" });
  await expect(table).toContainText("not run");
  await page.getByRole("button", { name: "Run the table" }).click();
  await expect(page.getByText("85 of 85 cells")).toBeVisible({ timeout: 100_000 });
  await expect(page.getByRole("button", { name: "Run the table" })).toBeVisible();
  await expect(cell(page, "No rotation, Theft, thief later:")).toContainText("thief survives 20 of 20");
  await expect(cell(page, "Atomic, with grace, Two tabs at once:")).toContainText("false logouts 0 of 20");
  await expect(table).not.toContainText("not run");

  await cell(page, "Grace, done wrong, Theft seen, and then again:").click();
  await expect(page.getByRole("region", { name: "What it came to" })).toContainText("In after the end");
  await expect(page).toHaveURL(/strategy=blind-grace&schedule=after-breach/);
  await expect(page.getByRole("region", { name: "Step by step" })).toBeInViewport();
});

test("a stopped count keeps its results", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Runs a cell" }).selectOption("200");
  await page.getByRole("button", { name: "Run the table" }).click();
  await expect(cell(page, "No rotation, Two tabs at once:")).toContainText(/false logouts 0 of \d+/);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("button", { name: "Run the table" })).toBeVisible();
  await expect(cell(page, "No rotation, Two tabs at once:")).toContainText(/false logouts 0 of \d+/);
  await expect(cell(page, "Atomic, with grace, Theft seen, and then again:")).toContainText("not run");
});

test("unknown names in the bench's address open the default run", async ({ page }) => {
  await open(page, "strategy=hope&schedule=Tuesday&seed=-1&step=99999999999");
  await expect(page.getByRole("radio", { name: "Naive rotation" })).toBeChecked();
  await expect(page.getByRole("region", { name: "What it came to" })).toContainText("The thief survives");
});
