import { describe, expect, test } from "vitest";
import type { Exchange } from "@/lib/lab/exchange.ts";
import { exchangesSince, newestPersonRequest } from "./person-requests.ts";

function exchange(id: number, at: number, action = "me", method = "GET"): Exchange {
  return {
    ...{ id, at, clockOffset: 0, flow: "hybrid", action, variant: null, device: "", code: null, steps: [], took: 1 },
    request: { method, path: `/api/hybrid/${action}`, headers: [], body: null },
    response: { status: 200, headers: [], body: null },
  };
}

describe("what a person asked for last", () => {
  test("is not what the page asks by itself, nor what the application asks inside", () => {
    const mine = exchange(1, 1);
    const others = [exchange(4, 4, "introspect", "POST"), exchange(3, 3, "sessions"), exchange(2, 2, "data")];
    expect(newestPersonRequest([...others, mine])).toBe(mine);
    expect(newestPersonRequest(others)).toBeUndefined();
  });

  test("may be a change of what is kept with the login", () => {
    const change = exchange(2, 2, "data", "PUT");
    expect(newestPersonRequest([change, exchange(1, 1)])).toBe(change);
  });
});

describe("what was told since then", () => {
  test("is new also where numbers began anew, after a restart or in a lab that nobody watched for a while", () => {
    const before = [exchange(60, 600), exchange(2, 20), exchange(1, 10)];
    const after = [exchange(2, 1020), exchange(1, 1010)];
    expect(exchangesSince(before, [...after, ...before])).toEqual(after);
  });
});
