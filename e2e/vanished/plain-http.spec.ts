import type { Page } from "@playwright/test";
import { vanishCauses } from "../../lib/features/vanished/vanish-causes.ts";
import { networkAddress } from "../../lib/server/process/network-address.ts";
import { violationsOn } from "../fixtures/axe.ts";
import { plainHost } from "../fixtures/plain-host.ts";
import { expect, test } from "../fixtures/test.ts";

const [title] = vanishCauses["plain-http"];

test("over plain http a browser drops a Secure cookie, and the diagnosis names the cause", async ({
  browser,
  baseURL,
}) => {
  // A new context whose console is not watched: over plain http a browser logs errors for headers that it ignores.
  const context = await browser.newContext();
  const page = await context.newPage();
  const answers: (string | undefined)[] = [];
  const asked: (string | undefined)[] = [];
  page.on("response", async (response) => {
    if (response.url().endsWith("/api/lab/cookies")) answers.push((await response.allHeaders())["set-cookie"]);
  });
  page.on("request", async (request) => {
    if (request.url().endsWith("/api/lab/echo/here")) asked.push((await request.allHeaders())["cookie"]);
  });
  await page.goto(atHost(baseURL, plainHost));
  await readsPlainHttp(page);
  // The words quote the Set-Cookie line on the wire.
  expect(answers[0]).toContain("__Host-try-login=alice; Path=/; HttpOnly; Secure; SameSite=Lax");
  expect(asked).toEqual([undefined]);
  expect(await context.cookies()).toEqual([]);

  await page.getByRole("button", { name: `Do it: ${title}` }).click();
  await expect.poll(() => answers.length).toBe(2);
  await readsPlainHttp(page);
  await expect(page.getByRole("button", { name: "Do it: Wrong Path" })).toBeDisabled();
  await context.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault on the page over plain http, ${colorScheme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(atHost(baseURL, plainHost));
    await readsPlainHttp(page);
    expect(await violationsOn(page)).toEqual([]);
    await context.close();
  });
}

test("the cause over plain http links to an address where it can be played, or says why there is none", async ({
  browser,
  page,
}) => {
  await page.goto("/vanished");
  const item = page.getByRole("listitem").filter({ hasText: title });
  const link = item.getByRole("link", { name: "Play it there" });
  if (networkAddress() === null) {
    await expect(item).toContainText("This machine has no network address");
    await expect(link).toHaveCount(0);
    return;
  }
  const href = await link.getAttribute("href");
  const context = await browser.newContext();
  const there = await context.newPage();
  await there.goto(href ?? "");
  await readsPlainHttp(there);
  await context.close();
});

function atHost(baseURL: string | undefined, host: string): string {
  const url = new URL("/vanished", baseURL);
  url.hostname = host;
  return url.href;
}

async function readsPlainHttp(page: Page): Promise<void> {
  const card = page.getByRole("region", { name: "Diagnosis" });
  await expect(card.getByTestId("cause")).toHaveText(title);
  await expect(card).toContainText("Set-Cookie: __Host-try-login=…; Path=/; HttpOnly; Secure; SameSite=Lax");
  await expect(card).toContainText("The cookie did not come with that request.");
  await expect(card).toContainText("Secure, but it came over plain http");
}
