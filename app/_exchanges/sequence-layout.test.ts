import { describe, expect, test } from "vitest";
import type { Exchange, TraceStep } from "@/lib/lab/feed/exchange.ts";
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
  test("the lanes are browser, application and the called ports, in the order of first call", () => {
    expect(sequenceOf(accepted).lanes.map(({ title }) => title)).toEqual([
      ...["Browser", "Application", "Keys", "Secrets", "Store", "People"],
    ]);
  });

  test("ports that the same call usually uses keep a lane and are marked as not called", () => {
    const usual = usuallyAsked(refused, [refused, accepted]);
    expect(
      sequenceOf(refused, usual)
        .lanes.filter(({ asked }) => !asked)
        .map(({ id }) => id),
    ).toEqual([...["secrets", "store", "users"]]);
  });

  test("other calls, other variants and refused calls add no lanes", () => {
    const others = [refused, { ...accepted, action: "sessions" }, { ...accepted, variant: "hybrid/other" as const }];
    expect(usuallyAsked(refused, others)).toEqual([]);
  });
});

describe("the steps", () => {
  test("an exchange stops at the first step that refused, and later steps pass it on", () => {
    const { steps } = sequenceOf(refused);
    expect(steps.map(({ stops }) => stops)).toEqual([true, false]);
    expect(steps[0]?.refused).toEqual({ code: "INVALID_CREDENTIAL", words: expect.stringContaining("signature") });
  });

  test("a refused step in an accepted exchange does not stop it", () => {
    const tried = exchangeOf([step("keys", "verify", "EXPIRED at exp"), step("store", "find", "found")]);
    expect(sequenceOf(tried).steps.map(({ stops }) => stops)).toEqual([false, false]);
  });

  test("an exchange stops at the step with the answer's code, and not at an earlier refusal with another code", () => {
    const steps = [
      step("flow", "authenticate", "REVOKED at ended record: logout"),
      step("flow", "authenticate", "ok"),
      step("edge", "recency", "REAUTHENTICATION_REQUIRED"),
    ];
    const stops = sequenceOf(exchangeOf(steps, "REAUTHENTICATION_REQUIRED")).steps.map((each) => each.stops);
    expect(stops).toEqual([false, false, true]);
  });

  test("the steps of a checked credential stop where it would have been refused", () => {
    const tried = { ...exchangeOf(refused.steps), action: "try" };
    expect(sequenceOf(tried).steps.map(({ stops }) => stops)).toEqual([true, false]);
  });

  test("the bars of steps are fractions of the exchange", () => {
    const [first] = sequenceOf(accepted).steps;
    expect([first?.from, first?.part]).toEqual([0.1, 0.2]);
    for (const { from, part } of sequenceOf(accepted).steps) expect(from + part).toBeLessThanOrEqual(1);
  });

  test("steps of the flow and of the edge are in the application's lane", () => {
    expect(sequenceOf(accepted).steps.at(-1)?.lane).toBe(1);
    const early = exchangeOf([step("edge", "origin", "CROSS_SITE_REQUEST")], "CROSS_SITE_REQUEST");
    expect(sequenceOf(early)).toMatchObject({
      lanes: [{ id: "browser" }, { id: "application" }],
      steps: [{ lane: 1, stops: true }],
    });
  });

  test("steps without words are shown with the names in the source", () => {
    expect(sequenceOf(exchangeOf([step("store", "defragment", "done")])).steps[0]?.asks).toBe("defragment");
  });
});

test("a call that was not made has the lane of its port, no time and no number", () => {
  const call = { actor: "policy", did: "end", says: "told to nobody", why: "Did nothing.", after: 1 } as const;
  const { lanes, steps } = sequenceOf({ ...accepted, notMade: [call] });
  expect(steps[1]).toMatchObject({ asks: "told to nobody", notMade: "untold", number: null, took: 0 });
  expect(lanes[steps[1]?.lane ?? 0]).toEqual({ id: "policy", title: "Revocation", asked: true });
  expect(steps).toHaveLength(accepted.steps.length + 1);
});
