import { expect, test } from "vitest";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { HeldView, LabView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../flow-info.ts";
import { loginsAfter } from "./logins-after.ts";

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

const alice = { id: "1", username: "alice", displayName: "Alice", role: "user" } as const;
const accepted: HeldView["login"] & { readonly accepted: true } = {
  ...{ accepted: true, user: alice, variant: "x/y", recordId: null, ends: {} },
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
const later = "2026-01-01T12:20:00.000Z";
const bearer = { name: "access token", value: "a", bytes: 14, decoded: null, warnings: [], recordId: null };
const inBoth = {
  "server-session": held(accepted, { credentials: [bearer] }),
  "memory-jwt": held(accepted, refreshable),
};
const before = viewAt("2026-01-01T12:00:00.000Z", inBoth);

/** What is said of each flow, by its id. */
function said(now: LabView, was: LabView | null = before) {
  return Object.fromEntries(loginsAfter(flows, { before: was, after: now }).map(({ flow, words }) => [flow, words]));
}
const after = (login: HeldView["login"], rest: Partial<HeldView> = { credentials: [bearer] }) =>
  said(viewAt(later, { ...inBoth, "server-session": held(login, rest) }))["server-session"];

test("of each flow the outcome of an action says whether its login is accepted, and if not the code", () => {
  const now = viewAt(later, { ...inBoth, "server-session": held({ accepted: false, code: "REVOKED" }) });
  expect(said(now)).toEqual({ "server-session": "refused REVOKED", "memory-jwt": "still accepted" });
});

test("a login that a refresh brings back is told apart from one that is over", () => {
  const late = "2026-01-09T12:00:00.000Z";
  const words = (at: string) => said(viewAt(at, { "memory-jwt": held(expired, refreshable) }))["memory-jwt"];
  expect(words(later)).toBe("refused EXPIRED, until a refresh");
  expect(words(late)).toBe("refused EXPIRED");
});

test("a login that acts with a role that was taken away is told apart from one that has the role of now", () => {
  const role = (each: "user" | "admin"): HeldView["login"] => ({ ...accepted, user: { ...alice, role: each } });
  const lowered = (each: "user" | "admin") => {
    const people = [{ ...alice, disabled: false, password: null, balance: 0 }];
    const was = viewAt(before.clock.now, { "server-session": held(role("admin"), { credentials: [bearer] }) });
    const now = viewAt(later, { "server-session": held(role(each), { credentials: [bearer] }) });
    return said({ ...now, people }, was)["server-session"];
  };
  expect(lowered("admin")).toBe("still accepted, as admin");
  expect(lowered("user")).toBe("accepted, as user now");
});

test("a login that got a new credential says so, and one that was refused before says whether it still is", () => {
  expect(after(accepted, { credentials: [{ ...bearer, value: "b" }] })).toBe("accepted, with a new credential");
  const was = viewAt(before.clock.now, { "server-session": held(expired, { credentials: [bearer] }) });
  expect(said(viewAt(later, was.held), was)).toEqual({ "server-session": "still refused EXPIRED" });
  expect(said(viewAt(later, inBoth), was)["server-session"]).toBe("accepted again");
});

test("nothing is said of a flow without a credential, nor where the lab was not read again", () => {
  expect(said(viewAt(later, {}), viewAt(before.clock.now, {}))).toEqual({});
  expect(said(before, before)).toEqual({});
  expect(said(viewAt(later, inBoth), null)).toEqual({});
});
