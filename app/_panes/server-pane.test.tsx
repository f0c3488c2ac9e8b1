import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { HeldView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { LabTimeProvider } from "../_ui/lab-time.tsx";
import { ServerPane } from "./server-pane.tsx";

const flow: FlowInfo = {
  ...{ id: "server-session", title: "Server session", trusts: "", therefore: "", presents: "cookie", renewedBy: [] },
  ...{ cookies: [], stores: {} },
};
const held: HeldView = {
  ...{ login: { accepted: false, code: "STORE_UNAVAILABLE" }, credentials: [], records: [], unanswered: [] },
};
const shown = (unanswered: readonly string[]) =>
  renderToStaticMarkup(<ServerPane flow={flow} held={{ ...held, unanswered }} variant={undefined} />);

test("a store that does not answer is named and not shown as empty", () => {
  expect(shown([])).toContain("No record yet");
  expect(shown(["redis"])).toContain("The store redis does not answer");
  expect(shown(["redis"])).not.toMatch(/No record yet|0 records/);
  expect(shown(["redis", "file"])).toContain("The stores redis, file do not answer");
});

test("a file of logins that was set aside is named, with what became of its logins", () => {
  const pane = renderToStaticMarkup(
    <ServerPane flow={flow} held={{ ...held, setAside: ["logins.json.broken-2026"] }} variant={undefined} />,
  );
  expect(pane).toContain("logins.json.broken-2026");
  expect(pane).toContain("they let nobody in");
  expect(shown([])).not.toContain("could not be read");
});

const noon = Date.UTC(2026, 0, 1, 12);
const minutes = (count: number) => new Date(noon + count * 60_000).toISOString();

function record(id: string, given: Partial<RecordView>): RecordView {
  return {
    ...{ id, kind: "session", variant: "server-session/sql", username: "alice", hash: null, tokens: null },
    ...{ place: { kind: "row", name: id, expiresInSeconds: null }, device: "Chrome", ip: "192.0.2.1" },
    ...{ createdAt: minutes(-90), lastSeenAt: minutes(-30), idleEndsAt: minutes(10), endsAt: minutes(60) },
    ...{ elevatedUntil: minutes(-85), userAgent: "", userAgentHash: "", ended: null, ...given },
  };
}

test("a login past its idle end or its absolute end is not counted or shown as live", () => {
  const records = [
    record("live", {}),
    record("idle", { idleEndsAt: minutes(-5) }),
    record("absolute", { idleEndsAt: null, endsAt: minutes(0) }),
    record("ended", { ended: { at: minutes(-1), reason: "revoked" } }),
  ];
  const time = { subscribe: () => () => undefined, read: () => noon, readFirst: () => noon };
  const pane = renderToStaticMarkup(
    <LabTimeProvider time={time}>
      <ServerPane flow={flow} held={{ ...held, records }} variant={undefined} others={4} />
    </LabTimeProvider>,
  );
  expect(pane).toContain("4 records, 1 live");
  const others = pane.split("<li").slice(1);
  expect(others).toHaveLength(3);
  expect(others[0]).toMatch(/ended by its idle end .*5 min ago/);
  expect(others[1]).toMatch(/ended by its absolute end .*just now/);
  expect(others[2]).toMatch(/ended by revocation/);
  expect(pane).not.toContain("live, in");
});

test("the record of this browser that is past its end says when and by which end", () => {
  const time = { subscribe: () => () => undefined, read: () => noon, readFirst: () => noon };
  const pane = renderToStaticMarkup(
    <LabTimeProvider time={time}>
      <ServerPane
        flow={flow}
        held={{ ...held, records: [record("mine", { idleEndsAt: minutes(-5) })] }}
        variant={undefined}
      />
    </LabTimeProvider>,
  );
  expect(pane).toContain("by its idle end");
  expect(pane).not.toContain("at the latest");
});
