import { expect, test } from "vitest";
import { variants } from "../../flows/registry.ts";
import { conditionsOf } from "./conditions.ts";
import { judgedOf, judgeInPlace, judgeShare, targets } from "./targets.ts";

const figure = (median: number, width: number) => ({ median, low: median - width, high: median + width });

test("every variant has a target, and no other name has one", () => {
  expect(Object.keys(targets).sort()).toEqual(variants.map(({ id }) => id).sort());
});

test("nine tenths of the bare route's throughput are asked where at most 60 µs are asked in place", () => {
  for (const [variant, { hot, share, readCache }] of Object.entries(targets)) {
    expect([variant, share !== null]).toEqual([variant, hot.most <= 60]);
    if (readCache) expect(readCache).toEqual({ hot: 60, share: 0.9 });
  }
});

test("a variant has a target with a read cache, and is measured so, exactly where it asks a store on each request", () => {
  const asking = Object.entries(targets).flatMap(([variant, { readCache }]) => (readCache ? variant : []));
  expect(asking).toEqual([
    ...["cookie/sealed-versioned", "server-session/sql", "server-session/signed-id", "memory-jwt/denylist"],
    ...["memory-jwt/user-version", "hybrid/allowlist", "hybrid/bearer-or-session", "hybrid/gateway"],
  ]);
  expect(variants.filter((each) => conditionsOf(each).includes("read-cache")).map(({ id }) => id)).toEqual(asking);
});

test("in place the median decides, over HTTP the better end of the interval", () => {
  expect(judgeInPlace(figure(60, 5), 60)).toBe("reached");
  expect(judgeInPlace(figure(60.5, 5), 60)).toBe("missed");
  expect(judgeShare({ share: figure(0.9, 0.05) }, 0.9)).toBe("reached");
  expect(judgeShare({ share: figure(0.85, 0.05) }, 0.9)).toBe("undecided");
  expect(judgeShare({ share: figure(0.85, 0.04) }, 0.9)).toBe("missed");
});

test("what was measured one request at a time is no figure for 16 in flight", () => {
  const measured = { took: figure(200, 1), busy: null };
  expect(judgedOf(measured, { hot: { most: 60, of: "busy" } })).toBeNull();
  expect(judgedOf(measured, { hot: { most: 60, of: "took" } })?.median).toBe(200);
});
