import { spawnSync } from "node:child_process";
import { chromium } from "@playwright/test";
import { findFirefox } from "../../e2e/firefox/find-firefox.ts";
import type { Runner } from "../../lib/features/conformance/test-run.ts";
import { findChromium } from "../chromium.ts";

/** What runs the tests of a runner, by name, with its version: Node.js, the browsers, and the Redis server. */
export function enginesOf(runner: Runner): Readonly<Record<string, string>> {
  const versions = {
    "Node.js": process.versions.node,
    Redis: process.env["REDIS_URL"] ? undefined : versionOf("redis-server"),
    ...(runner === "e2e" && {
      Chromium: versionOf(findChromium()?.executablePath ?? chromium.executablePath()),
      Firefox: versionOf(findFirefox()),
    }),
  };
  return Object.fromEntries(Object.entries(versions).flatMap(([name, found]) => (found ? [[name, found]] : [])));
}

/** As the program tells it; `undefined` where there is no such program. */
function versionOf(program: string | undefined): string | undefined {
  // A browser on Windows opens a window instead of telling its version.
  if (program === undefined || process.platform === "win32") return;
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 10_000 });
  // Cost: a program tells its version in a line.
  return stdout?.match(/\d+(?:\.\d+)+/)?.[0];
}
