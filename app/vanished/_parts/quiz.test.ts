import { expect, test } from "vitest";
import { anotherOf, choicesFor, guessable } from "./quiz.ts";
import { vanishings } from "./vanishing.ts";

/** Numbers that are spread over 0 to 1, the same in each run. */
function numbers(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 16_807) % 2_147_483_647;
    return last / 2_147_483_647;
  };
}

test("each round offers four different causes, one of which is the true one, at any place", () => {
  const places = new Set<number>();
  for (const [index, cause] of guessable.entries()) {
    for (let seed = 1; seed <= 20; seed += 1) {
      const choices = choicesFor(cause, numbers(seed * 7919 + index));
      expect(new Set(choices).size).toBe(4);
      expect(choices).toContain(cause);
      places.add(choices.indexOf(cause));
    }
  }
  expect(places).toEqual(new Set([0, 1, 2, 3]));
});

test("a round is never the one before again, and each way to lose a login can come", () => {
  const random = numbers(42);
  const come = new Set<string>();
  let before: string | undefined;
  for (let round = 0; round < 500; round += 1) {
    const { id } = anotherOf(vanishings, before, random);
    expect(id).not.toBe(before);
    come.add(id);
    before = id;
  }
  expect(come.size).toBe(vanishings.length);
});
