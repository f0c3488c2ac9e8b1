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

test("what is refused at the first look after the plug was refused at once", () => {
  const first = seen({ refusedAfter: 0.1, code: "REVOKED" });
  expect(judge(first, rotating, ended, null)).toMatchObject({ outcome: "REVOKED", until: "at-once", holds: true });
  expect(judge(first, rotating, toExp ?? null, null)).toMatchObject({ outcome: "REVOKED", holds: false });
});

test("what was refused before the plug did not need it: it holds only where that is claimed of the script without the plug", () => {
  const before = seen({ code: "REVOKED" });
  const [another] = refused("access", "INVALID_CREDENTIAL");
  expect(judge(before, rotating, ended, null)).toMatchObject({ outcome: "REVOKED", refusedAfter: null, holds: false });
  expect(judge(before, rotating, ended, another).holds).toBe(false);
  expect(judge(before, rotating, ended, toExp ?? null).holds).toBe(false);
  expect(judge(before, rotating, toExp ?? null, ended).holds).toBe(false);
  expect(judge(before, rotating, ended, ended).holds).toBe(true);
});

test("what is claimed without the plug says nothing of a refusal after it", () => {
  const after = seen({ refusedAfter: 0.1, code: "REVOKED" });
  expect(judge(after, rotating, ended, toExp ?? null).holds).toBe(true);
  expect(judge(after, rotating, toExp ?? null, ended).holds).toBe(false);
});

test("what got in is judged by the lifetime that ended between the last look in and the first one out", () => {
  const out = seen({ acceptedAfter: 13.5, refusedAfter: 14.5, code: "EXPIRED" });
  expect(judge(out, rotating, toExp ?? null, null)).toMatchObject({ outcome: "exposed", until: "access", holds: true });
  expect(judge(out, rotating, ended, null)).toMatchObject({ outcome: "exposed", until: "access", holds: false });
});

test("where no lifetime ends there is no word for it, and no claim holds", () => {
  const out = seen({ acceptedAfter: 3, refusedAfter: 4, code: "REVOKED" });
  expect(judge(out, rotating, toExp ?? null, null)).toMatchObject({ outcome: "exposed", until: null, holds: false });
});

test("where the looks are so far apart that two lifetimes end between them, it was the claimed one", () => {
  const far = seen({ acceptedAfter: 5, refusedAfter: 100, code: "EXPIRED" });
  const claims = ["idle", "refresh"] as const;
  for (const until of claims) {
    const [claim] = exposed("access", until);
    expect(judge(far, rotating, claim ?? null, null).until).toBe(until);
  }
});

test("one process that remembers lets a copy in for that long after the plug, counted from the plug", () => {
  const cached = racedVariant("server-session/cached");
  const [claim] = exposed("access", "staleFor");
  const out = seen({ acceptedAfter: 4, refusedAfter: 5, code: "REVOKED" });
  expect(judge(out, cached, claim ?? null, null)).toMatchObject({ until: "staleFor", holds: true });
});

test("with another role than was claimed, a claim does not hold", () => {
  const out = seen({ acceptedAfter: 13.5, refusedAfter: 14.5, code: "EXPIRED", authority: "stale" });
  expect(judge(out, rotating, toExp ?? null, null)).toMatchObject({ authority: "stale", holds: false });
});
