import { expect, test } from "vitest";
import { sideBySide, type Task } from "./side-by-side.ts";

/** Tasks that record their start and end. Each takes a given number of turns of the event loop. */
function tasksOf(told: readonly { readonly name: string; readonly turns: number; readonly holds?: string }[]) {
  const seen: string[] = [];
  const tasks = told.map(({ name, turns, holds }): Task => {
    return {
      holds,
      async run() {
        seen.push(`${name} begins`);
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        seen.push(`${name} ends`);
      },
    };
  });
  return { tasks, seen };
}

test("tasks run at the same time, up to a limit", async () => {
  const { tasks, seen } = tasksOf([
    { name: "a", turns: 3 },
    { name: "b", turns: 1 },
    { name: "c", turns: 4 },
  ]);
  await sideBySide(tasks, 2);
  expect(seen).toEqual(["a begins", "b begins", "b ends", "c begins", "a ends", "c ends"]);
});

test("two tasks that hold the same thing take turns, and other tasks overtake the one that waits", async () => {
  const { tasks, seen } = tasksOf([
    { name: "types", turns: 3, holds: ".next" },
    { name: "build", turns: 1, holds: ".next" },
    { name: "lint", turns: 1 },
  ]);
  await sideBySide(tasks, 2);
  expect(seen).toEqual(["types begins", "lint begins", "lint ends", "types ends", "build begins", "build ends"]);
});

test("after a task has thrown, its error is reported and no other task starts", async () => {
  const { tasks, seen } = tasksOf([{ name: "after", turns: 0 }]);
  const failing: Task = { holds: undefined, run: () => Promise.reject(new Error("broken")) };
  await expect(sideBySide([failing, ...tasks], 1)).rejects.toThrow("broken");
  expect(seen).toEqual([]);
});
