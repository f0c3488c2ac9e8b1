import { expect, test } from "vitest";
import type { CsrfVerdict, PlayedCsrf } from "@/lib/features/attacks/csrf/model.ts";
import { headingOf, playedLine } from "./csrf-heading.ts";

const told = { id: "sibling-form", subject: "a form", place: "sibling" } as const;
const request = { method: "POST", path: "/api/cookie/transfer", headers: {}, cookies: [], body: "" };
const played: PlayedCsrf = {
  ...{ id: told.id, request, flows: [], frame: null },
  ...{ weak: { status: 200, code: null }, edge: { status: 403, code: "CROSS_SITE_REQUEST" } },
};
const succeeds: CsrfVerdict = { outcome: "succeeds", code: null };
const verdicts = { none: succeeds, lax: succeeds, origin: { outcome: "refused", code: "CROSS_SITE_REQUEST" } } as const;

test("before a case is played the heading raises no alarm", () => {
  expect(headingOf(told, {}, null).alarm).toBe("");
});

test("a case whose host leads nowhere says which setting names it, and no other case does", () => {
  const leftOut = [{ place: "sibling", setting: "SIBLING_ORIGIN" }] as const;
  expect(headingOf(told, {}, null, leftOut).below).toContain("SIBLING_ORIGIN");
  const other = { ...told, id: "another-site-form", place: "another-site" } as const;
  expect(headingOf(other, {}, null, leftOut).below).toContain("sends every case");
});

test("a request that the weak edge acted on is the alarm, and the line below counts the defences that stop it", () => {
  expect(headingOf(told, verdicts, played)).toEqual({
    calm: "With no defence,",
    alarm: "a form spends alice’s coins.",
    below: "1 of 2 defences stop the same request. The flow’s own refuses it: CROSS_SITE_REQUEST.",
  });
});

test("a login as somebody else spends no coins", () => {
  const { alarm } = headingOf({ ...told, id: "sibling-login" }, verdicts, { ...played, id: "sibling-login" });
  expect(alarm).toBe("a form makes alice’s browser bob’s.");
});

test("what the browser stopped is no success of a defence of the server", () => {
  const none = { none: { outcome: "stopped", code: null } } as const;
  expect(headingOf(told, none, { ...played, request: null, weak: null })).toMatchObject({
    calm: "The browser stops a form.",
    below: expect.stringContaining("preflight"),
  });
});

test("a request that the flow finds no credential in is stopped by no defence", () => {
  const none = { none: { outcome: "stopped", code: null } } as const;
  const found = { ...request, cookies: [["csrf-none", "1"] as const] };
  expect(headingOf(told, none, { ...played, request: found, weak: { status: 401, code: "NO_CREDENTIAL" } }).calm).toBe(
    "A form arrives, and proves nobody.",
  );
});

test("where the server was broken without a defence, the case could not be tried, and nothing was stopped or refused", () => {
  const none = { none: { outcome: "untried", code: null } } as const;
  const weak = { status: 503, code: "STORE_UNAVAILABLE" };
  expect(headingOf(told, none, { ...played, weak })).toEqual({
    ...{ calm: "A form could not be tried.", alarm: "" },
    below: "Without a defence the server answered 503, which says nothing of any.",
  });
  const edge = { status: 503, code: "STORE_UNAVAILABLE" };
  expect(headingOf(told, verdicts, { ...played, edge }).below).toContain("could not be tried: it answered 503");
});

test("a kept play says when and in which browser it was played", () => {
  const play = { ...{ playedAt: "2026-11-30T04:52:16.000Z", browser: "Chrome 156", flow: "cookie" }, cases: [played] };
  const all = {
    ...play,
    verdicts: {},
    done: true,
    origins: { victim: "", sibling: null, attacker: null, otherPort: null },
  };
  expect(playedLine(all, false)).toBe(
    "Played at 2026-11-30 04:52 UTC, in Chrome 156. Playing logs alice in here, and out again.",
  );
  expect(playedLine({ ...all, cases: [] }, false)).toBe("Not played yet.");
});
