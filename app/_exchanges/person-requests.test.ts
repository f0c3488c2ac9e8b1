import { describe, expect, test } from "vitest";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { exchangesSince, newestPersonRequest } from "./person-requests.ts";

function exchange(id: number, at: number, action = "me", method = "GET"): Exchange {
  return {
    ...{ id, at, clockOffset: 0, flow: "hybrid", action, variant: null, device: "", code: null, steps: [], took: 1 },
    request: { method, path: `/api/hybrid/${action}`, headers: [], body: null },
    response: { status: 200, headers: [], body: null },
  };
}

describe("the latest exchange of a person", () => {
  test("a request that the page or the application sends by itself is not the person's", () => {
    const mine = exchange(1, 1);
    const others = [exchange(4, 4, "introspect", "POST"), exchange(3, 3, "sessions"), exchange(2, 2, "data")];
    expect(newestPersonRequest([...others, mine])).toBe(mine);
    expect(newestPersonRequest(others)).toBeUndefined();
  });

  test("a change of session data is the person's", () => {
    const change = exchange(2, 2, "data", "PUT");
    expect(newestPersonRequest([change, exchange(1, 1)])).toBe(change);
  });
});

describe("exchanges since an earlier list", () => {
  test("exchanges are new also if their numbers restarted", () => {
    const before = [exchange(60, 600), exchange(2, 20), exchange(1, 10)];
    const after = [exchange(2, 1020), exchange(1, 1010)];
    expect(exchangesSince(before, [...after, ...before])).toEqual(after);
  });
});
