import { defineConfig } from "@playwright/test";
import { plainHost } from "./e2e/fixtures/plain-host.ts";
import { findChromium } from "./scripts/chromium.ts";

/** Its own port, so that a demo may keep running meanwhile. */
const port = Number(process.env["E2E_PORT"] ?? 3210);
const baseURL = `http://localhost:${port}`;

/** Tests of the production build in a real browser. Each test takes a lab of its own, so all of them run side by side. */
export default defineConfig({
  testDir: "e2e",
  // Beside the reports, not above them: Playwright empties this folder at each start.
  outputDir: "test-results/e2e",
  fullyParallel: true,
  workers: 2,
  // A test that passes only at the second attempt is a failing test.
  retries: 0,
  forbidOnly: true,
  // A slow machine makes a test slow, not red. What a test says of time it counts on the lab's clock.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    browserName: "chromium",
    // Playwright's own arguments keep the browser from calling home and, in a container, from needing its sandbox.
    launchOptions: {
      ...findChromium(),
      // A page lives for seconds here: compiling its scripts a third and a fourth time takes longer than it saves.
      // Chromium's two minutes for cookies without SameSite as ten seconds; the other two features are Playwright's own.
      args: [
        `--enable-features=ShortLaxAllowUnsafeThreshold,CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies`,
        `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`,
        "--js-flags=--no-maglev,--no-turbofan",
      ],
    },
    // A window of its own for each test costs more than most tests do. Before the next one its cookies, storages, caches,
    // routes and scripts are gone, and what a test must have anew beyond that it asks for: `test.use({ reuseContext: false })`.
    reuseContext: true,
    // Without a graphics card each frame of a movement is drawn by the processor, and a click waits until all stands still.
    contextOptions: { reducedMotion: "reduce" },
    baseURL,
    // `--trace on` keeps what the browser saw at each step. It costs a fifth of the time, and it holds cookies.
    trace: "off",
    screenshot: "only-on-failure",
  },
  webServer: {
    command: "node scripts/serve-for-e2e.ts",
    env: { PORT: String(port) },
    url: `${baseURL}/api/health`,
    // A server left over from before would be an old build with another database.
    reuseExistingServer: false,
    timeout: 60_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
  },
});
