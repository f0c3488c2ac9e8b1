import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RecordedRun } from "../../lib/features/conformance/recorded-run.ts";
import type { TestRun, TestRuns } from "../../lib/features/conformance/test-run.ts";
import { treeOf } from "../../lib/features/conformance/tree.ts";
import { repository } from "../../lib/features/source/repository.ts";
import { expect, test } from "../fixtures/test.ts";

/** The files in which the server looks for results, on each request: of runs here, and of the recorded run. */
const results = join(import.meta.dirname, "../../.cache/e2e/conformance.json");
const recorded = join(import.meta.dirname, "../../.cache/e2e/recorded.json");

const variants = ["plain", "signed", "sealed", "sealed-versioned"];
const run = (status: "passed" | "failed"): TestRun => ({
  ...{ date: "2026-11-21T12:00:00.000Z", commit: "0123456789abcdef", tree: "another" },
  engines: { "Node.js": "24.0.0" },
  ...{ passed: 1234, failed: status === "failed" ? 4 : 0 },
  tests: variants.map((name) => ({
    file: "lib/lab/claims.test.ts",
    titles: [`cookie/${name}, in process, shows what its manifest claims`, "replay-after-logout"],
    status,
  })),
});
const leave = (runs: TestRuns) => writeFile(results, JSON.stringify(runs));
const record = (tree: string): RecordedRun => ({
  ...{ tree, date: "2026-11-20T10:00:00.000Z" },
  unit: {
    engines: { "Node.js": "24.0.0" },
    passed: 2000,
    files: [
      {
        of: ["lib/lab/claims.test.ts"],
        groups: variants.map((name) => ({
          of: [`cookie/${name}, in process, shows what its manifest claims`],
          tests: ["replay-after-logout"],
        })),
      },
    ],
  },
  e2e: { engines: { Chromium: "140.0.1" }, passed: 300, files: [] },
});

// All tests use the same file of results.
test.describe.configure({ mode: "serial" });
test.afterEach(async () => {
  for (const file of [results, recorded]) await rm(file, { force: true });
});

test("without a test run no requirement is met, and the page says how to run the tests", async ({ page }) => {
  await page.goto("/conformance?source=asvs");
  await expect(page.getByRole("list", { name: "Test runs" })).toContainText(
    "not recorded yet, and not run here. npm test runs them",
  );
  await expect(page.getByRole("region", { name: "Cookie", exact: true })).not.toContainText("cannot by design");
  const row = page.getByRole("row", { name: /^ASVS 7\.4\.1 L1/ });
  await expect(row.getByRole("cell")).toHaveText(Array.from({ length: 4 }, () => /not run here yet/));
  await expect(
    page
      .getByRole("row", { name: /^ASVS 7\.1\.1 / })
      .getByRole("cell")
      .first(),
  ).toContainText("unproven");
});

test("a verdict follows from a test run, and links to the test, the code and all evidence", async ({ page }) => {
  await leave({ unit: run("passed") });
  await page.goto("/conformance?source=asvs");
  const runs = page.getByRole("list", { name: "Test runs" });
  await expect(runs).toContainText("1234 passed on 2026-11-21 12:00 UTC at 0123456789 with Node.js 24.0.0");
  await expect(runs).toContainText("run here before these changes");
  const cell = page
    .getByRole("row", { name: /^ASVS 7\.4\.1 L1/ })
    .getByRole("cell")
    .first();
  await expect(cell).toContainText("only with an option");
  await expect(cell).toContainText("with sealed-versioned");
  await cell.getByRole("link", { name: /more$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("ASVS 7.4.1 L1");
  const cookie = page.getByRole("region", { name: "Cookie", exact: true });
  await expect(cookie).toContainText("shows that it does not hold");
  await cookie
    .getByRole("link", { name: /^claims\.test\.ts:\d+$/ })
    .first()
    .click();
  const source = page.getByRole("region", { name: "lib/lab/claims.test.ts" });
  const line = Number(new URL(page.url()).searchParams.get("line"));
  const text =
    (await readFile(join(import.meta.dirname, "../../lib/lab/claims.test.ts"), "utf8")).split("\n")[line - 1] ?? "";
  await expect(source.locator("[data-acted] code")).toHaveText(text.trim());
  await expect(source.locator("[data-acted]")).toBeInViewport();
});

test("where no tests were run, the recorded run counts, and the page says whether it was on this tree", async ({
  page,
}) => {
  await writeFile(recorded, JSON.stringify(record(treeOf(repository()))));
  await page.goto("/conformance?source=asvs&flow=cookie");
  const runs = page.getByRole("list", { name: "Test runs" });
  await expect(runs).toContainText("2000 passed on 2026-11-20 10:00 UTC with Node.js 24.0.0");
  await expect(runs).toContainText("300 passed on 2026-11-20 10:00 UTC with Chromium 140.0.1");
  await expect(runs.getByRole("listitem").first()).toContainText("recorded on this tree.");
  const cell = page.getByRole("row", { name: /^ASVS 7\.4\.1 L1/ }).getByRole("cell");
  await expect(cell).toContainText("only with an option");
  await writeFile(recorded, JSON.stringify(record("another tree")));
  await page.reload();
  await expect(runs.getByRole("listitem").first()).toContainText("recorded before these changes.");
});

test("a run here is shown instead of the recorded one, each runner for itself", async ({ page }) => {
  await writeFile(recorded, JSON.stringify(record("another tree")));
  await leave({ unit: run("failed") });
  await page.goto("/conformance?flow=cookie&state=failing");
  const runs = page.getByRole("list", { name: "Test runs" }).getByRole("listitem");
  await expect(runs.first()).toContainText("4 failed, 1234 passed");
  await expect(runs.first()).toContainText("run here");
  await expect(runs.last()).toContainText("300 passed on 2026-11-20 10:00 UTC");
  await expect(runs.last()).toContainText("recorded before these changes");
});

test("a failed test is shown first", async ({ page }) => {
  await leave({ unit: run("failed") });
  await page.goto("/conformance?flow=cookie&state=failing");
  await expect(page.getByRole("status")).toContainText(/^\d of \d+ requirements$/);
  await expect(page.getByRole("row", { name: /^ASVS 7\.4\.1 L1/ }).getByRole("cell")).toContainText("failing");
  await expect(page.getByRole("list", { name: "Test runs" })).toContainText("4 failed");
});

test("the filter is in the address, and a number of the summary links to its rows", async ({ page }) => {
  await page.goto("/conformance");
  const filter = page.getByRole("form", { name: "Filter" });
  await filter.getByLabel("Source").selectOption({ label: "OWASP WSTG, sessions" });
  await filter.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/\?source=wstg&/);
  await expect(page.getByRole("status")).toHaveText(/^11 of \d+ requirements$/);
  await filter.getByRole("link", { name: "Show all" }).click();
  await expect(page).toHaveURL(/\/conformance$/);
  const unproven = page
    .getByRole("region", { name: "Hybrid", exact: true })
    .getByRole("listitem")
    .filter({ hasText: "unproven" });
  const count = Number.parseInt((await unproven.getByRole("link").textContent()) ?? "", 10);
  await unproven.getByRole("link").click();
  await expect(page).toHaveURL(/flow=hybrid&state=unproven|state=unproven&flow=hybrid/);
  await expect(page.getByRole("status")).toContainText(`${count} of`);
});

test("an address outside of the source shows no file", async ({ request }) => {
  expect((await request.get("/source/lib/flows/cookie/flow.ts?line=14")).status()).toBe(200);
  for (const path of [
    ".env",
    "package.json",
    "..%2f..%2fetc%2fpasswd",
    "lib%2f..%2f.env",
    "node_modules/next/package.json",
    "lib/none.ts",
  ]) {
    expect([path, (await request.get(`/source/${path}`)).status()]).toEqual([path, 404]);
  }
  for (const path of ["ASVS-9.9.9", "__proto__", "%00"]) {
    const status = (await request.get(`/conformance/${path}`)).status();
    expect([path, status >= 400 && status < 500]).toEqual([path, true]);
  }
  for (const line of ["0", "-1", "99999", "x", "1e3", "%00"]) {
    expect((await request.get(`/source/proxy.ts?line=${line}`)).status()).toBe(200);
  }
});
