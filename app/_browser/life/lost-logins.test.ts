import { expect, test } from "vitest";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { HeldView, LabView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../flow-info.ts";
import { lostLoginsWords } from "./lost-logins.ts";

const shared = { trusts: "", therefore: "", cookies: [], stores: {} };
const session: FlowInfo = {
  ...shared,
  id: "server-session",
  title: "Server session",
  presents: "cookie",
  renewedBy: [],
};
const jwt: FlowInfo = {
  ...shared,
  id: "memory-jwt",
  title: "JWT in memory",
  presents: "bearer",
  renewedBy: ["refresh"],
};
const flows = [session, jwt];

const accepted: HeldView["login"] = {
  ...{
    accepted: true,
    user: { id: "1", username: "alice", displayName: "Alice", role: "user" },
    variant: "x/y",
    recordId: null,
    ends: {},
  },
  ...{ issuedAt: "2026-01-01T12:00:00.000Z", expiresAt: "2026-01-01T12:15:00.000Z" },
};
const expired: HeldView["login"] = { accepted: false, code: "EXPIRED" };
const family = {
  ...{ id: "family", kind: "refresh family", variant: "memory-jwt/rotating", username: "alice", hash: null },
  ...{ place: { kind: "row", name: "family", expiresInSeconds: null }, device: "Chrome", ip: "192.0.2.1" },
  ...{ createdAt: "2026-01-01T12:00:00.000Z", lastSeenAt: "2026-01-01T12:00:00.000Z", idleEndsAt: null },
  ...{ endsAt: "2026-01-08T12:00:00.000Z", ended: null, tokens: [] },
  ...{ elevatedUntil: "2026-01-01T12:05:00.000Z", userAgent: "", userAgentHash: "" },
} satisfies RecordView;

const held = (login: HeldView["login"], rest: Partial<HeldView> = {}): HeldView => ({
  ...{ login, credentials: [], records: [], unanswered: [], ...rest },
});
const refreshable: Partial<HeldView> = {
  credentials: [{ name: "refresh", value: "r", bytes: 9, decoded: null, warnings: [], recordId: "family" }],
  records: [family],
};

function viewAt(now: string, byFlow: LabView["held"]): LabView {
  return {
    ...{
      lab: { id: "lab", madeAt: now, expiresAt: null },
      clock: { now, systemNow: now, offsetSeconds: 0 },
      people: [],
      variants: [],
    },
    settings: Object(null),
    ...{ weaknesses: [], oauth: { issuer: "", clientId: "", clientSecret: "" }, held: byFlow },
  };
}
const before = viewAt("2026-01-01T12:00:00.000Z", { "server-session": held(accepted), "memory-jwt": held(accepted) });

test("the outcome of an action names each login of this browser that it ended", () => {
  const after = viewAt("2026-01-01T20:00:00.000Z", { "server-session": held(expired), "memory-jwt": held(expired) });
  expect(lostLoginsWords(flows, { before, after })).toBe("; no longer accepted: Server session, JWT in memory");
});

test("a login that a refresh brings back is told apart from one that is over", () => {
  const over = held(expired);
  const after = viewAt("2026-01-01T12:20:00.000Z", {
    "server-session": over,
    "memory-jwt": held(expired, refreshable),
  });
  expect(lostLoginsWords(flows, { before, after })).toContain("Server session, JWT in memory (until a refresh)");
  const late = viewAt("2026-01-09T12:00:00.000Z", { "server-session": over, "memory-jwt": held(expired, refreshable) });
  expect(lostLoginsWords(flows, { before, after: late })).not.toContain("until a refresh");
});

test("an action that ends no login says so, and says nothing where it cannot know", () => {
  const after = viewAt("2026-01-01T12:00:01.000Z", before.held);
  expect(lostLoginsWords(flows, { before, after })).toBe("; no login of this browser ended by it");
  expect(lostLoginsWords(flows, { before, after: before })).toBe("");
  expect(lostLoginsWords(flows, { before: null, after })).toBe("");
  expect(lostLoginsWords(flows, { before: viewAt(before.clock.now, {}), after })).toBe("");
});
