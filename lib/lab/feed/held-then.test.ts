import { expect, test } from "vitest";
import { boundedHeld, mostHeldBytes } from "./held-then.ts";
import type { RecordView } from "./record-view.ts";

const at = new Date(0).toISOString();

function record(id: number, userAgent = "Firefox"): RecordView {
  return {
    ...{ id: String(id), kind: "session", variant: "server-session/sql", username: "alice", hash: "hash" },
    ...{ createdAt: at, lastSeenAt: at, idleEndsAt: at, endsAt: at, elevatedUntil: at, ended: null, tokens: null },
    ...{ place: { kind: "row", name: "a row", expiresInSeconds: null }, device: "", userAgentHash: "", ip: "::1" },
    userAgent,
  };
}

const records = (count: number, userAgent?: string) =>
  Array.from({ length: count }, (_, index) => record(index, userAgent));
const bytesOf = (held: unknown) => new TextEncoder().encode(JSON.stringify(held)).length;

test("what the server held stays as it is while it is small", () => {
  const held = { before: null, after: records(12) };
  expect(boundedHeld(held)).toEqual(held);
});

test.for([
  ["both sides are large", 12, 12],
  ["one side is large", 0, 40],
] as const)("where %s, it has at most 64 kB, and the newest records stay", ([, before, after]) => {
  const wide = "ü".repeat(2000);
  const given = { before: records(before, wide), after: records(after, wide) };
  expect(bytesOf(given)).toBeGreaterThan(mostHeldBytes);
  const held = boundedHeld(given);
  expect(bytesOf(held)).toBeLessThanOrEqual(mostHeldBytes);
  expect(bytesOf(held)).toBeGreaterThan(mostHeldBytes / 2);
  expect(held.after).toEqual(given.after.slice(0, held.after?.length));
  expect(held.before).toEqual(given.before.slice(0, held.before?.length));
});
