import type { Page } from "@playwright/test";
import { expect, openLive, test } from "../fixtures/test.ts";

/** Opens the page of a flow with which alice is logged in. */
async function openLoggedIn(page: Page, path: string): Promise<void> {
  const data = { username: "alice", password: "alice-likes-tea" };
  expect((await page.request.post(`/api${path}/login`, { data })).status()).toBe(200);
  await openLive(page, path);
}

for (const path of ["/cookie", "/server-session", "/hybrid"]) {
  test(`${path}: a cart and a form survive a reload and a new credential, and end with the login`, async ({ page }) => {
    await openLoggedIn(page, path);
    const state = page.getByTestId("login-state");
    await expect(state).toHaveText("alice accepted");
    const card = page.getByRole("region", { name: "Session data" });
    const amounts = card.getByRole("listitem");
    await card.getByRole("button", { name: "Add Tea" }).click();
    await expect(amounts).toHaveText(["Tea1"]);
    await card.getByRole("button", { name: "One Tea more" }).click();
    await expect(amounts).toHaveText(["Tea2"]);
    await card.getByRole("button", { name: "Add Coffee" }).click();
    await expect(amounts).toHaveText(["Tea2", "Coffee1"]);
    await card.getByRole("button", { name: "Remove Coffee" }).click();
    await expect(amounts).toHaveText(["Tea2"]);

    await card.getByRole("button", { name: "Begin the form" }).click();
    await card.getByLabel(/Contact/).fill("at the counter");
    await card.getByRole("button", { name: "Next" }).click();
    await card.getByLabel("Delivery").selectOption("to a shop");
    await card.getByRole("button", { name: "Next" }).click();
    await expect(card).toContainText("step 3 of 3");
    await page.reload();
    await expect(card).toContainText("step 3 of 3");
    await expect(card).toContainText("to a shop, contact: at the counter");
    await card.getByRole("button", { name: "Back" }).click();
    await expect(card.getByLabel("Delivery")).toHaveValue("to a shop");

    await page.getByRole("button", { name: "Reauthenticate" }).click();
    await expect(page.getByRole("region", { name: "Coins" })).toContainText("this login is fresh");
    await expect(amounts).toHaveText(["Tea2"]);

    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await expect(state).toHaveText("not logged in");
    await expect(card).toContainText("Log in to keep something");
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await expect(state).toHaveText("alice accepted");
    await expect(card).toContainText("Empty.");
    await expect(card).toContainText("Not begun.");
  });
}

test("a full cookie refuses more session data, shows its size, and keeps the data it has", async ({
  page,
  expectStatus,
}) => {
  expectStatus(413);
  await openLoggedIn(page, "/cookie");
  const card = page.getByRole("region", { name: "Session data" });
  await card.getByRole("button", { name: "Add Tea" }).click();
  await expect(card).toContainText("Cart: kept");
  const note = card.getByRole("button", { name: "Add a note" });
  for (const words of ["1 long note", "2 long notes", "3 long notes"]) {
    await note.click();
    await expect(card).toContainText(words);
  }
  await note.click();
  await expect(card).toContainText("PAYLOAD_TOO_LARGE");
  await expect(card).toContainText(/3,\d{3} of 4,096 bytes/);
  await expect(card).toContainText("3 long notes");
  await expect(card.getByRole("listitem")).toHaveText(["Tea1"]);
  await card.getByRole("button", { name: "Clear all" }).click();
  await expect(card).toContainText("4 values removed");
  await expect(card).toContainText("Empty.");
});

test("a flow without session data says why", async ({ page }) => {
  await page.goto("/memory-jwt");
  const card = page.getByRole("region", { name: "Session data" });
  await expect(card).toContainText("This flow keeps no session data. A token is signed once");
});
