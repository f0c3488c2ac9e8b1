/** Finds the browser for the tests in e2e, and installs one if that is possible without a prompt. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/** Chromium, Chrome and Edge where their installers put them; first the shell without windows, which is faster. */
const known = [
  ...[
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/snap/bin/chromium",
  ],
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The launch options: `{}` for Playwright's own browser, a path for another one, `null` if there is none. */
export function findChromium(): { executablePath?: string } | null {
  const chosen = process.env["LOGINSCOPE_CHROMIUM"];
  if (chosen) return existsSync(chosen) ? { executablePath: chosen } : null;
  if (existsSync(chromium.executablePath())) return {};
  const executablePath = known.find((path) => existsSync(path));
  return executablePath ? { executablePath } : null;
}

/** A Chromium with windows, which keeps pages in its back/forward cache; `null`: there is none. Its shell has no such cache. */
export function findWholeChromium(): { executablePath: string } | null {
  const own = process.env["LOGINSCOPE_CHROMIUM"];
  const all = [...(own ? [own] : []), chromium.executablePath(), ...known];
  const executablePath = all.find((path) => !path.includes("headless") && existsSync(path));
  return executablePath === undefined ? null : { executablePath };
}

/** Answers whether there is a browser now. */
export function ensureChromium(): boolean {
  if (findChromium()) return true;
  // Debian's package first: it is signed, and closed networks often have a mirror of it.
  const ways = [
    {
      possible: process.getuid?.() === 0 && existsSync("/usr/bin/apt-get"),
      // Older releases have no package of the shell alone.
      run: "apt-get update && (apt-get install --yes chromium-headless-shell || apt-get install --yes chromium)",
    },
    { possible: true, run: "playwright install chromium" },
  ];
  for (const way of ways.filter(({ possible }) => possible)) {
    console.log(`No browser found. Trying: ${way.run}`);
    spawnSync(way.run, { shell: true, stdio: "inherit", timeout: 10 * 60_000 });
    if (findChromium()) return true;
  }
  return false;
}

export const noChromium =
  "No browser to test in. Install Chrome or Chromium, or run `npx playwright install chromium`, " +
  "or set LOGINSCOPE_CHROMIUM to the path of one.";
