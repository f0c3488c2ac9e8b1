import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { usualSettings } from "@/lib/lab/lab-settings.ts";
import type { HeldView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { lastSent } from "../_exchanges/set-cookie.ts";
import { WirePane } from "./wire-pane.tsx";

const flow: FlowInfo = {
  ...{ id: "server-session", title: "Server session", trusts: "", therefore: "", presents: "cookie", renewedBy: [] },
  stores: {},
  cookies: [{ name: "__Host-sid", path: "/", httpOnly: true, secure: true, sameSite: "lax" }],
};
const held: HeldView = {
  login: { accepted: false, code: "EXPIRED" },
  credentials: [{ name: "__Host-sid", value: "mine", bytes: 15, decoded: null, warnings: [], recordId: null }],
  ...{ records: [], unanswered: [] },
};

function exchange(id: number, action: string, lines: readonly string[]): Exchange {
  return {
    ...{ id, at: Date.UTC(2026, 0, 1, 12, 0, id), clockOffset: 0, flow: "server-session", action, variant: null },
    ...{ device: "", code: null, steps: [], took: 1 },
    request: { method: "POST", path: `/api/server-session/${action}`, headers: [], body: null },
    response: { status: 200, headers: lines.map((line) => ["set-cookie", line]), body: null },
  };
}

const login = exchange(1, "login", ["__Host-sid=mine; Path=/; Max-Age=60"]);

/** The pane's text, with `exchanges` newest first. */
function pane(exchanges: readonly Exchange[]): string {
  const sent = lastSent(flow, held.credentials, exchanges);
  const given = { flow, held, sent, choice: usualSettings.cookies, watching: true, last: exchanges[0] };
  return renderToStaticMarkup(<WirePane {...given} />).replaceAll(/<[^>]*>/g, "");
}

test("attributes of an earlier exchange’s Set-Cookie line stand under the name and the time of that exchange", () => {
  const text = pane([exchange(2, "revoke", []), login]);
  expect(text).toMatch(/POST revoke.*Set-Cookie __Host-sid, in the answer to POST login at 12:00:01.*Path=\//);
  expect(text).not.toMatch(/^WireSet-Cookie/);
});

test("attributes of the last exchange’s own Set-Cookie line stand under its line", () => {
  expect(pane([login])).toMatch(/^WireSet-Cookie, 15 of 4096 bytes.*POST login.*Path=\//);
  expect(pane([login])).not.toContain("in the answer to");
});
