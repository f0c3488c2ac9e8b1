import { expect, test } from "vitest";
import { exposed, refused } from "../../core/claim.ts";
import { flows } from "../../flows/registry.ts";
import { asRaced } from "./plugs.ts";
import { judge, type Seen } from "./verdict.ts";

function racedVariant(id: string) {
  const variant = flows.flatMap(({ manifest }) => [...manifest.variants]).find((each) => each.id === id);
  if (!variant) throw new Error(`There is no variant ${id}`);
  return asRaced(variant);
}

const [toExp] = exposed("access", "access");
const [ended] = refused("access", "REVOKED");
const rotating = racedVariant("memory-jwt/rotating");
/** Logged in one second before the plug, so its access token ends 14 seconds after it. */
const login = [-1.2, -1] as const;
const seen = (part: Partial<Seen>): Seen => ({
  login,
  acceptedAfter: null,
  refusedAfter: null,
  code: null,
  authority: "current",
  ...part,
});

test("a copy refused at the first check after the plug was refused at once", () => {
  const first = seen({ refusedAfter: 0.1, code: "REVOKED" });
  expect(judge(first, rotating, ended, null)).toMatchObject({ outcome: "REVOKED", until: "at-once", holds: true });
  expect(judge(first, rotating, toExp ?? null, null)).toMatchObject({ outcome: "REVOKED", holds: false });
});

test("a copy refused before the plug is as claimed only if the script without the plug claims that", () => {
  const before = seen({ code: "REVOKED" });
  const [another] = refused("access", "INVALID_CREDENTIAL");
  expect(judge(before, rotating, ended, null)).toMatchObject({ outcome: "REVOKED", refusedAfter: null, holds: false });
  expect(judge(before, rotating, ended, another).holds).toBe(false);
  expect(judge(before, rotating, ended, toExp ?? null).holds).toBe(false);
  expect(judge(before, rotating, toExp ?? null, ended).holds).toBe(false);
  expect(judge(before, rotating, ended, ended).holds).toBe(true);
});

test("a claim without the plug does not apply to a refusal after it", () => {
  const after = seen({ refusedAfter: 0.1, code: "REVOKED" });
  expect(judge(after, rotating, ended, toExp ?? null).holds).toBe(true);
  expect(judge(after, rotating, toExp ?? null, ended).holds).toBe(false);
});

test("a copy that got in is judged by the lifetime that ended between its last pass and its refusal", () => {
  const out = seen({ acceptedAfter: 13.5, refusedAfter: 14.5, code: "EXPIRED" });
  expect(judge(out, rotating, toExp ?? null, null)).toMatchObject({ outcome: "exposed", until: "access", holds: true });
  expect(judge(out, rotating, ended, null)).toMatchObject({ outcome: "exposed", until: "access", holds: false });
});

test("an end outside all lifetimes has no name, and no claim holds", () => {
  const out = seen({ acceptedAfter: 3, refusedAfter: 4, code: "REVOKED" });
  expect(judge(out, rotating, toExp ?? null, null)).toMatchObject({ outcome: "exposed", until: null, holds: false });
});

test("if two lifetimes end between two checks, the claimed one counts", () => {
  const far = seen({ acceptedAfter: 5, refusedAfter: 100, code: "EXPIRED" });
  const claims = ["idle", "refresh"] as const;
  for (const until of claims) {
    const [claim] = exposed("access", until);
    expect(judge(far, rotating, claim ?? null, null).until).toBe(until);
  }
});

test("a cache's delay is counted from the plug", () => {
  const cached = racedVariant("server-session/cached");
  const [claim] = exposed("access", "staleFor");
  const out = seen({ acceptedAfter: 4, refusedAfter: 5, code: "REVOKED" });
  expect(judge(out, cached, claim ?? null, null)).toMatchObject({ until: "staleFor", holds: true });
});

test("a claim with another role does not hold", () => {
  const out = seen({ acceptedAfter: 13.5, refusedAfter: 14.5, code: "EXPIRED", authority: "stale" });
  expect(judge(out, rotating, toExp ?? null, null)).toMatchObject({ authority: "stale", holds: false });
});
