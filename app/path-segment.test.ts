import { expect, test } from "vitest";
import { compare } from "@/lib/features/compare/compare.ts";
import { readSegment } from "./path-segment.ts";

test.for(["%", "%zz", "%E0%A4%A"])("the segment %s is the name of nothing, and no fault", async (segment) => {
  expect(readSegment(segment)).toBe("");
  expect(await compare([segment, segment].map(readSegment))).toBeNull();
});

test("any other is read as plain text", () => {
  expect(["cookie", "a%20b", "%25"].map(readSegment)).toEqual(["cookie", "a b", "%"]);
});
