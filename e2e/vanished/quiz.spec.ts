import { vanishCauses } from "../../lib/features/vanished/vanish-causes.ts";
import { violationsOn } from "../fixtures/axe.ts";
import { expect, openLive, test } from "../fixtures/test.ts";

test("in the quiz a random fault takes a login, and its evidence is shown only after a guess", async ({
  page,
  expectStatus,
}) => {
  expectStatus(401);
  await openLive(page, "/vanished");
  await page.getByRole("radio", { name: "Quiz" }).check();
  await expect(page).toHaveURL("/vanished?quiz=on");
  const quiz = page.getByRole("region", { name: "Quiz" });
  const titles: readonly string[] = Object.values(vanishCauses).map(([title]) => title);
  for (const round of [1, 2]) {
    await quiz.getByRole("button", { name: /^Lose a/ }).click();
    const choices = quiz.getByRole("list", { name: "Possible causes" }).getByRole("button");
    await expect(choices).toHaveCount(4);
    for (const words of await choices.allTextContents()) expect(titles).toContain(words);
    const evidence = quiz.getByRole("region", { name: "Evidence" });
    await expect(evidence).toHaveCount(0);
    await expect(quiz.getByRole("status")).toContainText(/was answered [A-Z_]+\./);

    await choices.first().click();
    await expect(evidence).toContainText(/Set-Cookie|sets no/);
    const isRight = (await evidence.getByRole("heading").textContent()) === "Right.";
    await expect(choices.filter({ hasText: isRight ? "your guess, right" : "this was it" })).toHaveCount(1);
    await expect(quiz).toContainText(new RegExp(`\\d of ${round} guessed`));
    // A second guess changes nothing.
    await choices.last().press("Enter");
    await expect(quiz).toContainText(new RegExp(`\\d of ${round} guessed`));
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in the quiz, before and after a guess, ${colorScheme}`, async ({ page, expectStatus }) => {
    expectStatus(401);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openLive(page, "/vanished?quiz=on");
    await page.getByRole("button", { name: "Lose a login" }).click();
    const choices = page.getByRole("list", { name: "Possible causes" }).getByRole("button");
    await expect(choices).toHaveCount(4);
    expect(await violationsOn(page)).toEqual([]);
    await choices.nth(1).click();
    await expect(page.getByRole("region", { name: "Evidence" })).toBeVisible();
    expect(await violationsOn(page)).toEqual([]);
  });
}
