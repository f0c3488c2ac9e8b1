import type { Locator, Page } from "@playwright/test";
import { flows as modules } from "../../lib/flows/registry.ts";
import { logInAt, loginState, logOut, openInNewLab, pressLogin } from "../fixtures/flow-page.ts";
import { expect, test } from "../fixtures/one-browser.ts";

const desk = { width: 1440, height: 900 };
const panes = (page: Page) => page.getByRole("region", { name: /^Browser, wire, server/ });
const index = (page: Page) => page.getByRole("navigation", { name: "On this page" });
const happened = (page: Page) => page.getByRole("region", { name: "What happened" });

/** Other cards fill by themselves when their requests are answered, so parts are measured and not the page. */
async function heightsOf(parts: readonly Locator[]): Promise<readonly (number | undefined)[]> {
  return Promise.all(parts.map(async (part) => (await part.boundingBox())?.height));
}

// Tests of one page stand beside each other, and go on in it.
test.describe.configure({ mode: "default" });

async function logIn(page: Page, path: string): Promise<void> {
  await page.setViewportSize(desk);
  await logInAt(page, path);
}

for (const { manifest } of modules) {
  test(`/${manifest.id}: after a logout the first screen has the result, its rows, the panes and the sequence`, async ({
    page,
  }) => {
    await logIn(page, `/${manifest.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`alice is in with ${manifest.title}`);
    await logOut(page);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("alice logged out.");
    const rows = page.getByTestId(/^copy /);
    await expect(rows.first()).toContainText(/STILL IN|refused/);
    for (const part of [page.getByRole("heading", { level: 1 }), ...(await rows.all()), index(page), panes(page)])
      await expect(part).toBeInViewport({ ratio: 1 });
    const drawn = happened(page).getByRole("list", { name: /logout$/ });
    await expect(drawn.getByRole("listitem").nth(3)).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("region", { name: "Lines that acted" })).toBeInViewport({ ratio: 0.5 });
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  test(`/${manifest.id}: each number of the sequence stands at the line of the flow that made the call, and at no other`, async ({
    page,
  }) => {
    await logIn(page, `/${manifest.id}`);
    await logOut(page);
    await expect(happened(page).getByRole("list", { name: /logout$/ })).toBeVisible();
    const inSequence = await happened(page).locator(".step-number").allInnerTexts();
    expect(inSequence.length).toBeGreaterThan(0);
    const numbers = inSequence.map((text) => text.replace(/\D/g, ""));
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)));
    const atLines = await page
      .getByRole("region", { name: "Lines that acted" })
      .locator(".step-number")
      .allInnerTexts();
    expect([...atLines].sort((a, b) => Number(a) - Number(b))).toEqual(numbers);
  });
}

for (const { path, sends, leaves, says, because } of [
  {
    ...{
      path: "/memory-jwt",
      sends: "Log out",
      leaves: "not logged in",
      says: "no list is told that the access token ended",
    },
    because: "Did nothing. “Rotating refresh” keeps no list to put it on.",
  },
  {
    ...{ path: "/memory-jwt", sends: "Send", leaves: "alice accepted", says: "nobody is asked whether it was revoked" },
    because: "Did nothing. “Rotating refresh” has no list and no version to ask.",
  },
]) {
  test(`${path}, ${sends}: a call that the variant does not make is drawn dashed with its words, and its line says why it did nothing`, async ({
    page,
  }) => {
    await logIn(page, path);
    await pressLogin(page, sends);
    await expect(loginState(page)).toHaveText(leaves);
    const call = happened(page).getByRole("listitem").filter({ hasText: says });
    await expect(call).toContainText("Application to revocation, not called");
    await expect(call.locator(".sequence-arrow")).toHaveCSS("border-top-style", "dashed");
    await expect(call.locator(".step-number")).toHaveCount(0);
    const line = page
      .getByRole("region", { name: "Lines that acted" })
      .getByRole("listitem")
      .filter({ hasText: because });
    await expect(line).toContainText("revocation.");
    await expect(line.locator(".step-number")).toHaveCount(0);
  });
}

for (const [path, sent, says] of [
  ["/memory-jwt", "GET /api/memory-jwt/me", "401 INVALID_CREDENTIAL"],
  ["/server-session", "POST /api/lab/try", "200"],
] as const) {
  test(`${path}: a forged credential shows the real request that it made in its place, and no part of the page grows`, async ({
    page,
    expectStatus,
  }) => {
    expectStatus(401);
    await logIn(page, path);
    const card = page.getByRole("region", { name: /^(access token|__Host-sid), taken apart$/ });
    const made = card.getByRole("region", { name: "The request it made" });
    await expect(made).toContainText("Send it, and the request stands here");
    await card.getByRole("button", { name: "Flip one character" }).click();
    await expect(card.getByRole("status")).toContainText("only encoded again");
    await expect(card.getByRole("textbox").first()).toBeVisible();
    const parts = [card, panes(page), happened(page)];
    const before = await heightsOf(parts);
    await card.getByRole("button", { name: "Send it", exact: true }).click();
    await expect(made).toContainText(sent);
    await expect(made).toContainText(says);
    expect(await heightsOf(parts)).toEqual(before);
    // The panes, the sequence and the lines show the same request.
    await expect(panes(page)).toContainText(sent);
    await expect(happened(page)).toContainText("stops here");
    await expect(made).not.toContainText(/eyJ[\w.-]{80}/);
  });
}

test("a variant that asks its list of ended tokens has no dashed call for it", async ({ page }) => {
  await logIn(page, "/memory-jwt?variant=memory-jwt/denylist");
  await pressLogin(page, "Send");
  const asked = happened(page).getByRole("listitem").filter({ hasText: "has it been revoked?" });
  await expect(asked.locator(".sequence-arrow")).toHaveCSS("border-top-style", "solid");
  await expect(happened(page)).not.toContainText("not called");
});

test("the index stays in sight, counts what stands in each part, and names the part that is read", async ({ page }) => {
  await page.setViewportSize(desk);
  await openInNewLab(page, "/memory-jwt");
  await expect(index(page)).toContainText("Credential taken apart after a login");
  await pressLogin(page, "Log in");
  await expect(index(page)).toContainText(/Credential taken apart \d+ checks/);
  await expect(index(page)).toContainText(/Source \d+ files.*Claims \d+.*Settings as usual.*History \d+ exchange/);
  for (const [name, region] of [
    ["Claims", "Claims"],
    ["History", "Exchanges"],
  ] as const) {
    await index(page).getByRole("link", { name }).click();
    await expect(page.getByRole("region", { name: region, exact: true })).toBeInViewport();
    await expect(index(page)).toBeInViewport({ ratio: 1 });
    await expect(index(page).getByRole("link", { name })).toHaveAttribute("aria-current", "location");
  }
  await index(page).getByRole("link", { name: "Now" }).click();
  await expect(panes(page)).toBeInViewport({ ratio: 1 });
});

test("on a phone the page is one column, and is not wider than the window", async ({ page }) => {
  await logIn(page, "/memory-jwt");
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const [wire, server] = await Promise.all(
    [/^Wire/, /^Server/].map((name) => panes(page).getByRole("heading", { name }).boundingBox()),
  );
  expect(server?.x).toBe(wire?.x);
  await page.getByRole("region", { name: "Source", exact: true }).scrollIntoViewIfNeeded();
  await expect(index(page)).toBeInViewport({ ratio: 1 });
});
