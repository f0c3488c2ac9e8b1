import { expect, test } from "vitest";
import type { TossedRequest, TossingAnswer } from "@/lib/features/attacks/tossing/model.ts";
import { headingOf, playedLine } from "./tossing-heading.ts";

const alices: TossingAnswer = { status: 200, code: null, as: "alice" };
const thiefs: TossingAnswer = { status: 200, code: null, as: "bob" };
const ambiguous: TossingAnswer = { status: 400, code: "AMBIGUOUS_CREDENTIALS", as: null };
const gone: TossingAnswer = { status: 401, code: "NO_CREDENTIAL", as: null };
const request = (sent: TossedRequest["sent"], first: TossingAnswer, own: TossingAnswer): TossedRequest => ({
  ...{ flow: "cookie", cookie: "login", sent, first, own },
});

test("before anything is played the heading raises no alarm", () => {
  expect(headingOf("plain", null).alarm).toBe("");
});

test("alice in the thief's account is the alarm, and the heading says at which edge", () => {
  expect(headingOf("plain", request(["thief", "alice"], thiefs, ambiguous))).toMatchObject({
    calm: "Where the first cookie counts,",
    alarm: "alice is in the thief’s account.",
  });
  expect(headingOf("plain", request(["thief"], thiefs, thiefs)).calm).toBe("Even at the flow’s own edge");
});

test("a planted cookie that does not arrive, or does not count, is no alarm", () => {
  expect(headingOf("host", request(["alice"], alices, alices))).toMatchObject({
    calm: "The browser takes no such cookie named __Host-.",
    alarm: "",
  });
  expect(headingOf("plain", request(["alice", "thief"], alices, ambiguous)).alarm).toBe("");
  expect(headingOf("host", request([], gone, gone)).calm).toBe("alice’s cookie is gone, and nothing took its place.");
});

test("what was played elsewhere is marked with when and in which browser", () => {
  const play = {
    ...{ playedAt: "2026-11-30T09:00:00.000Z", browser: "Chrome 156" },
    origins: { victim: "http://app.localhost:3000", sibling: null, attacker: null },
    played: [{ naming: "plain", way: "path", flows: [] }],
  } as const;
  expect(playedLine(play, false)).toContain("Played at 2026-11-30 09:00 UTC, in Chrome 156.");
  expect(playedLine(play, true)).toBe("Played here, in Chrome 156: 1 cases, each in every flow.");
});
