import { cookiePresets, wellMade } from "../../app/cookies/_parts/cookie-presets.ts";
import { composeSetCookie } from "../../lib/lab/cookies/set-cookie-line.ts";
import { expect, test } from "../fixtures/test.ts";
import { compareLine, sendLine, storedFrom } from "./compare-line.ts";
import { triedLines } from "./tried-lines.ts";

test.beforeEach(async ({ page, baseURL }) => {
  // An empty page at the laboratory's address is enough: the test needs the browser and two endpoints only.
  const laboratory = new URL("/cookies", baseURL).href;
  await page.route(laboratory, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
});

for (const [rule, each] of Object.entries(triedLines)) {
  test(`${rule}: the browser behaves as computed`, async ({ context, page, secondDevice, baseURL }) => {
    const outcomes: string[] = [];
    for (const one of each) {
      await context.clearCookies();
      const laboratory = new URL("/cookies", baseURL);
      if (one.host) laboratory.hostname = one.host;
      // Over plain http a browser logs errors for headers that it ignores, so this context's console is not watched.
      const where = one.host ? await (await secondDevice()).newPage() : page;
      await where.goto(laboratory.href);
      const { computed, observed } = await compareLine(where, one);
      expect({ line: one.line, ...observed }).toEqual({ line: one.line, ...computed.seen });
      outcomes.push(computed.rule ?? "stored");
    }
    expect(outcomes).toContain(rule);
    expect(outcomes).toContain("stored");
  });
}

for (const { title, parts, raw } of cookiePresets.filter((preset) => preset.raw !== undefined)) {
  test(`preset “${title}”: the browser behaves as computed`, async ({ page }) => {
    expect(parts).toBeUndefined();
    await page.goto("/cookies");
    const { computed, observed } = await compareLine(page, { line: raw ?? "" });
    expect(observed).toEqual(computed.seen);
  });
}

test("the browser keeps a cookie as long as computed, 400 days at most", async ({ page, context }) => {
  await page.goto("/cookies");
  const inTenYears = new Date(Date.now() + 3650 * 86_400_000).toUTCString();
  const titles = ["Well made", "7 days", "31 days", "400 days", "Ten years"];
  const lines = [
    ...cookiePresets.filter(({ title }) => titles.includes(title)).map(({ parts }) => ({ ...wellMade, ...parts })),
    { ...wellMade, expires: inTenYears },
  ].map((parts, index) => composeSetCookie({ ...parts, name: `try${index}` }));
  expect(lines).toHaveLength(titles.length + 1);
  const days: (number | null)[] = [];
  for (const line of lines) {
    const now = Date.now();
    const { name, endsAt } = storedFrom(line, { scheme: "http", host: "localhost", path: "/api/lab/cookies", now });
    await sendLine(page, line);
    const kept = (await context.cookies()).find((cookie) => cookie.name === name);
    // Playwright has -1 for a session cookie.
    const end = kept === undefined || kept.expires === -1 ? null : kept.expires * 1000;
    expect(kept, line).toBeDefined();
    days.push(end && Math.round((end - now) / 86_400_000));
    expect([line, Math.abs((end ?? 0) - (endsAt ?? 0)) < 10_000]).toEqual([line, true]);
  }
  expect(days).toEqual([null, 7, 31, 400, 400, 400]);
});
