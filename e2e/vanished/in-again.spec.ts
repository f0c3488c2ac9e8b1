import { vanishCauses } from "../../lib/features/vanished/vanish-causes.ts";
import { Flows } from "../fixtures/flows.ts";
import { expect, openDashboard, openLive, openReady, test } from "../fixtures/test.ts";

const [late] = vanishCauses["late-answer"];
const [deleted] = vanishCauses.deleted;

const plays = {
  "A request that slides": late,
  "A refresh of a short token": late,
  "A refresh of tokens in cookies": late,
  "A request, with a record behind it": deleted,
} as const;

for (const [title, cause] of Object.entries(plays)) {
  test(`an answer that arrives after the logout’s: “${title}” is diagnosed from the exchanges`, async ({
    page,
    context,
    expectStatus,
  }) => {
    expectStatus(401);
    await openLive(page, "/vanished");
    const section = page.getByRole("region", { name: "Why am I in again?" });
    await section.getByRole("button", { name: `Do it: ${title}` }).click();
    await expect(page.getByTestId("cause")).toHaveText(cause, { timeout: 15_000 });
    // The play logs out at its end, and waits for what is under way.
    const names = (await context.cookies()).map(({ name }) => name);
    expect(names.filter((name) => !["__Host-lab", "__Host-known-device"].includes(name))).toEqual([]);
  });
}

test("a late answer is played with the claim of its variant, and the claim leads to its cell of the matrix", async ({
  page,
}) => {
  await openReady(page, "/vanished");
  const section = page.getByRole("region", { name: "Why am I in again?" });
  await expect(section).toContainText("left alone: still in, to its idle end (30 min)");
  await section.getByRole("link", { name: "cookie/sealed" }).click();
  const cell = page.getByRole("dialog", { name: "Logout, then a late answer against cookie/sealed" });
  await expect(cell.getByRole("row", { name: /at the browser, keeps using it/ })).toContainText("not played");
  await cell.getByRole("button", { name: "Play it and show every exchange" }).click();
  await expect(cell).toContainText("Played again just now, as claimed", { timeout: 60_000 });
});

test("a logout waits for the answer of a request in another tab", async ({ context, dashboard, flows }) => {
  await flows.logIn("Cookie");
  const other = await context.newPage();
  await openDashboard(other);
  const answered = Promise.withResolvers<void>();
  await other.route("**/api/cookie/me", async (route) => {
    await answered.promise;
    await route.continue();
  });
  let loggedOut = false;
  dashboard.on("request", (request) => {
    loggedOut ||= request.url().endsWith("/api/cookie/logout");
  });
  const asked = other.waitForRequest("**/api/cookie/me");
  await new Flows(other).press("Cookie", "Send");
  await asked;
  await flows.press("Cookie", "Log out");
  await dashboard.waitForTimeout(500);
  expect(loggedOut).toBe(false);
  answered.resolve();
  await expect(flows.state("Cookie")).toHaveText("not logged in");
  expect(loggedOut).toBe(true);
});
