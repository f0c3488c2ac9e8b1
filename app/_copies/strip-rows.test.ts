import { describe, expect, test } from "vitest";
import type { CopiesView, CopyVerdict, CopyView } from "@/lib/lab/feed/copies-view.ts";
import type { PlugKind } from "@/lib/lab/feed/plug.ts";
import { stripAxis } from "./strip-axis.ts";
import { gotInFor, laterPlugs, stripOf } from "./strip-rows.ts";
import { resultOf } from "./strip-words.ts";

const at = "2026-01-01T12:00:05.000Z";
const flows = [
  { id: "cookie", title: "Cookie" },
  { id: "server-session", title: "Server session" },
  { id: "memory-jwt", title: "JWT in memory" },
  { id: "hybrid", title: "Hybrid" },
];
const ids = flows.map(({ id }) => id);

const refused: CopyVerdict = { accepted: false, code: "REVOKED", afterSeconds: 0.2 };
const inside: CopyVerdict = {
  ...{ accepted: true, role: "user", authority: "current", afterSeconds: 5 },
  until: "2026-01-01T12:30:00.000Z",
};

function copy(name: string, verdict: CopyVerdict | null, change: Partial<CopyView> = {}): CopyView {
  return {
    ...{ login: 1, flow: "cookie", variant: "cookie/sealed", credential: "access", name, username: "alice" },
    ...{
      device: "Chrome on Linux",
      onPhone: false,
      madeAt: at,
      earlier: false,
      plugs: [1],
      letIn: [],
      verdict,
      reason: null,
      alarm: verdict?.accepted === true,
    },
    ...change,
  };
}

function view(copies: readonly CopyView[], kind: PlugKind = "log-out"): CopiesView {
  return { lab: "lab", at, plugs: [{ id: 1, experiment: null, kind, username: "alice", at }], copies };
}

const cookie = copy("__Host-login", inside, { letIn: [{ from: 0, to: 5, alarm: true }] });
const session = copy("__Host-sid", refused, { flow: "server-session", login: 2 });
const token = copy("access token", inside, { flow: "memory-jwt", login: 3 });
const hybrid = copy("__Host-hybrid", refused, { flow: "hybrid", login: 4 });

describe("the heading", () => {
  test("says what happened and which copies still get in", () => {
    expect(resultOf(view([cookie, session, token, hybrid]), flows)).toEqual({
      ...{ happened: "alice logged out.", alarm: true },
      outcome: "Copies of the cookie and the access token still get in.",
    });
    expect(resultOf(view([session, { ...hybrid, verdict: inside, alarm: true }]), flows)?.outcome).toBe(
      "A copy of the hybrid cookie still gets in.",
    );
    const refresh = { ...copy("__Host-refresh", inside), flow: "memory-jwt" };
    expect(resultOf(view([session, refresh]), flows)?.outcome).toBe(
      "A copy of the JWT in memory cookie still gets in.",
    );
  });

  test("is calm once no copy gets in", () => {
    expect(resultOf(view([session, hybrid]), flows)).toMatchObject({
      outcome: "No copy gets in any more.",
      alarm: false,
    });
  });

  test("says nothing of a result before the first look, and nothing at all before a plug", () => {
    expect(resultOf(view([{ ...cookie, verdict: null }]), flows)?.outcome).toBe("");
    expect(resultOf(view([{ ...cookie, plugs: [] }]), flows)).toBeNull();
  });

  test("is about the copies that the last plug should have ended, and the same plug in several flows is one", () => {
    const plug = (id: number, kind: PlugKind, username: string) => ({ id, experiment: null, kind, username, at });
    const plugs = [plug(1, "log-out", "alice"), plug(2, "disable", "bob"), plug(3, "disable", "bob")];
    const copies = [cookie, { ...session, plugs: [2] }, { ...hybrid, plugs: [3] }];
    expect(resultOf({ ...view(copies), plugs }, flows)).toEqual({
      ...{
        happened: "bob was disabled.",
        outcome: "Copies of the server session cookie and the hybrid cookie are refused.",
        alarm: false,
      },
    });
  });

  test("says that every copy gets in only if each one of the lab does", () => {
    const free = { ...session, verdict: inside, plugs: [], alarm: false };
    expect(resultOf(view([cookie, token]), flows)?.outcome).toBe("Every copy still gets in.");
    expect(resultOf(view([cookie, token, free]), flows)?.outcome).not.toContain("Every");
  });

  test("after time passed is about every copy: one that time did not end still gets in", () => {
    const plugs = [
      { id: 1, experiment: null, kind: "log-out" as const, username: "alice", at },
      { id: 2, experiment: null, kind: "clock" as const, username: null, at },
    ];
    const ended = { ...token, verdict: { ...refused, code: "EXPIRED" as const }, alarm: false, plugs: [1, 2] };
    const happened = "Time passed.";
    expect(resultOf({ ...view([cookie, ended]), plugs }, flows)).toEqual({
      ...{ happened, alarm: true, outcome: "A copy of the cookie still gets in." },
    });
    const untouched = { ...cookie, alarm: false, plugs: [] };
    expect(resultOf({ ...view([untouched, { ...ended, plugs: [2] }]), plugs }, flows)).toEqual({
      ...{ happened, alarm: false, outcome: "A copy of the access token is refused." },
    });
  });

  test("does not speak of the copies of an earlier login", () => {
    expect(resultOf(view([{ ...cookie, earlier: true }]), flows)).toBeNull();
  });
});

describe("the rows", () => {
  test("are in the order of the flows, and a phone's copy is in the row of the browser's, also if it logged in first", () => {
    const phone = copy("__Host-login", inside, { login: 0, device: "Safari on iOS, phone", onPhone: true });
    const { rows } = stripOf(view([session, cookie, phone]), ids);
    expect(rows.map(({ copy: { name }, elsewhere }) => [name, elsewhere.map(({ device }) => device)])).toEqual([
      ["__Host-login", ["Safari on iOS, phone"]],
      ["__Host-sid", []],
    ]);
  });

  test("keep the copies of earlier logins apart", () => {
    const { rows, earlier } = stripOf(
      view([
        { ...cookie, earlier: true },
        { ...cookie, login: 5 },
      ]),
      ids,
    );
    expect([rows.length, earlier.length]).toEqual([1, 1]);
  });
});

test("a copy that ended keeps the time for which it was let in, and one that never got in has none", () => {
  expect(
    gotInFor(copy("access token", { ...refused, afterSeconds: 900 }, { letIn: [{ from: 0, to: 880, alarm: true }] })),
  ).toBe(880);
  expect(gotInFor(session)).toBe(0);
});

test("a later plug has a mark of its own, in seconds after the first one that the copy met", () => {
  const pulled = (id: number, seconds: number) => ({
    ...{ id, experiment: null, kind: "log-out" as const, username: "alice" },
    at: new Date(Date.parse(at) + seconds * 1000).toISOString(),
  });
  const plugs = [pulled(1, 0), pulled(2, 5), pulled(3, 65)];
  expect(laterPlugs({ plugs: [2, 3] }, plugs)).toEqual([60]);
  expect(laterPlugs({ plugs: [1, 2, 3] }, plugs)).toEqual([5, 65]);
  expect([laterPlugs({ plugs: [3] }, plugs), laterPlugs({ plugs: [] }, plugs)]).toEqual([[], []]);
  // A clock that is set back puts no mark before the plug.
  expect(laterPlugs({ plugs: [1, 2] }, [pulled(1, 0), pulled(2, -60)])).toEqual([0]);
});

describe("the axis", () => {
  const axis = stripAxis([cookie, token], Date.parse(at));

  test("is logarithmic from the plug, and ends with the last copy", () => {
    expect(axis.at(0)).toBe(14);
    expect(axis.at(5)).toBeGreaterThan(30);
    expect(axis.at(1800)).toBeCloseTo(100, 0);
  });

  test("has no two words on one another", () => {
    const places = axis.ticks.map(({ seconds }) => axis.at(seconds));
    for (const [index, place] of places.entries())
      expect(place - (places[index - 1] ?? axis.at(5))).toBeGreaterThan(10);
    expect(axis.ticks.map(({ words }) => words)).toEqual(["1 min", "5 min", "30 min"]);
  });
});
