/**
 * Draws public/social.png, which other sites show beside a link,
 * from scripts/social-picture.svg: `npm run social-picture`.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findChromium } from "./chromium.ts";
import { giveUp, project } from "./processes.ts";

const fonts = join(project, "node_modules/geist/dist/fonts");
const faces = [
  ["Geist", "geist-sans/Geist-Variable.woff2"],
  ["Geist Mono", "geist-mono/GeistMono-Variable.woff2"],
].map(([family = "", file = ""]) => {
  const data = readFileSync(join(fonts, file)).toString("base64");
  return `@font-face { font-family: "${family}"; font-weight: 100 900; src: url(data:font/woff2;base64,${data}); }`;
});

const found = findChromium();
if (!found) giveUp("There is no browser to draw with.", "`npm run test:e2e` says how to install one.");

const browser = await chromium.launch({ ...found });
// The size that other sites expect: 1200 by 630.
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
const drawing = readFileSync(join(project, "scripts/social-picture.svg"), "utf8");
await page.setContent(`<style>${faces.join("\n")} body { margin: 0 } svg { display: block }</style>${drawing}`);
await page.evaluate(() => document.fonts.ready);
await page.screenshot({ path: join(project, "public/social.png") });
await browser.close();
