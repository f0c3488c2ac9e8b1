import { afterAll, describe, expect, test, vi } from "vitest";
import { systemClock } from "../../adapters/system-clock.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { LessonLab } from "./lesson-lab.ts";
import type { LessonFrame } from "./model.ts";
import { StoryPlayer } from "./play-step.ts";
import { stories } from "./stories.ts";
import type { Story } from "./story.ts";

// A story logs in with four flows, and each login hashes a password.
vi.setConfig({ testTimeout: 60_000 });

const app = await createTestApplication();
afterAll(() => app.dispose());

const manifests: readonly FlowManifest[] = flows.map(({ manifest }) => manifest);

/** Plays the first steps of a story in a lab of its own, and answers what was recorded at each. */
async function played(story: Story, steps: number): Promise<readonly LessonFrame[]> {
  const player = new StoryPlayer(story, await LessonLab.open(app.stage, manifests, story), systemClock);
  while (player.frames.length < steps) await player.playNext();
  await player.close();
  return player.frames;
}

/** The same story without this act of this step. */
function without(story: Story, number: number, act: number): Story {
  const steps = story.steps.map((step, each) =>
    each === number ? { ...step, acts: step.acts.filter((_, place) => place !== act) } : step,
  );
  return { ...story, steps };
}

const words = (text: string) => text.split(/\s+/).length;

test("there are at least four lessons, and each has a name of its own", () => {
  expect(stories.length).toBeGreaterThanOrEqual(4);
  expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
});

describe.each(stories)("$title", (story) => {
  test("captions and results have at most twenty words, and every question has a result", () => {
    for (const { caption, result, question } of story.steps) {
      expect(words(caption.join(" "))).toBeLessThanOrEqual(20);
      // Its second line may be what was measured, which names three credentials at most.
      if (result) expect(words(result.join(" "))).toBeLessThanOrEqual(result.length === 2 ? 20 : 10);
      expect(question !== undefined).toBe(result !== undefined);
    }
  });

  test("every step does something and says what must be so then, and one step asks for a guess", () => {
    for (const { acts, check } of story.steps) {
      expect(acts.length).toBeGreaterThan(0);
      expect(Object.values(check).flatMap((each) => Object.keys(each)).length).toBeGreaterThan(0);
    }
    expect(story.steps.filter(({ question }) => question).length).toBeGreaterThan(0);
    expect(story.steps.filter(({ isMark }) => isMark)).toHaveLength(1);
  });

  test("played forwards, the lab does what every step says", async () => {
    const frames = await played(story, story.steps.length);
    expect(frames.map(({ differs }) => differs)).toEqual(story.steps.map(() => []));
  });

  const all = story.steps.flatMap(({ label, acts }, number) =>
    acts.map(({ does }, act) => ({ label, does, number, act })),
  );
  test.each(all)("without “$does” the check of step “$label” fails", async ({ number, act }) => {
    const frames = await played(without(story, number, act), number + 1);
    expect(frames.at(-1)?.differs).not.toEqual([]);
    for (const { differs } of frames.slice(0, -1)) expect(differs).toEqual([]);
  });
});
