import { expect, test } from "vitest";
import { experiments } from "@/lib/lab/experiments.ts";
import { stepWords } from "./step-sentences.ts";

const sentencesOf = (id: string) =>
  experiments.find((each) => each.id === id)?.steps.map((step) => `${step.actor} ${stepWords(step)}`);

test("the steps of an experiment are told as sentences", () => {
  expect(sentencesOf("replay-after-logout")).toEqual([
    "victim logs in",
    "attacker copies what the victim holds",
    "victim logs out",
  ]);
  expect(sentencesOf("keys-rotated")?.at(-1)).toBe("operator rotates the keys, without overlap");
  expect(sentencesOf("idle-passed")?.at(-1)).toBe("clock passes the idle end of the login, which is unused");
});

test("no step is told by the name that the code gives it", () => {
  const names = /\b(undefined|current|others|everything)\b|-(in|out|others)\b/;
  for (const { id } of experiments) for (const told of sentencesOf(id) ?? []) expect(told).not.toMatch(names);
});
