import { expect, test } from "vitest";
import type { Answered, KeyTold, PlayedVariant } from "@/lib/features/attacks/leaked-key/model.ts";
import { headingOf } from "./leaked-key-heading.ts";

const key: KeyTold = { id: "EdDSA", title: "EdDSA, private half", kind: "private", heldBy: "The server alone." };
const refused: Answered = {
  ...{ status: 401, code: "INVALID_CREDENTIAL", as: null, until: null, seconds: null, at: "look-up", line: null },
};
const believed: Answered = { ...refused, status: 200, code: null, as: { username: "admin", role: "admin" } };
const variant = (reads: Answered): PlayedVariant => ({
  ...{ variant: "hybrid/allowlist", forgedAs: "browser", withoutKey: "INVALID_CREDENTIAL", reads },
  ...{ acts: null, twice: null, asExpected: true },
});
const played = (...answers: Answered[]) =>
  headingOf(key, "admin", {
    ...{ tried: true, key: "EdDSA", as: "admin", variants: answers.map(variant) },
    ...{ rotation: null, captured: [], services: [] },
  });

test("before anything is played the heading says what leaked, and raises no alarm", () => {
  expect(headingOf(key, "admin", null)).toMatchObject({ calm: "Leaked: EdDSA, private half.", alarm: "" });
});

test("variants that let the forged credential in are the alarm", () => {
  expect(played(believed, refused).alarm).toBe("1 of 2 variants let the thief in as admin.");
  expect(played(believed).alarm).toBe("Its variant lets the thief in as admin.");
});

test("a perfect credential that every variant refuses raises no alarm", () => {
  expect(played(refused, refused)).toMatchObject({ calm: "All 2 variants refuse it.", alarm: "" });
  expect(played(refused)).toMatchObject({ calm: "A perfect credential, and it is refused.", alarm: "" });
});

test("a real login that does not get in is no refusal of the forged ones", () => {
  const heading = headingOf(key, "admin", { tried: false, why: "A real login of hybrid/gateway did not get in." });
  expect(heading).toMatchObject({ calm: "The attack could not be tried.", alarm: "" });
});
