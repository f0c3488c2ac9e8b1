import { expect, test } from "vitest";
import { differencesIn } from "./differences-in.ts";

const part = (before: string, after: string) => differencesIn({ name: "header", before, after });

test("of two objects only the members that differ are told, also those that came or went", () => {
  expect(part('{"alg":"EdDSA","kid":"a"}', '{"alg":"none","jku":"b","kid":"a"}')).toEqual([
    'alg "EdDSA" → "none"',
    'jku nothing → "b"',
  ]);
});

test("an object that says something twice is told as a whole", () => {
  expect(part('{"alg":"EdDSA"}', '{"alg":"EdDSA","alg":"none"}')).toEqual([
    '{"alg":"EdDSA"} → {"alg":"EdDSA","alg":"none"}',
  ]);
});

test("a part that is no JSON is told as a whole, and an empty one as nothing", () => {
  expect(part("abc", "")).toEqual(["abc → nothing"]);
});

test("the same content in other bytes is told as such", () => {
  expect(part('{"a":1}', '{"a":1}')).toEqual(["the same content in other bytes"]);
});
