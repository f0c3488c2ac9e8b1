import type { Page } from "@playwright/test";
import { expect, liveState, test } from "../fixtures/test.ts";

/** The browser draws movements, as for a reader who did not turn them off. */
test.use({ contextOptions: { reducedMotion: "no-preference" }, reuseContext: false });

type Counted = { readonly calls: Record<string, number>; readonly frames: number };

const watched = 4_000;

/** Counts how often the page's timers and frames run, by the line that set them. */
async function countTimers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted = { calls: {} as Record<string, number>, frames: 0 };
    Object.assign(window, { counted });
    const { setTimeout: later, setInterval: repeatedly, requestAnimationFrame: frame } = window;
    const counting =
      (place: string, run: TimerHandler) =>
      (...given: unknown[]) => {
        counted.calls[place] = (counted.calls[place] ?? 0) + 1;
        if (typeof run === "function") run(...given);
      };
    const placeOf = (kind: string) => `${kind} ${new Error().stack?.split("\n")[3]?.trim() ?? ""}`;
    Object.assign(window, {
      setTimeout: (run: TimerHandler, after?: number, ...given: unknown[]) =>
        later(counting(placeOf("timeout"), run), after, ...given),
      setInterval: (run: TimerHandler, every?: number, ...given: unknown[]) =>
        repeatedly(counting(placeOf("interval"), run), every, ...given),
      requestAnimationFrame: (run: FrameRequestCallback) => {
        counted.frames += 1;
        return frame(run);
      },
    });
  });
}

function takeCounted(page: Page): Promise<Counted> {
  return page.evaluate(() => {
    const { counted } = window as unknown as { counted: { calls: Record<string, number>; frames: number } };
    const taken = { calls: { ...counted.calls }, frames: counted.frames };
    counted.calls = {};
    counted.frames = 0;
    return taken;
  });
}

test("while nobody does anything, the dashboard runs no timer more than once a second and asks for no frame", async ({
  page,
}) => {
  await countTimers(page);
  await page.goto("/");
  await expect(liveState(page)).toBeVisible();
  await page.getByRole("button", { name: "Log in with all four" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("is in with all four");
  // What the login set off is over when nothing but the clock has run for a while.
  await expect.poll(async () => Object.keys((await takeCounted(page)).calls).length, { intervals: [1500] }).toBe(1);

  const now = () => page.evaluate(() => performance.now());
  const began = await now();
  await expect.poll(now, { intervals: [500] }).toBeGreaterThan(began + watched);
  const seconds = ((await now()) - began) / 1000;
  const { calls, frames } = await takeCounted(page);
  // The lab's clock ticks, so a count without any call would have counted nothing.
  expect(Object.keys(calls)).not.toEqual([]);
  expect(Object.entries(calls).filter(([, count]) => count > seconds + 1)).toEqual([]);
  expect(frames).toBe(0);
});
