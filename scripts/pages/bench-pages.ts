/**
 * Measures how the pages of the production build feel: `npm run bench:pages`, after `npm run build`. It prints median and
 * worst of five runs beside the targets, and ends with 1 if one is missed.
 *
 * - idle: the CPU of the browser's and the server's processes while the dashboard is open, with a login in each flow
 * - tasks: the longest task of each page while it opens (Long Tasks API), and over the dashboard's idle time
 * - matrix: from the request until all cells of all variants are drawn, on a warm server
 *
 * It is meant for a quiet machine with Linux, so no test runs it. `--runs 1` measures once, `--only idle` a part.
 */

import { existsSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { flows, variants } from "../../lib/flows/registry.ts";
import { replayedOf } from "../../lib/lab/experiment.ts";
import { experiments } from "../../lib/lab/experiments.ts";
import { findChromium, noChromium } from "../chromium.ts";
import { startOwnServer } from "../own-server.ts";
import { giveUp, project, readArguments } from "../processes.ts";
import { allPages } from "./all-pages.ts";
import { cpuUsed } from "./cpu-used.ts";
import { medianOf } from "./median-of.ts";
import { printer } from "./printer.ts";

/** Percent of one core; milliseconds. */
const targets = { idle: 3, task: 200, matrix: 1000 } as const;
/** How long an idle page is watched, and how long a page is left alone before that. */
const watched = 10_000;
const settles = 4_000;
/** A server that has just started compiles what it was asked for, for some seconds longer. That is no idle server. */
const startsFor = 20_000;
/** A page counts as open when it had no task for so long. */
const quiet = 1_500;

const { values: asked } = readArguments(
  { options: { runs: { type: "string", default: "5" }, only: { type: "string" } } },
  "There are two options: npm run bench:pages -- --runs 1, npm run bench:pages -- --only idle,tasks,matrix",
);
const runs = Number(asked.runs);
if (!(Number.isInteger(runs) && runs > 0)) giveUp("--runs takes a whole number.");
const parts = asked.only?.split(",") ?? ["idle", "tasks", "matrix"];
if (!existsSync(join(project, ".next/BUILD_ID"))) giveUp("Run `npm run build` first.");
if (!existsSync("/proc/self/stat")) giveUp("The CPU of a process is read as Linux tells it, in /proc.");
const launch = findChromium() ?? giveUp(noChromium);

const server = await startOwnServer("start");
const host = await chromium.launchServer(launch);
const browser = await chromium.connect(host.wsEndpoint());
const row = printer([46, 12, 12, 12]);
let isKept = true;
try {
  row("", "median", "worst", "at most");
  const context = await loggedIn();
  if (parts.includes("idle")) await measureIdle(context);
  if (parts.includes("tasks")) await measureTasks(context);
  if (parts.includes("matrix")) await measureMatrix(context);
  console.log(`\n${runs} runs. ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} at the end.`);
  process.exitCode = isKept ? 0 : 1;
} finally {
  await browser.close();
  await host.close();
  await server.stop();
}

/** Movements are as a reader has them who did not turn them off. */
async function loggedIn(): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 } });
  for (const { manifest } of flows) {
    const data = { username: "alice", password: "alice-likes-tea" };
    const answered = await context.request.post(`/api/${manifest.id}/login`, { data });
    if (!answered.ok()) throw new Error(`${manifest.id} answered ${answered.status()}.`);
  }
  await context.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
      buffered: true,
    });
  });
  return context;
}

/** Prints a row. The worst run is the one that counts. */
function report(name: string, measured: readonly number[], unit: string, most: number): void {
  const worst = Math.max(...measured);
  const shown = (value: number) => `${value.toFixed(unit === "%" ? 1 : 0)} ${unit}`;
  row(name, shown(medianOf(measured)), shown(worst), shown(most));
  isKept &&= worst <= most;
}

async function measureIdle(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("/");
  await pause(startsFor);
  const used = { browser: [] as number[], server: [] as number[], both: [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    await pause(settles);
    const before = { browser: cpuUsed(host.process().pid ?? 0), server: cpuUsed(server.pid) };
    const began = performance.now();
    await pause(watched);
    const took = performance.now() - began;
    const browserShare = (100 * (cpuUsed(host.process().pid ?? 0) - before.browser)) / took;
    const serverShare = (100 * (cpuUsed(server.pid) - before.server)) / took;
    used.browser.push(browserShare);
    used.server.push(serverShare);
    used.both.push(browserShare + serverShare);
  }
  report("idle dashboard, browser and server", used.both, "%", targets.idle);
  report("  of it the browser", used.browser, "%", targets.idle);
  report("  of it the server", used.server, "%", targets.idle);
  report("idle dashboard, longest task", [await longestTask(page)], "ms", targets.task);
  await page.close();
}

async function measureTasks(context: BrowserContext): Promise<void> {
  for (const path of allPages()) {
    // The first opening warms the server up.
    await longestTaskOf(context, path);
    const longest: number[] = [];
    for (let run = 0; run < runs; run += 1) longest.push(await longestTaskOf(context, path));
    report(path, longest, "ms", targets.task);
  }
}

async function longestTaskOf(context: BrowserContext, path: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(path);
  await pause(quiet);
  const longest = await longestTask(page);
  await page.close();
  return longest;
}

function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks));
}

async function measureMatrix(context: BrowserContext): Promise<void> {
  const cells = variants.flatMap((variant) =>
    experiments.filter((experiment) => replayedOf(experiment, variant).length > 0),
  ).length;
  const took: number[] = [];
  for (let run = -1; run < runs; run += 1) {
    const page = await context.newPage();
    await page.goto("/who-still-gets-in?view=all", { waitUntil: "commit" });
    const drawn = await page.waitForFunction((wanted) => {
      const found = document.querySelectorAll(".matrix td[data-standing]").length;
      return found >= wanted ? performance.now() : null;
    }, cells);
    const milliseconds = await drawn.jsonValue();
    if (run >= 0 && milliseconds !== null) took.push(milliseconds);
    await page.close();
  }
  report(`matrix, ${cells} cells drawn`, took, "ms", targets.matrix);
}
