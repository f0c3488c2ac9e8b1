import { expect, test } from "vitest";
import type { CallNotMade, TraceStep } from "@/lib/lab/feed/exchange.ts";
import { callsOf } from "./calls-in-order.ts";

const at = { file: "lib/flows/x/flow.ts", line: 3 };
const step = (actor: TraceStep["actor"], did: string, isOfFlow = true): TraceStep => ({
  ...{ actor, did, found: "ok", startedAfter: 0, took: 1 },
  ...(isOfFlow && { at }),
});
const notMade = (did: string, after: number): CallNotMade => ({
  ...{ actor: "policy", did, says: "nobody is told", why: "Did nothing.", after, at },
});
const told = (exchange: Parameters<typeof callsOf>[0]) =>
  callsOf(exchange).map((call) => (call.notMade ? `no ${call.notMade.did}` : `${call.number ?? "-"} ${call.step.did}`));

test("calls with a line of the flow are numbered in their order, and others have no number", () => {
  const steps = [step("keys", "verify"), step("edge", "role", false), step("store", "find")];
  expect(told({ steps })).toEqual(["1 verify", "- role", "2 find"]);
});

test("a call that was not made stands where the flow came to it, and takes no number", () => {
  const steps = [step("keys", "verify"), step("store", "find")];
  expect(told({ steps, notMade: [notMade("end", 1)] })).toEqual(["1 verify", "no end", "2 find"]);
  expect(told({ steps, notMade: [notMade("end", 2)] })).toEqual(["1 verify", "2 find", "no end"]);
});

test("a call that was not made replaces its step, so it is listed once", () => {
  const steps = [step("keys", "verify"), step("policy", "check"), step("store", "find")];
  expect(told({ steps, notMade: [notMade("check", 1)] })).toEqual(["1 verify", "no check", "2 find"]);
});
