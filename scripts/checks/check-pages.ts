// Measures how long pages take. It opens every page, whole answer, and ends with 1 if one takes longer than promised.
// It is meant for a quiet machine, so no test runs it.
//
//   npm run check:pages                      while developing: the first page of the process, first openings, later ones
//   npm run check:pages -- --cold            the same without what the compiler kept from earlier runs
//   npm run check:pages -- --production      CPU time of a request to the production build

import { existsSync, rmSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { startOwnServer } from "../own-server.ts";
import { allPages } from "../pages/all-pages.ts";
import { cpuUsed } from "../pages/cpu-used.ts";
import { printer } from "../pages/printer.ts";
import { giveUp, project, readArguments } from "../processes.ts";

/** Seconds while developing; milliseconds of CPU that a request may cost in production. */
const promised = { processFirst: 6, first: 3, later: 0.5, production: 60 } as const;
/** In production: CPU time has steps of 10 ms, so many requests are measured together. */
const requestsCounted = 20;

const { values: asked } = readArguments(
  { options: { cold: { type: "boolean" }, production: { type: "boolean" } } },
  "There are two options: npm run check:pages -- --cold, npm run check:pages -- --production",
);
if (asked.production && !existsSync(join(project, ".next/BUILD_ID"))) giveUp("Run `npm run build` first.");
if (asked.production && !existsSync("/proc/self/stat"))
  giveUp("The CPU of a process is read as Linux tells it, in /proc.");
if (asked.cold) rmSync(join(project, ".next/dev"), { recursive: true, force: true });

const pages = allPages();
const server = await startOwnServer(asked.production ? "start" : "dev");
let cookie = "";
try {
  const isKept = asked.production ? await measureProduction() : await measureDevelopment();
  console.log(`\nThe machine: ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} at the end.`);
  process.exitCode = isKept ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await server.stop();
}

/** Answers the seconds until the whole answer had arrived. */
async function open(page: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(`${server.origin}${page}`, { headers: { cookie } });
  await response.text();
  const seconds = (performance.now() - began) / 1000;
  if (response.status !== 200) throw new Error(`${page} answered ${response.status}.`);
  cookie ||= response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return seconds;
}

async function measureDevelopment(): Promise<boolean> {
  const row = printer([42, 9, 9, 9, 9]);
  row("", "first", "at most", "later", "at most");
  let isKept = true;
  for (const [index, page] of pages.entries()) {
    const most = index === 0 ? promised.processFirst : promised.first;
    const first = await open(page);
    const [, later = 0] = [await open(page), await open(page), await open(page)].sort((a, b) => a - b);
    row(page, `${first.toFixed(2)} s`, `${most} s`, `${later.toFixed(2)} s`, `${promised.later} s`);
    isKept &&= first <= most && later <= promised.later;
  }
  return isKept;
}

async function measureProduction(): Promise<boolean> {
  const row = printer([42, 9, 9]);
  row("", "CPU", "at most");
  let isKept = true;
  for (const page of pages) {
    // Warms up: one-time work is done and hot code is compiled.
    for (let done = 0; done < requestsCounted; done += 1) await open(page);
    const before = cpuUsed(server.pid);
    for (let done = 0; done < requestsCounted; done += 1) await open(page);
    const used = (cpuUsed(server.pid) - before) / requestsCounted;
    row(page, `${used.toFixed(0)} ms`, `${promised.production} ms`);
    isKept &&= used <= promised.production;
  }
  return isKept;
}
