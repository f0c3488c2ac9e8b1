import { expect, test } from "vitest";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { HeldView, LabView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { loginsIn } from "./logins-in.ts";

const now = "2026-01-01T12:00:00.000Z";
const record = (id: string, endsAt: string): RecordView => ({
  ...{ id, kind: "session", variant: "server-session/sql", username: "alice", hash: null, tokens: null, ended: null },
  ...{
    place: { kind: "row", name: id, expiresInSeconds: null },
    device: "",
    ip: "",
    userAgent: "",
    userAgentHash: "",
    elevatedUntil: now,
  },
  ...{ createdAt: now, lastSeenAt: now, idleEndsAt: null, endsAt },
});
const accepted = (recordId: string | null): HeldView["login"] => ({
  ...{ accepted: true, user: { id: "1", username: "alice", displayName: "Alice", role: "user" }, ends: {}, recordId },
  ...{ variant: "server-session/sql", issuedAt: now, expiresAt: "2026-01-01T12:30:00.000Z" },
});
const flow = (id: string): FlowInfo => ({
  ...{ id, title: id, trusts: "", therefore: "", presents: "cookie", renewedBy: [], cookies: [], stores: {} },
});

test("a page counts live records, and its own login where the server keeps none", () => {
  const held = {
    cookie: { login: accepted(null), credentials: [], records: null, unanswered: [] },
    "server-session": {
      ...{ login: accepted("mine"), credentials: [], unanswered: [] },
      records: [
        record("mine", "2026-01-01T13:00:00.000Z"),
        record("other", "2026-01-01T13:00:00.000Z"),
        record("old", now),
      ],
    },
    hybrid: { login: { accepted: false, code: "NO_CREDENTIAL" }, credentials: [], records: [], unanswered: [] },
  } satisfies LabView["held"];
  const view: LabView = {
    ...{
      lab: { id: "lab", madeAt: now, expiresAt: null },
      clock: { now, systemNow: now, offsetSeconds: 0 },
      people: [],
    },
    ...{
      variants: [],
      settings: Object(null),
      weaknesses: [],
      oauth: { issuer: "", clientId: "", clientSecret: "" },
      held,
    },
  };
  expect(loginsIn(view, [flow("cookie"), flow("server-session"), flow("hybrid")])).toBe(3);
});
