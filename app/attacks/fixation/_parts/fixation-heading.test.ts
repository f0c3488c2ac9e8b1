import { expect, test } from "vitest";
import type { FixationPlay, PlayedFixation } from "@/lib/features/attacks/fixation/model.ts";
import { headingOf } from "./fixation-heading.ts";

const refused: PlayedFixation = {
  ...{ plant: "own", keeps: false, steps: [], asClaimed: true },
  thief: { code: "REVOKED", as: null },
};
const kept: PlayedFixation = { ...refused, keeps: true, thief: { code: null, as: "alice" } };
const play: FixationPlay = {
  tried: true,
  variant: "server-session/sql",
  cookie: "__Host-sid",
  played: [refused, kept],
};

test("before anything is played the heading raises no alarm", () => {
  expect(headingOf(null, null).alarm).toBe("");
});

test("a planted id that gets in is the alarm, and says whose login it is in", () => {
  expect(headingOf(play, kept)).toMatchObject({
    calm: "The login keeps the id that came in:",
    alarm: "the thief is in as alice.",
  });
});

test("a planted id that is refused is no alarm, and the heading says why", () => {
  expect(headingOf(play, refused)).toMatchObject({
    calm: "The login gives alice a new id, and the planted one leads nowhere.",
    alarm: "",
  });
  const madeUp: PlayedFixation = { ...kept, thief: { code: "INVALID_CREDENTIAL", as: null } };
  expect(headingOf(play, madeUp).calm).toContain("not genuine");
});

test("a login that does not work proves no refusal", () => {
  const untried = { tried: false, variant: "server-session/sql", why: "alice could not log in." } as const;
  expect(headingOf(untried, null)).toMatchObject({ calm: "The attack could not be tried.", alarm: "" });
});
