import { expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { variants } from "../../flows/registry.ts";
import { conditionsOf } from "./conditions.ts";
import type { ConditionId } from "./model.ts";
import { recordedBench } from "./recorded.ts";
import { askedOf, judgedOf, judgeInPlace, judgeShare, targets } from "./targets.ts";

const measuredUnder = (condition: ConditionId) =>
  variants.filter((each) => conditionsOf(each).includes(condition)).map(({ id }) => id);
const figure = (median: number, width: number) => ({ median, low: median - width, high: median + width });

test("every variant has a target, and no other name has one", () => {
  expect(Object.keys(targets).sort()).toEqual(variants.map(({ id }) => id).sort());
});

test("nine tenths of the bare route's throughput are asked where at most 60 µs are asked in place", () => {
  for (const [variant, target] of Object.entries(targets)) {
    for (const { hot, share } of [target, target.readCache ?? target, target.preparedReads ?? target])
      expect([variant, share]).toEqual([variant, hot.most <= 60 ? 0.9 : null]);
  }
});

test("a variant has a target with a read cache, and is measured so, exactly where it asks a store on each request", () => {
  expect(measuredUnder("read-cache")).toEqual([
    ...["cookie/sealed-versioned", "server-session/sql", "server-session/signed-id", "memory-jwt/denylist"],
    ...["memory-jwt/user-version", "hybrid/allowlist", "hybrid/bearer-or-session", "hybrid/gateway"],
  ]);
  expect(askedOf("server-session/sql", "read-cache")?.hot.most).toBe(60);
  expect(askedOf("cookie/signed", "read-cache")).toBeNull();
});

test("a variant is measured with prepared reads exactly where it reads rows by SQL", () => {
  const rows = recordedBench().rows.filter(({ condition }) => condition === "usual");
  const reading = rows.filter(({ inPlace }) => (inPlace.hot?.trips.statements ?? 0) > 0);
  expect(reading.length).toBeGreaterThan(0);
  const recorded = measuredUnder("prepared-reads").filter((id) => rows.some(({ variant }) => variant === id));
  expect(recorded).toEqual(reading.map(({ variant }) => variant));
});

test("with prepared reads a read may cost 120 µs and its signature, and what is asked to be quicker still is", () => {
  const asked = (variant: VariantId) => askedOf(variant, "prepared-reads")?.hot;
  expect(asked("server-session/sql")).toEqual({ most: 120, of: "took" });
  expect(asked("server-session/signed-id")).toEqual({ most: 151, of: "took" });
  expect(asked("hybrid/allowlist")).toEqual({ most: 460, of: "took" });
  for (const variant of ["cookie/plain", "server-session/memory", "server-session/redis"] as const)
    expect(asked(variant)).toEqual(targets[variant]?.hot);
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
