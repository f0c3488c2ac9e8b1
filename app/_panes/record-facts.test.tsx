import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { LabTimeProvider } from "../_ui/lab-time.tsx";
import { RecordFacts, RecordRest } from "./record-facts.tsx";

const flow: FlowInfo = {
  ...{ id: "server-session", title: "Server session", trusts: "", therefore: "", presents: "cookie", renewedBy: [] },
  ...{ cookies: [], stores: {} },
};
const now = Date.UTC(2030, 0, 1, 12);
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

function shown(elevatedUntil: string, place: RecordView["place"]): string {
  const record: RecordView = {
    ...{ id: "record", kind: "session", variant: "server-session/redis", username: "alice", hash: "hash-of-the-id" },
    ...{ createdAt: at(-1), lastSeenAt: at(0), idleEndsAt: at(30), endsAt: at(480), elevatedUntil, place },
    ...{ device: "Firefox on Linux", userAgent: "Mozilla/5.0 (X11)", userAgentHash: "hash-of-the-agent", ip: "::1" },
    ...{ ended: null, tokens: null },
  };
  const time = { subscribe: () => () => undefined, read: () => now, readFirst: () => now };
  const facts = renderToStaticMarkup(
    <LabTimeProvider time={time}>
      <RecordFacts flow={flow} record={record} />
      <RecordRest record={record} />
    </LabTimeProvider>,
  );
  return facts.replaceAll(/<dt[^>]*>/g, "\n").replaceAll(/<[^>]+>/g, " ");
}

test.for<[string, RecordView["place"]]>([
  ["SQL", { kind: "row", name: "LoginRecord of the lab", expiresInSeconds: null }],
  ["Redis", { kind: "key", name: "a key of the lab", expiresInSeconds: 90 }],
])("a record in %s is shown with its user agent, the hash of that, and until when it is elevated", ([, place]) => {
  const facts = shown(at(4), place);
  expect(facts).toMatch(/user agent +Mozilla\/5\.0 \(X11\)/);
  expect(facts).toMatch(/its hash +hash-of-the-agent/);
  expect(facts).toMatch(/elevated +for 4 min/);
});

test("a record whose elevation is over says how long ago it ended", () => {
  expect(shown(at(-3), { kind: "memory", name: "record", expiresInSeconds: null })).toMatch(
    /elevated +until 3 min ago/,
  );
});
