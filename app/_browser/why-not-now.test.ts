import { expect, test } from "vitest";
import { tooMany } from "@/lib/http/answers.ts";
import { whyNotNow } from "./why-not-now.ts";

test.for([undefined, "A hundred passwords in a row were wrong for this name."])(
  "of a limit's sentence the seconds are left out, and why it refuses is kept",
  async (why) => {
    const { detail } = await tooMany(3600, why).json();
    expect(detail).toContain("3600 seconds");
    expect(whyNotNow(detail)).toBe(why ?? "Too many attempts.");
  },
);

test("a sentence without seconds is kept as it is", () => {
  const detail = "Guessing is being played. Wait until it is done.";
  expect(whyNotNow(detail)).toBe(detail);
});
