import { describe, expect, test } from "vitest";
import type { Claim } from "../../core/claim.ts";
import type { ExperimentStep } from "../../lab/experiment.ts";
import { type Outcome, saidByClaims, verdictOf, verdictOfFlow } from "./verdict.ts";

const said = (says: Outcome["says"], status: Outcome["status"] = "passed"): Outcome => ({ says, status });

test.for([
  ["unproven", []],
  ["not-run", [said("met", "not-run")]],
  ["met", [said("met")]],
  ["met", [said("met"), said("met", "not-run")]],
  ["cannot", [said("cannot")]],
  ["cannot", [said("met"), said("cannot")]],
  ["met", [said("met"), said("cannot", "not-run")]],
  ["failing", [said("met"), said("met", "failed")]],
  ["failing", [said("cannot", "failed"), said("cannot")]],
] as const)("a variant is %s by %j", ([verdict, by]) => {
  expect(verdictOf(by)).toBe(verdict);
});

test.for([
  ["met", ["met", "met"]],
  ["met", ["met", "not-concerned"]],
  ["option", ["met", "cannot"]],
  ["option", ["met", "cannot", "unproven"]],
  ["cannot", ["cannot", "cannot"]],
  ["failing", ["met", "failing", "cannot"]],
  ["not-run", ["met", "not-run"]],
  ["not-run", ["unproven", "not-run"]],
  ["unproven", ["met", "unproven"]],
  ["unproven", ["cannot", "unproven"]],
  ["not-concerned", ["not-concerned"]],
  ["not-concerned", []],
] as const)("a flow is %s by its variants %j", ([verdict, by]) => {
  expect(verdictOfFlow(by)).toBe(verdict);
});

describe("a claim that came true", () => {
  const steps = (does: "log-out" | "set-role"): { steps: readonly ExperimentStep[] } => ({
    steps: [does === "log-out" ? { actor: "victim", does } : { actor: "admin", does, role: "user" }],
  });
  const refused: Claim = { credential: "access", outcome: "REVOKED", until: "at-once" };
  const exposed = (authority: "current" | "stale"): Claim => ({
    ...{ credential: "refresh", outcome: "exposed", until: "idle" },
    authority,
  });

  test("means met if each copy is refused, and cannot if one gets in", () => {
    expect(saidByClaims(steps("log-out"), [refused])).toBe("met");
    expect(saidByClaims(steps("log-out"), [refused, exposed("current")])).toBe("cannot");
  });

  test("about changed rights means met if today's rights count, and cannot if a copy keeps the earlier ones", () => {
    expect(saidByClaims(steps("set-role"), [exposed("current")])).toBe("met");
    expect(saidByClaims(steps("set-role"), [exposed("current"), exposed("stale")])).toBe("cannot");
  });

  test("gives no result for a variant without a claim", () => {
    expect(saidByClaims(steps("log-out"), [])).toBeNull();
  });
});
