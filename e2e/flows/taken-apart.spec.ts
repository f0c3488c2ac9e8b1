import { inflateRawSync } from "node:zlib";
import type { Locator, Page } from "@playwright/test";
import { logInAt } from "../fixtures/flow-page.ts";
import { test } from "../fixtures/one-browser.ts";
import { expect, test as inBrowserOfItsOwn } from "../fixtures/test.ts";

// Tests of one page stand beside each other, and go on in it. With a logout its card is gone, and what was edited in it.
test.describe.configure({ mode: "default" });

async function open(page: Page, flow: string, variant?: string): Promise<Locator> {
  await logInAt(page, `/${flow}`, variant);
  return page.getByRole("region", { name: /^(access token|__Host-login|__Host-sid|__Host-hybrid), taken apart$/ });
}

/** The steps of the server's check. */
function checkOf(card: Locator): Locator {
  return card.getByRole("list", { name: /^Steps of the check/ }).getByRole("listitem");
}

const cases = [
  ["hybrid", undefined, "Flip one character", "401 INVALID_CREDENTIAL at signature"],
  ["server-session", undefined, "Flip one character", "401 INVALID_CREDENTIAL at look-up"],
  ["memory-jwt", undefined, "Make me admin", "401 INVALID_CREDENTIAL at signature"],
  ["memory-jwt", undefined, "alg: none", "401 INVALID_CREDENTIAL at algorithm"],
  ["memory-jwt", undefined, "Another lab’s", "401 INVALID_CREDENTIAL at lab"],
  ["cookie", "Signed", "Expire it", "401 INVALID_CREDENTIAL at signature"],
  ["cookie", "Sealed", "Flip one character", "401 INVALID_CREDENTIAL at seal"],
] as const;

for (const [flow, variant, preset, refusal] of cases) {
  test(`${variant ?? flow}, ${preset}: the server refuses the edited credential, and the page marks the step`, async ({
    page,
    expectStatus,
  }) => {
    expectStatus(401);
    const card = await open(page, flow, variant);
    await card.getByRole("button", { name: preset }).click();
    await expect(card.getByRole("status")).toContainText("only encoded again");
    await card.getByRole("button", { name: "Send it", exact: true }).click();
    await expect(card.getByRole("status")).toContainText(refusal);
    await expect(checkOf(card).filter({ hasText: "refused" })).toHaveCount(1);
    // The login itself is unchanged.
    await expect(page.getByTestId("login-state")).toHaveText("alice accepted");
    await expect(page.getByRole("region", { name: "What happened" })).toContainText("stops here");
  });
}

test("a signed cookie shows how it was made and how it is checked, each step with its value", async ({ page }) => {
  const card = await open(page, "cookie", "Signed");
  const making = card.getByRole("list", { name: /^Steps of its making/ }).getByRole("listitem");
  const steps = ["serialise", "compress", "base64url", "HMAC", "join"];
  await expect(making).toHaveText(steps.map((step) => new RegExp(`${step}.+`)));
  await expect(making.first()).toContainText('{"user":');
  await expect(checkOf(card)).toHaveCount(6);
});

test("a plain cookie with another username in it, and no other change, is accepted as that person", async ({
  page,
}) => {
  const card = await open(page, "cookie", "Plain");
  await card.getByRole("button", { name: "Make me admin" }).click();
  await card.getByRole("button", { name: "Send it", exact: true }).click();
  await expect(card.getByRole("status")).toContainText("Accepted as admin, admin");
});

/** Types key by key without a pause at a caret in the middle of the text. Answers the expected text. */
async function typeInside(field: Locator, before: string, typed: string): Promise<string> {
  const text = await field.inputValue();
  const at = text.indexOf(before);
  expect(at).toBeGreaterThan(0);
  await field.evaluate((area: HTMLTextAreaElement, caret) => {
    area.focus();
    area.setSelectionRange(caret, caret);
  }, at);
  await field.pressSequentially(typed);
  return text.slice(0, at) + typed + text.slice(at);
}

for (const [flow, variant, part, sent] of [
  ["cookie", "Signed", "payload", "**/api/lab/try"],
  ["cookie", "Plain", "state", "**/api/lab/try"],
  ["memory-jwt", undefined, "payload", "**/api/memory-jwt/me"],
] as const) {
  test(`${variant ?? flow}: text typed in the middle of a part keeps the caret, and the typed credential is sent`, async ({
    page,
    expectStatus,
  }) => {
    expectStatus(401);
    const card = await open(page, flow, variant);
    await card.getByRole("button", { name: "Edit it" }).click();
    const field = card.getByLabel(`${part}, as JSON`);
    const wanted = await typeInside(field, 'lice"', "lice in Wonderland, and M");
    await expect(field).toHaveValue(wanted);
    const asked = page.waitForRequest(sent);
    await card.getByRole("button", { name: "Send it", exact: true }).click();
    const request = await asked;
    const value: string = request.postDataJSON()?.credential ?? request.headers()["authorization"];
    const raw = variant === "Plain" ? value : Buffer.from(value.split(".").at(-2) ?? "", "base64url");
    const says = variant === "Signed" ? inflateRawSync(raw).toString() : raw.toString();
    expect(says).toContain(JSON.stringify(JSON.parse(wanted)));
    await expect(card.getByRole("status")).toContainText(/INVALID|Accepted/);
  });
}

test("an edited credential stays when the page gets a new token, and can be replaced by the new one", async ({
  page,
}) => {
  const card = await open(page, "memory-jwt");
  await card.getByRole("button", { name: "Edit it" }).click();
  const payload = card.getByLabel("payload, as JSON");
  const before = await payload.inputValue();
  const wanted = await typeInside(payload, 'lice"', "bc");
  await page.getByRole("region", { name: "Login" }).getByRole("button", { name: "Refresh", exact: true }).click();
  const note = card.getByText("holds a newer credential");
  await expect(note).toBeVisible();
  await expect(payload).toHaveValue(wanted);
  await note.getByRole("button", { name: "Take the new one" }).click();
  await expect(payload).toHaveCount(0);
  await expect(note).toHaveCount(0);
  await card.getByRole("button", { name: "Edit it" }).click();
  const { jti, ...claims } = JSON.parse(await payload.inputValue());
  expect(claims).toMatchObject({ sub: JSON.parse(before).sub });
  expect(jti).not.toBe(JSON.parse(before).jti);
});

test("an edited claim is sent to the server, which refuses it at the signature", async ({ page, expectStatus }) => {
  expectStatus(401);
  const card = await open(page, "memory-jwt");
  await card.getByRole("button", { name: "Edit it" }).click();
  const payload = card.getByLabel("payload, as JSON");
  await payload.fill((await payload.inputValue()).replace('"Alice"', '"Mallory"'));
  const asked = page.waitForRequest("**/api/memory-jwt/me");
  await card.getByRole("button", { name: "Send it", exact: true }).click();
  const [, claims = ""] = ((await asked).headers()["authorization"] ?? "").split(".");
  expect(Buffer.from(claims, "base64url").toString()).toContain('"Mallory"');
  await expect(card.getByRole("status")).toContainText("at signature");
});

test("an unchanged credential is accepted, and every step of the check is shown", async ({ page }) => {
  const card = await open(page, "memory-jwt");
  await card.getByRole("button", { name: "Send it as it is" }).click();
  await expect(card.getByRole("status")).toContainText("Accepted as alice, user");
  await expect(checkOf(card).filter({ hasText: /yes$/ })).toHaveCount(17);
});

inBrowserOfItsOwn("a browser that blocks storage still gets the list of what scripts can read", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
  });
  await open(page, "memory-jwt");
  const summary = page.getByText("What a script of this page can read");
  await summary.click();
  const facts = summary.locator("..");
  for (const name of ["localStorage", "sessionStorage"])
    await expect(facts.getByRole("term").filter({ hasText: name })).toBeVisible();
  await expect(facts.getByText("forbidden")).toHaveCount(2);
  await expect(facts).toContainText("the access token");
});
