import { expect, test } from "vitest";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { latestInstant } from "../../core/time.ts";
import { instantOf } from "./instants.ts";

test("a time in a row has a range, and one out of range is a store that does not answer", () => {
  for (const column of [0n, 1n, BigInt(latestInstant)]) expect(instantOf(column)).toBe(Number(column));
  for (const column of [-1n, BigInt(latestInstant) + 1n, 2n ** 63n - 1n])
    expect(() => instantOf(column)).toThrow(StoreUnavailable);
});
