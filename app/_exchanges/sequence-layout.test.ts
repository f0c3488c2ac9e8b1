import { describe, expect, test } from "vitest";
import type { Exchange, TraceStep } from "@/lib/lab/exchange.ts";
import { sequenceOf, usuallyAsked } from "./sequence-layout.ts";

const step = (actor: TraceStep["actor"], did: string, found: string, startedAfter = 100, took = 50): TraceStep => ({
  ...{ actor, did, found, startedAfter, took },
});

function exchangeOf(steps: readonly TraceStep[], code: Exchange["code"] = null, took = 1): Exchange {
  return {
    ...{
      id: 1,
      at: 0,
      clockOffset: 0,
      flow: "hybrid",
      action: "me",
      variant: "hybrid/allowlist",
      device: "test",
      code,
      steps,
      took,
    },
    request: { method: "GET", path: "/api/hybrid/me", headers: [], body: null },
    response: { status: code === null ? 200 : 401, headers: [], body: null },
  };
}

const accepted = exchangeOf([
  step("keys", "verify", "ok", 100, 200),
  step("secrets", "hash", "made", 310, 10),
  step("store", "find", "found", 330, 300),
  step("users", "find", "found", 640, 100),
  step("flow", "authenticate", "ok", 90, 700),
]);
const refused = exchangeOf(
  [
    step("keys", "verify", "INVALID_CREDENTIAL at signature"),
    step("flow", "authenticate", "INVALID_CREDENTIAL at signature"),
  ],
  "INVALID_CREDENTIAL",
);

describe("the lanes", () => {
  test("are browser, application, and whoever was asked, in the order of first asking", () => {
    expect(sequenceOf(accepted).lanes.map(({ title }) => title)).toEqual([
      ...["Browser", "Application", "Keys", "Secrets", "Store", "People"],
    ]);
  });

  test("of those whom the same call asks otherwise stay, as not asked", () => {
    const usual = usuallyAsked(refused, [refused, accepted]);
    expect(
      sequenceOf(refused, usual)
        .lanes.filter(({ asked }) => !asked)
        .map(({ id }) => id),
    ).toEqual([...["secrets", "store", "users"]]);
  });

  test("of another call, another variant or a refused one say nothing about this one", () => {
    const others = [refused, { ...accepted, action: "sessions" }, { ...accepted, variant: "hybrid/other" as const }];
    expect(usuallyAsked(refused, others)).toEqual([]);
  });
});

describe("the steps", () => {
  test("stop at the first one that refused; what comes after passes it on", () => {
    const { steps } = sequenceOf(refused);
    expect(steps.map(({ stops }) => stops)).toEqual([true, false]);
    expect(steps[0]?.refused).toEqual({ code: "INVALID_CREDENTIAL", words: expect.stringContaining("signature") });
  });

  test("that refused inside an exchange that was answered all the same stop nothing", () => {
    const tried = exchangeOf([step("keys", "verify", "EXPIRED at exp"), step("store", "find", "found")]);
    expect(sequenceOf(tried).steps.map(({ stops }) => stops)).toEqual([false, false]);
  });

  test("stop at the one with the answer's code; what was refused on the way to another answer stops nothing", () => {
    const steps = [
      step("flow", "authenticate", "REVOKED at ended record"),
      step("flow", "authenticate", "ok"),
      step("edge", "recency", "REAUTHENTICATION_REQUIRED"),
    ];
    const stops = sequenceOf(exchangeOf(steps, "REAUTHENTICATION_REQUIRED")).steps.map((each) => each.stops);
    expect(stops).toEqual([false, false, true]);
  });

  test("of a credential that was only tried stop where it would have been refused", () => {
    const tried = { ...exchangeOf(refused.steps), action: "try" };
    expect(sequenceOf(tried).steps.map(({ stops }) => stops)).toEqual([true, false]);
  });

  test("have bars that are parts of the whole exchange", () => {
    const [first] = sequenceOf(accepted).steps;
    expect([first?.from, first?.part]).toEqual([0.1, 0.2]);
    for (const { from, part } of sequenceOf(accepted).steps) expect(from + part).toBeLessThanOrEqual(1);
  });

  test("of a flow and of the edge are the application's own", () => {
    expect(sequenceOf(accepted).steps.at(-1)?.lane).toBe(1);
    const early = exchangeOf([step("edge", "origin", "CROSS_SITE_REQUEST")], "CROSS_SITE_REQUEST");
    expect(sequenceOf(early)).toMatchObject({
      lanes: [{ id: "browser" }, { id: "application" }],
      steps: [{ lane: 1, stops: true }],
    });
  });

  test("that no word is known for are told as the source has them", () => {
    expect(sequenceOf(exchangeOf([step("store", "defragment", "done")])).steps[0]?.asks).toBe("defragment");
  });
});
