import { readFileSync, writeFileSync } from "node:fs";
// The browser logs errors for refused requests and stopped scripts, in the window of the play: these are expected.
import { expect, test } from "@playwright/test";
import type { XssPlay } from "../../lib/features/attacks/xss/model.ts";

/** Played in an earlier browser. `RENEW_RECORDING=on` writes this file anew. */
const file = "lib/features/attacks/xss/recorded.json";

test("a play in this browser gets what was recorded, and touches nothing of the lab that began it", async ({
  page,
}) => {
  // It goes through some forty pages, which takes long on a slow machine.
  test.setTimeout(180_000);
  await page.goto("/attacks/xss");
  await expect(page.locator("span:not([data-kind])", { hasText: /^live$/ }).first()).toBeVisible();
  await expect(page.getByText(/^Played at 20\d\d-/)).toBeVisible();
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByText(/^Played here, in Chrome \d+/)).toBeVisible({ timeout: 150_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "With the login in a variable, an injected script copies the access token.",
  );

  const { play, audit } = await page.evaluate(async () => {
    const [xss, audit] = await Promise.all(
      ["/api/lab/xss", "/api/audit"].map(async (path) => (await fetch(path)).text()),
    );
    const { tables: _tables, done: _done, ...rest } = JSON.parse(xss ?? "").play;
    return { play: rest as XssPlay, audit };
  });
  expect(audit).not.toContain("logged-in");
  if (process.env["RENEW_RECORDING"] === "on") writeFileSync(file, `${JSON.stringify(play, null, 2)}\n`);
  const recorded: XssPlay = JSON.parse(readFileSync(file, "utf8"));
  expect(play.runs).toEqual(recorded.runs);

  // Chosen in the table, a place is shown above it. Here the script only acts.
  const ways = page.getByRole("region", { name: "Every place, every way" });
  await ways.getByRole("button", { name: "Server session, SQL", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("copies nothing, and spends alice’s coins.");
  await expect(page.getByText(/the silent frame of RFC 10017 §5\.1\.3 .*is not played/)).toBeVisible();
  const defences = page.getByRole("region", { name: "Every place, every defence" });
  await expect(defences.getByRole("row").filter({ hasText: "Output encoding" }).getByText("stopped")).toHaveCount(5);
  await expect(defences.getByRole("link", { name: /^token-worker\.js:\d+$/ })).toBeVisible();
});
