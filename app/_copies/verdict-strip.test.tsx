import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { CopiesView, CopyView } from "@/lib/lab/feed/copies-view.ts";
import { VerdictStrip } from "./verdict-strip.tsx";

const at = "2026-01-01T12:00:05.000Z";
const flows = [{ id: "cookie", title: "Cookie" }];
const plug = (id: number, time: string) => ({
  id,
  experiment: null,
  kind: "log-out" as const,
  username: "alice",
  at: time,
});
const plugs = [plug(1, "2026-01-01T12:00:00.000Z"), plug(2, at)];

const copy: CopyView = {
  ...{
    login: 1,
    flow: "cookie",
    variant: "cookie/sealed",
    credential: "access",
    name: "__Host-login",
    username: "alice",
  },
  ...{ device: "Chrome on Linux", onPhone: false, madeAt: at, earlier: false, plugs: [1], letIn: [], alarm: true },
  ...{ reason: "The server kept nothing, so it has nothing to end." },
  verdict: {
    ...{ accepted: true, role: "admin", authority: "stale", afterSeconds: 5 },
    until: "2026-01-01T12:30:00.000Z",
  },
};

/** The strip with these copies, as text and as it is drawn. */
function drawn(...copies: readonly CopyView[]) {
  const view: CopiesView = { lab: "lab", at, plugs, copies };
  const html = renderToStaticMarkup(<VerdictStrip copies={view} flows={flows} away={false} />);
  return { html, text: html.replace(/<[^>]*>/g, "") };
}
const count = (html: string, name: string) => html.split(`class="${name}"`).length - 1;

test("a copy that acts with a role that was taken away is an alarm that names the role, and one with the role of now is none", () => {
  expect(drawn(copy).text).toContain("STILL IN as admin until");
  const current = { accepted: true, role: "user", authority: "current", until: at, afterSeconds: 5 } as const;
  const calm = drawn({ ...copy, alarm: false, verdict: current }).text;
  expect(calm).toContain("still in, as user");
  expect(calm).not.toContain("STILL IN");
});

test("a copy that still gets in says until when, how long that is, and why; a refused one its code, after how long, and why", () => {
  expect(drawn(copy).text).toMatch(/until .*29 min 55 s left.*so it has nothing to end\./);
  const refused = drawn({ ...copy, alarm: false, verdict: { accepted: false, code: "REVOKED", afterSeconds: 0.2 } });
  expect(refused.text).toMatch(/refused REVOKED.*after 0\.2 s.*so it has nothing to end\./);
});

test("each plug that a copy met has a mark in its bar", () => {
  expect(count(drawn(copy).html, "strip-mark")).toBe(1);
  expect(count(drawn({ ...copy, plugs: [1, 2] }).html, "strip-mark")).toBe(2);
});

test("the time in which a copy was let in is red, also after the copy ended, and has a gap where nobody looked", () => {
  const letIn = [
    { from: 0, to: 5, alarm: true },
    { from: 600, to: 601, alarm: true },
  ];
  const ended = { accepted: false, code: "EXPIRED", afterSeconds: 900 } as const;
  const inLegend = 1;
  for (const change of [{}, { alarm: false, verdict: ended }])
    expect(count(drawn({ ...copy, letIn, ...change }).html, "hatch-measured") - inLegend).toBe(2);
});

test("the phone's copy has a bar and a verdict of its own in the row of the browser's", () => {
  const phone = { ...copy, login: 2, device: "Safari on iOS, phone", onPhone: true };
  const { html, text } = drawn(copy, phone);
  expect([count(html, "strip-bar"), html.split('data-testid="copy cookie access"').length - 1]).toEqual([2, 1]);
  expect(text).toContain("Safari on iOS, phone: STILL IN");
});
