import type { Page } from "@playwright/test";
import { loginState, pressLogin } from "../fixtures/flow-page.ts";
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

/** Counts the components that React draws, by the hook that its developer tools use. */
async function countDrawn(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    type Fiber = { tag: number; flags: number; alternate: Fiber | null; child: Fiber | null; sibling: Fiber | null };
    const drawn = { count: 0 };
    const functionComponents = [0, 11, 15];
    const performedWork = 1;
    const count = (fiber: Fiber | null): void => {
      for (let at = fiber; at; at = at.sibling) {
        if (functionComponents.includes(at.tag) && at.flags & performedWork) drawn.count += 1;
        // A child that is the same object was not looked at.
        if (at.alternate === null || at.child !== at.alternate.child) count(at.child);
      }
    };
    const nothing = () => undefined;
    Object.assign(window, {
      drawn,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        ...{ supportsFiber: true, renderers: new Map(), inject: () => 1 },
        ...{ onCommitFiberUnmount: nothing, onPostCommitFiberRoot: nothing },
        onCommitFiberRoot: (_: number, root: { current: Fiber }) => count(root.current.child),
      },
    });
  });
  return () =>
    page.evaluate(() => {
      const { drawn } = window as unknown as { drawn: { count: number } };
      const { count } = drawn;
      drawn.count = 0;
      return count;
    });
}

/** The components drawn until a second and a half has passed with hardly any. */
async function drawnUntilStill(drawn: () => Promise<number>): Promise<number> {
  let sum = 0;
  await expect
    .poll(
      async () => {
        const now = await drawn();
        sum += now;
        return now;
      },
      { intervals: [1500] },
    )
    .toBeLessThan(50);
  return sum;
}

test("what a press does not change on a flow's page is not drawn again: its source, claims and settings", async ({
  page,
}) => {
  const drawn = await countDrawn(page);
  await page.goto("/server-session");
  await expect(liveState(page)).toBeVisible();
  await pressLogin(page, "Log in");
  await expect(loginState(page)).toHaveText("alice accepted");
  await drawnUntilStill(drawn);
  await pressLogin(page, "Log out");
  await expect(loginState(page)).toHaveText("not logged in");
  const sum = await drawnUntilStill(drawn);
  // With all of the page at each of its seven changes these are 9,000; without, 2,000.
  expect(sum).toBeLessThan(4000);
  expect(sum).toBeGreaterThan(100);
});
