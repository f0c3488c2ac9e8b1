import { expect, test } from "vitest";
import type { GuessingOutcome, PlayedGuessing } from "@/lib/features/attacks/guessing/model.ts";
import { headingOf } from "./guessing-heading.ts";

const outcome: GuessingOutcome = {
  ...{ succeeded: false, status: 429, code: "TOO_MANY_REQUESTS", wait: 30, sent: 1000, hashed: 100 },
  line: { file: "limits.ts", line: 1, text: "return" },
};
const stopped: PlayedGuessing = {
  ...{ id: "one", title: "One", source: "NIST", does: "Guesses", decidedBy: "the right one" },
  weakness: { ...outcome, succeeded: true, mistake: "Limits without a count" },
  defence: outcome,
};
const through: PlayedGuessing = { ...stopped, defence: { ...outcome, succeeded: true } };
const played = (...each: PlayedGuessing[]) => headingOf(2, { played: each, waits: [], untried: null });

test("before anything is played the heading says how many ways there are, and raises no alarm", () => {
  expect(played()).toMatchObject({ calm: "2 ways to guess at alice’s password.", alarm: "" });
});

test("a right password that does not get in without an attack is no refusal of a guess", () => {
  const { calm, alarm, below } = headingOf(2, { played: [stopped], waits: [], untried: "alice was refused." });
  expect([calm, alarm, below]).toEqual(["The attack could not be tried.", "", "alice was refused."]);
});

test("only when all were played and stopped the heading says that no guess got in", () => {
  expect(played(stopped).calm).toBe("1 of 2 attacks were stopped so far.");
  expect(played(stopped, stopped).calm).toBe("No guess got in, and alice was never locked out.");
});

test("an attack that succeeds against the right limits is the alarm", () => {
  expect(played(stopped, stopped).alarm).toBe("");
  expect(played(stopped, through)).toMatchObject({ calm: "1 of 2 attacks were stopped.", alarm: "One succeeded." });
});

test("the line below counts the attacks that succeed against limits with a known mistake", () => {
  expect(played(stopped, through).below).toContain("2 of 2 attacks succeed against limits with a known mistake.");
});
