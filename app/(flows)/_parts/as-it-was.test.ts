import { expect, test } from "vitest";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { exchangeKey } from "../../_exchanges/person-requests.ts";
import { type BrowserThen, withBrowserNow } from "./as-it-was.ts";

const flow: FlowInfo = {
  ...{ id: "memory-jwt", title: "JWT in memory", trusts: "", therefore: "", presents: "bearer", renewedBy: [] },
  ...{ cookies: [], stores: {} },
};
const secret = "a-value-that-is-long-enough-to-be-masked-in-its-middle";

/** The lab, read at that moment. */
function readAt(moment: number): LabView {
  const credential = { name: "access token", value: secret, bytes: 1, decoded: null, warnings: [], recordId: null };
  const login = { accepted: false, code: "EXPIRED" };
  return {
    clock: { now: new Date(moment).toISOString() },
    held: { [flow.id]: { login, credentials: [credential], records: [], unanswered: [] } },
  } as unknown as LabView;
}

function exchange(id: number, at = id * 100, took = 10): Exchange {
  return {
    ...{ id, at, took, clockOffset: 0, flow: flow.id, action: "me", variant: null, device: "", code: null, steps: [] },
    request: { method: "GET", path: "/api/memory-jwt/me", headers: [], body: null },
    response: { status: 200, headers: [], body: null },
  };
}

const nothing: BrowserThen = new Map();

test("the browser is noted once the page has read the lab after the answer, and not before", () => {
  const newest = exchange(1);
  expect(withBrowserNow(nothing, { newest, view: readAt(109), flow })).toBe(nothing);
  const seen = withBrowserNow(nothing, { newest, view: readAt(110), flow });
  expect(seen.get(exchangeKey(newest))?.credentials).toMatchObject([
    { name: "access token", over: true, inCookie: false },
  ]);
  // What is read later is the browser after another exchange, maybe.
  expect(withBrowserNow(seen, { newest, view: readAt(5000), flow })).toBe(seen);
});

test("a look after the next exchange says nothing of the one before, also if the page is told of them later", () => {
  const view = readAt(5000);
  const told = [exchange(1), exchange(2)].reduce(
    (seen, newest) => withBrowserNow(seen, { newest, view, flow }),
    nothing,
  );
  expect([...told.keys()]).toEqual([exchangeKey(exchange(2))]);
});

test("a value is kept masked", () => {
  const seen = withBrowserNow(nothing, { newest: exchange(1), view: readAt(500), flow });
  const [credential] = seen.get(exchangeKey(exchange(1)))?.credentials ?? [];
  expect(credential?.shown).toMatch(/^a-va…/);
  expect(JSON.stringify([...seen])).not.toContain(secret.slice(6, -6));
});

test("as many exchanges are kept as the server keeps, the newest ones", () => {
  let seen = nothing;
  for (let id = 1; id <= 100; id++)
    seen = withBrowserNow(seen, { newest: exchange(id), view: readAt(id * 100 + 50), flow });
  expect(seen.size).toBe(60);
  expect([seen.has(exchangeKey(exchange(40))), seen.has(exchangeKey(exchange(41)))]).toEqual([false, true]);
});
