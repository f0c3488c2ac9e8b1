import type { Locator, Page } from "@playwright/test";
import { stories } from "../../lib/features/lessons/stories.ts";
import type { Story } from "../../lib/features/lessons/story.ts";
import { faultsIn } from "../fixtures/axe.ts";
import { expect, openDashboard, openLive, openReady, test } from "../fixtures/test.ts";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
/** What the lab has done, and the ways on. */
const footOf = (page: Page) => page.locator("[data-lesson] > footer");
const shownStep = (page: Page) => page.getByRole("list", { name: "Steps" }).locator('[aria-current="step"]');
const rows = (page: Page) => page.getByRole("list", { name: "What each one does" }).locator("[data-row]");
/** The row of this flow in a story of the four. Other rows may name a cookie too. */
const rowOf = (page: Page, title: string): Locator =>
  rows(page).nth(stories[0]?.rows.findIndex((row) => row.title === title) ?? -1);

async function begin(page: Page, name: string): Promise<void> {
  await openReady(page, `/lesson/${name}`);
  await page.getByRole("button", { name: "Begin" }).click();
}

/** Waits until the lab has done the step, by what the page says of its check. */
async function expectDone(page: Page, { steps }: Story, number: number): Promise<void> {
  await expect(shownStep(page)).toHaveText(`${number + 1} ${steps[number]?.label}`);
  await expect(footOf(page)).toContainText(`Done in this lab: ${steps[number]?.done}`);
}

/** Guesses for each row, and answers what was guessed: every row the same, by the keys. */
async function guessAll(page: Page, { rows: all }: Story): Promise<void> {
  for (const [row] of all.entries()) await page.keyboard.press(String(row + 1));
  await expect(rows(page).locator('[aria-pressed="true"]')).toHaveCount(all.length);
}

/** Goes on to the step by the arrow key. What it asks is guessed first. */
async function goOnTo(page: Page, story: Story, number: number): Promise<void> {
  await page.keyboard.press("ArrowRight");
  const { question, caption = [] } = story.steps[number] ?? {};
  if (question) {
    await expect(heading(page)).toHaveText(caption.join(" "));
    await guessAll(page, story);
    await page.keyboard.press("ArrowRight");
  }
  await expectDone(page, story, number);
}

for (const story of stories) {
  test(`“${story.title}” is played to its end by the arrow key, and its guesses are right or wrong by what was measured`, async ({
    page,
  }) => {
    await begin(page, story.name);
    let right = 0;
    let wrong = 0;
    for (const [number, step] of story.steps.entries()) {
      if (step.question) {
        await expect(heading(page)).toHaveText(step.caption.join(" "));
        // Nobody goes on without a guess.
        await page.keyboard.press("ArrowRight");
        await expect(heading(page)).toHaveText(step.caption.join(" "));
        await guessAll(page, story);
        await page.keyboard.press("ArrowRight");
      }
      await expectDone(page, story, number);
      if (step.question) {
        right += await rows(page).getByText("right", { exact: true }).count();
        wrong += await rows(page).getByText("wrong", { exact: true }).count();
        await expect(heading(page)).toContainText(step.result?.[0] ?? "");
        await expect(page.getByText(/^\d of \d guesses right$/)).toBeVisible();
      }
      if (number < story.steps.length - 1) await page.keyboard.press("ArrowRight");
    }
    // Every guess was the first of the two answers. No story has the same answer everywhere.
    expect(right).toBeGreaterThan(0);
    expect(wrong).toBeGreaterThan(0);
    expect(right + wrong).toBe(story.rows.length * story.steps.filter(({ question }) => question).length);
    await expect(page.getByRole("button", { name: "Again" })).toBeVisible();
  });
}

test("after a logout the thief’s cookie and access token are named, and a wrong guess turns into wrong in its place", async ({
  page,
}) => {
  await openReady(page, "/lesson/log-out?step=4");
  await expect(page.getByRole("button", { name: "Log out and reveal" })).toBeVisible();
  await expect(heading(page)).toHaveText(
    "The thief copied every credential. alice logs out. Which copies still get in?",
  );
  const guess = async (title: string, answer: string) =>
    rowOf(page, title).getByRole("button", { name: answer, exact: true }).click();
  await guess("Cookie", "still in");
  await guess("Server session", "still in");
  await guess("JWT in memory", "refused");
  await guess("Hybrid", "refused");
  const before = await rowOf(page, "Hybrid").boundingBox();
  await page.getByRole("button", { name: "Log out and reveal" }).click();
  await expect(heading(page)).toHaveText("alice logged out. The thief’s cookie and access token still get in.");
  await expect(rowOf(page, "Cookie")).toContainText(/You said still in\s*right.*STILL IN/);
  await expect(rowOf(page, "Server session")).toContainText(/You said still in\s*wrong.*refused\s*REVOKED/);
  await expect(rowOf(page, "JWT in memory")).toContainText(/You said refused\s*wrong.*STILL IN.*refused\s*REVOKED/);
  await expect(rowOf(page, "Hybrid")).toContainText(/You said refused\s*right.*refused\s*REVOKED/);
  await expect(page.getByText("2 of 4 guesses right")).toBeVisible();
  // Nothing moves on reveal.
  expect(await rowOf(page, "Hybrid").boundingBox()).toEqual(before);
});

test("a digit that is typed into the palette is no guess, and an arrow in it is no step", async ({ page }) => {
  const begun = page.waitForResponse((answer) => answer.url().endsWith("/api/lab/lesson"));
  await openReady(page, "/lesson/log-out?step=4");
  await (await begun).finished();
  await expect(page.getByText("Guess each row")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  const find = page.getByRole("combobox");
  await expect(find).toBeFocused();
  await page.keyboard.type("7.4.1");
  await expect(find).toHaveValue("7.4.1");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Escape");
  // A field that is only hidden keeps the focus for a moment, and with it the keys.
  await expect(find).not.toBeAttached();
  await expect(page.locator("[data-lesson] [aria-pressed=true]")).toHaveCount(0);
  expect(new URL(page.url()).search).toBe("?step=4");
  await page.keyboard.press("1");
  await expect(page.locator("[data-lesson] [aria-pressed=true]")).toHaveCount(1);
});

test("an earlier step is shown as it was, and the next ones as they were recorded; a reload opens the step in a new lab, and Again the first one", async ({
  page,
}) => {
  const [story] = stories;
  if (!story) throw new Error("There is no lesson");
  await openReady(page, "/lesson/log-out?step=3");
  await expectDone(page, story, 2);
  await expect(rowOf(page, "JWT in memory")).toContainText("gets in");
  await page.keyboard.press("ArrowLeft");
  await expect(footOf(page)).toContainText("As it was.");
  await expect(page.getByRole("region", { name: "Panes" })).toContainText("GET me");
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("region", { name: "Panes" })).toContainText("POST login");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expectDone(page, story, 2);

  const begun = page.waitForResponse((answer) => answer.url().endsWith("/api/lab/lesson"));
  await page.reload();
  const lesson: { readonly id: string; readonly frames: readonly unknown[] } = await (await begun).json();
  expect(lesson.frames).toHaveLength(3);
  await expectDone(page, story, 2);
  expect(new URL(page.url()).search).toBe("?step=3");

  const again = page.waitForResponse((answer) => answer.url().endsWith("/api/lab/lesson"));
  await page.getByRole("button", { name: "Again" }).click();
  const next: typeof lesson = await (await again).json();
  expect([next.id === lesson.id, next.frames.length]).toEqual([false, 1]);
  await expectDone(page, story, 0);
  expect(new URL(page.url()).search).toBe("?step=1");
});

test("a lesson leaves the browser's cookies and logins alone, shows no whole credential, and ends when the page is left", async ({
  page,
  flows,
  expectStatus,
}) => {
  await openDashboard(page);
  await flows.logIn("Server session");
  const cookies = await page.context().cookies();
  await begin(page, "where-is-the-state");
  await expect(page.getByRole("region", { name: "Panes" })).toContainText("__Host-login");
  await page.keyboard.press("3");
  await expect(page.getByRole("region", { name: "Panes" })).toContainText("access token");
  await expect(page.getByRole("region", { name: "Panes" }).getByRole("button", { name: "Reveal" })).toHaveCount(0);
  expect(await page.context().cookies()).toEqual(cookies);

  const left = page.waitForRequest((request) => request.method() === "DELETE");
  await page.getByRole("link", { name: "Leave" }).click();
  const { pathname } = new URL((await left).url());
  await expect(flows.state("Server session")).toHaveText("alice accepted");
  expect(await page.context().cookies()).toEqual(cookies);
  expectStatus(404);
  const answered = await page.request.post(pathname, { data: { step: 1 } });
  expect([answered.status(), (await answered.json()).code]).toEqual([404, "NOT_FOUND"]);
});

test("a lesson that another tab took over says so, and its step can be opened in a new lab", async ({
  page,
  expectStatus,
}) => {
  expectStatus(404);
  const [, , , last] = stories;
  if (!last) throw new Error("There are fewer lessons than four");
  await openReady(page, `/lesson/${last.name}?step=1`);
  await expectDone(page, last, 0);
  const other = await page.request.post("/api/lab/lesson", { data: { name: "log-out" } });
  expect(other.ok()).toBe(true);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("another one took its place");
  await page.getByRole("button", { name: "Open this step in a new lab" }).click();
  await expectDone(page, last, 1);
});

test("the lessons stand under Learn, and a lesson has the window to itself", async ({ page }) => {
  await openLive(page, "/");
  await page.getByRole("banner").getByRole("button", { name: "Learn" }).click();
  for (const { name, title } of stories) {
    const link = page.getByRole("banner").getByRole("link", { name: new RegExp(`^${title.replace("?", "\\?")}`) });
    await expect(link.first()).toHaveAttribute("href", `/lesson/${name}`);
  }
  await page.goto("/lesson/log-out");
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in a lesson, at its beginning, in its panes, at a question and after it, ${colorScheme}`, async ({
    page,
  }) => {
    const [story] = stories;
    if (!story) throw new Error("There is no lesson");
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openReady(page, "/lesson/log-out");
    expect(await faultsIn[colorScheme](page)).toEqual([]);
    await page.getByRole("button", { name: "Begin" }).click();
    await expectDone(page, story, 0);
    expect(await faultsIn[colorScheme](page)).toEqual([]);
    for (const number of [1, 2]) await goOnTo(page, story, number);
    await page.keyboard.press("ArrowRight");
    await expect(page.getByText("Guess each row: keys 1 to 4 change a guess.")).toBeVisible();
    expect(await faultsIn[colorScheme](page)).toEqual([]);
    await guessAll(page, story);
    await page.keyboard.press("ArrowRight");
    await expectDone(page, story, 3);
    expect(await faultsIn[colorScheme](page)).toEqual([]);
  });
}

test("in a window of 1920 by 1080 no word of a lesson is smaller than 24 pixels, and no step scrolls", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  const [story] = stories;
  if (!story) throw new Error("There is no lesson");
  await begin(page, "log-out");
  for (const number of story.steps.keys()) {
    if (number === 0) await expectDone(page, story, number);
    else await goOnTo(page, story, number);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("[data-lesson] *")].flatMap((element) => {
        const hasWords = [...element.childNodes].some(
          ({ nodeType, data }: ChildNode & { data?: string }) => nodeType === 3 && data?.trim(),
        );
        const size = Number.parseFloat(getComputedStyle(element).fontSize);
        return hasWords && element.getBoundingClientRect().width > 2 && size < 24
          ? [`${size} ${element.textContent}`]
          : [];
      }),
    );
    expect(small).toEqual([]);
    const [height, window] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
    expect(height).toBeLessThanOrEqual(window ?? 0);
  }
});
