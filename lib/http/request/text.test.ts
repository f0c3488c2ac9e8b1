import { expect, test } from "vitest";
import { z } from "zod";
import { boundedText, shortText } from "./text.ts";

test("a text that is too long is told so, and nothing else is asked of it", () => {
  const asked: number[] = [];
  const text = boundedText(8, ({ length }) => {
    asked.push(length);
    return "is never right";
  });
  for (const length of [0, 1, 8, 9, 16, 17, 100_000]) text.safeParse("a".repeat(length));
  expect(asked).toEqual([0, 1, 8]);
  const refused = text.safeParse("a".repeat(100_000));
  expect(refused.error?.issues.map(({ message }) => message)).toEqual([
    "Too big: expected string to have <=8 characters",
  ]);
});

test("the bound counts code points, not the units of an encoding", () => {
  expect(shortText.safeParse("😀".repeat(256)).success).toBe(true);
  expect(shortText.safeParse("😀".repeat(257)).success).toBe(false);
  expect(shortText.safeParse("a".repeat(257)).success).toBe(false);
});

test("a schema documents the bound that it has", () => {
  expect(z.toJSONSchema(boundedText(8))).toMatchObject({ type: "string", minLength: 1, maxLength: 8 });
});

test("a text has one form: neither control characters nor halves of a character", () => {
  for (const text of ["a\u0000", "a\n", "\u0085", "\ud800", "a\udc00b", "\uffff"])
    expect([text, shortText.safeParse(text).success]).toEqual([text, false]);
});
