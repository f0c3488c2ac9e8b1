import { expect, test } from "vitest";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { HeldView, LabView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { laneOf } from "./lane-of.ts";

const flow: FlowInfo = {
  ...{ id: "memory-jwt", title: "JWT in memory", trusts: "", therefore: "", presents: "bearer", stores: {} },
  ...{ cookies: [], renewedBy: ["__Host-refresh"] },
};
const now = "2026-01-01T12:00:00.000Z";
const record = {
  ...{ id: "family", kind: "refresh family", variant: "memory-jwt/rotating", username: "alice", hash: null },
  ...{ place: { kind: "row", name: "family", expiresInSeconds: null }, device: "", ip: "", tokens: [] },
  ...{ createdAt: now, lastSeenAt: now, idleEndsAt: null, endsAt: "2026-01-08T12:00:00.000Z", ended: null },
  ...{ elevatedUntil: now, userAgent: "", userAgentHash: "" },
} satisfies RecordView;

function lane(records: readonly RecordView[], code: "EXPIRED" | "NO_CREDENTIAL" = "EXPIRED") {
  const credential = { name: "__Host-refresh", value: "r", bytes: 9, decoded: null, warnings: [], recordId: "family" };
  const held: HeldView = { login: { accepted: false, code }, credentials: [credential], records, unanswered: [] };
  const view: LabView = {
    ...{
      lab: { id: "lab", madeAt: now, expiresAt: null },
      clock: { now, systemNow: now, offsetSeconds: 0 },
      people: [],
    },
    ...{ variants: [], settings: Object(null), weaknesses: [], oauth: { issuer: "", clientId: "", clientSecret: "" } },
    held: { [flow.id]: held },
  };
  return laneOf({ view, exchanges: [] }, flow);
}

test("while a refresh family lives, its end is on the time line although the access token has ended or is gone", () => {
  const refresh = { name: "refresh", at: Date.parse(record.endsAt) };
  expect(lane([record])).toMatchObject({ who: "refused EXPIRED, alice can refresh", accepted: false, ends: [refresh] });
  expect(lane([record], "NO_CREDENTIAL")).toMatchObject({ who: "no access token, alice can refresh", ends: [refresh] });
});

test("the id that renews a token has an idle end and an absolute end on the time line", () => {
  const { endsAt } = record;
  const ends = lane([{ ...record, kind: "session", idleEndsAt: "2026-01-01T12:30:00.000Z" }]).ends;
  expect(ends.map(({ name }) => name)).toEqual(["idle", "absolute"]);
  expect(ends.at(-1)?.at).toBe(Date.parse(endsAt));
});

test("what was ended or is past its end has no end on the time line", () => {
  expect(lane([{ ...record, ended: { at: now, reason: "logout" } }])).toMatchObject({
    who: "refused EXPIRED",
    ends: [],
  });
  expect(lane([{ ...record, endsAt: now }])).toMatchObject({ who: "refused EXPIRED", ends: [] });
});
