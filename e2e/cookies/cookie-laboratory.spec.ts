import { createServer } from "node:http";
import { cookiePresets } from "../../app/cookies/_parts/cookie-presets.ts";
import { vanishCauses } from "../../lib/features/vanished/vanish-causes.ts";
import { test as inOneBrowser, openOrStay } from "../fixtures/one-browser.ts";
import { expect, openReady, test } from "../fixtures/test.ts";

test("for every preset line, computed and observed agree", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("/cookies");
  const compose = page.getByRole("region", { name: "Compose" });
  const trial = page.getByRole("region", { name: "What this browser did" });
  await expect(page.getByTestId("computed")).toBeVisible();
  for (const { title } of cookiePresets) {
    await compose.getByLabel("Begin with").selectOption({ label: title });
    const line = await compose.getByRole("textbox", { name: /^The line/ }).inputValue();
    await compose.getByRole("button", { name: "Send it for real" }).click();
    await expect(trial, title).toContainText(`Set-Cookie: ${line}`);
    await expect(trial.getByTestId("agreement"), title).toHaveText("Computed and observed agree.");
  }
});

test("a line is judged by the current time, also on a page that has been open for long", async ({ page }) => {
  await page.clock.install();
  await page.goto("/cookies");
  const computed = page.getByTestId("computed");
  const end = new Date(Date.now() + 5 * 60_000).toUTCString();
  await page.getByRole("textbox", { name: /^The line/ }).fill(`try=1; Expires=${end}`);
  await expect(computed).toContainText(/for [45] min/);
  await page.clock.fastForward("10:00");
  await expect(computed).toContainText("deleted");
  await page.clock.fastForward("10:00");
  await page.getByRole("textbox", { name: /^The line/ }).fill("try=1; Max-Age=300");
  await expect(computed).toContainText("for 5 min");
});

test("the laboratory lists its cookies in the jar, and deletes them", async ({ page, context }) => {
  await page.goto("/cookies");
  const compose = page.getByRole("region", { name: "Compose" });
  const jar = page.getByRole("region", { name: "In the jar now" });
  await expect(jar).toContainText("None.");
  for (const title of ["Well made", "Path of a shop", "Partitioned", "No name"]) {
    await compose.getByLabel("Begin with").selectOption({ label: title });
    await compose.getByRole("button", { name: "Send it for real" }).click();
    await expect(jar).toContainText(title === "No name" ? "try-without-a-name" : "try");
    await expect(compose.getByRole("button", { name: "Send it for real" })).not.toHaveAttribute("aria-busy");
  }
  const own = async () => (await context.cookies()).filter((cookie) => /try/.test(cookie.name + cookie.value));
  expect((await own()).length).toBeGreaterThan(2);
  await jar.getByRole("button", { name: "Delete all" }).click();
  await expect(jar).toContainText("None.");
  expect(await own()).toEqual([]);
});

test("a line that could change a login's cookie is refused with a reason", async ({ page, expectStatus }) => {
  expectStatus(422);
  await openReady(page, "/cookies");
  await page.getByRole("textbox", { name: /^The line/ }).fill("__Host-sid=1; Secure; Path=/");
  await page.getByRole("button", { name: "Send it for real" }).click();
  await expect(page.getByRole("region", { name: "Compose" })).toContainText("must begin with try");
});

const causes = {
  "Wrong Path": "wrong-path",
  "Wrong Domain": "wrong-domain",
  "Rejected prefix": "rejected-prefix",
  "SameSite=None, not Secure": "refused-line",
  "Max-Age over": "expired-in-browser",
  "Lifetime over": "expired",
  "Restarted memory store": "memory-lost",
  "Another node": "other-node",
  "Changed key": "changed-key",
  "Evicted by the cap": "evicted",
  "Ended by somebody": "ended-by-somebody",
  "Ended, and asked of a service": "not-told",
  "Logged out in another tab": "deleted",
} as const;

for (const [title, cause] of Object.entries(causes)) {
  inOneBrowser(
    `the diagnosis of a login that vanished by “${title}” names that cause`,
    async ({ page, context, expectStatus }) => {
      expectStatus(401);
      await openOrStay(page, "/vanished");
      await page.getByRole("button", { name: `Do it: ${title}` }).click();
      await expect(page.getByTestId("cause")).toHaveText(vanishCauses[cause][0]);
      // The settings are restored, and the jar has none of the login's cookies.
      const settings = await (await page.request.get("/api/lab")).json();
      expect(settings.settings.cookies.path).toBeNull();
      expect((await context.cookies()).filter(({ name }) => /sid|login/.test(name))).toEqual([]);
    },
  );
}

test("each cause has its own diagnosis", async ({ page }) => {
  await page.goto("/vanished");
  const buttons = page.getByRole("region", { name: "Make it vanish" }).getByRole("button", { name: /^Do it: / });
  const names = await buttons.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
  expect(names).toEqual(Object.keys(causes).map((title) => `Do it: ${title}`));
  expect(new Set(Object.values(causes)).size).toBe(names.length);
});

test("another port of this host is sent the lab cookie and can set it, as the page computes", async ({
  page,
  context,
}) => {
  await page.goto("/cookies");
  const row = page
    .getByRole("region", { name: "Who shares the lab cookie" })
    .getByRole("row", { name: /another port/ });
  await expect(row.getByRole("cell")).toHaveText(["yes", "yes"]);

  const labCookie = async () => (await context.cookies()).find(({ name }) => name === "__Host-lab")?.value;
  const before = await labCookie();
  const set = "b".repeat(43);
  const heard: string[] = [];
  const server = createServer((asked, answer) => {
    heard.push(asked.headers.cookie ?? "");
    answer.setHeader("set-cookie", `__Host-lab=${set}; Path=/; Secure; HttpOnly; SameSite=None`).end("another server");
  });
  await new Promise<void>((resolve) => void server.listen(0, resolve));
  try {
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await page.goto(`http://${new URL(page.url()).hostname}:${port}/`);
    expect(heard[0]).toContain(`__Host-lab=${before}`);
    await page.goto("/cookies");
    expect(await labCookie()).toBe(set);
  } finally {
    server.close();
  }
});
