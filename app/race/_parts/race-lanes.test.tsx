import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { exposed, refused } from "@/lib/core/claim.ts";
import type { RaceNews } from "@/lib/features/race/model.ts";
import { RaceLanes } from "./race-lanes.tsx";
import { emptyLanes, rowsOf } from "./race-rows.ts";
import { afterNews, type RaceState } from "./race-state.ts";

const [unused = null, used = null] = exposed("access", { silent: "idle", active: "absolute" });
const [atOnce] = refused("access", "REVOKED");
const verdict = { type: "verdict", credential: "access", authority: "current", holds: true, reason: "Why." } as const;
const pulled = (lane: number): RaceNews => ({ type: "pulled", lane, afterLoginSeconds: 1, status: 204, code: null });
const seenAt = (lane: number, seconds: number): RaceNews => ({
  type: "in",
  copies: [{ lane, credential: "access", seconds, authority: "current" }],
});

/** A race of a cookie, held by both thieves, and a session id that is refused at once. */
const begun: readonly RaceNews[] = [
  {
    ...{ type: "start", plug: "replay-after-logout", lifetimes: "seconds", everySeconds: 1 },
    lanes: [
      {
        ...{ variant: "cookie/sealed", thief: "silent" },
        copies: [{ credential: "access", expected: unused, expectedSeconds: 30 }],
      },
      {
        ...{ variant: "cookie/sealed", thief: "active" },
        copies: [{ credential: "access", expected: used, expectedSeconds: 120 }],
      },
      {
        ...{ variant: "server-session/sql", thief: "silent" },
        copies: [{ credential: "access", expected: atOnce, expectedSeconds: 0 }],
      },
    ],
  },
];
const running: readonly RaceNews[] = [
  ...begun,
  ...[0, 1, 2].map(pulled),
  {
    ...verdict,
    lane: 2,
    outcome: "REVOKED",
    until: "at-once",
    code: "REVOKED",
    acceptedAfter: null,
    refusedAfter: 0.2,
  },
  seenAt(0, 14.9),
  seenAt(1, 14.9),
];
const unusedEnds: readonly RaceNews[] = [
  {
    ...{ ...verdict, lane: 0, outcome: "exposed", until: "idle", code: "EXPIRED" },
    ...{ acceptedAfter: 28.9, refusedAfter: 29.9 },
  },
  seenAt(1, 29.9),
];
const usedEnds: readonly RaceNews[] = [
  {
    ...{ ...verdict, lane: 1, outcome: "exposed", until: "absolute", code: "EXPIRED" },
    ...{ acceptedAfter: 118.2, refusedAfter: 119.2 },
  },
  { type: "done" },
];

function raced(lines: readonly RaceNews[]): RaceState {
  const race = lines.reduce(afterNews, null);
  if (!race) throw new Error("No race was begun");
  return race;
}

const flows = ["cookie", "server-session"].map((id) => ({ id, title: id }));

/** The markup of the two rows, and what a screen reader hears of the first one. */
function drawn(lines: readonly RaceNews[], isOver: boolean) {
  const race = raced(lines);
  const rows = rowsOf(race, isOver);
  const whole = renderToStaticMarkup(
    <RaceLanes race={race} rows={rows} variants={[]} flows={flows} plug="Logout" isOver={isOver} />,
  );
  const [, cookie = "", session = ""] = (whole.split("</ol>")[0] ?? "").split("<li");
  const words = cookie.slice(cookie.lastIndexOf("col-start-3")).replaceAll(/<[^>]*>/g, " ");
  return { cookie, session, words: words.replaceAll(/\s+/g, " ") };
}

test("the time in which a copy got in is red, in a running race, in a stopped one and in a finished one", () => {
  for (const [lines, isOver] of [
    [running, false],
    [running, true],
    [[...running, ...unusedEnds], false],
    [[...running, ...unusedEnds, ...usedEnds], true],
  ] as const) {
    const { cookie, session } = drawn(lines, isOver);
    expect(cookie.match(/hatch-measured/g)).toHaveLength(2);
    expect(session).not.toContain("hatch-measured");
  }
});

test("the ground of a row is the alarm colour while a copy of it gets in, with one thief or the other", () => {
  const isAlarmed = (lines: readonly RaceNews[]) => drawn(lines, false).cookie.includes("bg-refused-ground");
  expect([running, [...running, ...unusedEnds], [...running, ...unusedEnds, ...usedEnds]].map(isAlarmed)).toEqual([
    true,
    true,
    false,
  ]);
  expect(drawn(running, false).session).not.toContain("bg-refused-ground");
});

test("a verdict tells whole seconds of the last look that got in, for both thieves", () => {
  expect(drawn(running, false).words).toContain("STILL IN 15 s left, 105 s if kept in use");
  const { words } = drawn([...running, ...unusedEnds], false);
  expect(words).toContain("STILL IN for a thief who keeps using it, 90 s left");
  expect(words).toContain("refused EXPIRED for a thief who waits, got in for 28 s");
  expect(drawn([...running, ...unusedEnds, ...usedEnds], true).words).toContain(
    "refused EXPIRED got in for 28 s, 118 s in use",
  );
  expect(drawn(running, true).words).toContain("stopped got in for 14 s");
});

test("before a race each credential of a variant has an empty row", () => {
  const lanes = emptyLanes([
    {
      id: "memory-jwt/rotating",
      holds: [
        { credential: "access", travels: "bearer" },
        { credential: "refresh", travels: "cookie", cookie: "__Host-refresh" },
      ],
    },
  ]);
  const rows = rowsOf({ lanes }, false);
  expect(rows.map(({ credential, unused: { is } }) => [credential, is])).toEqual([
    ["access", "waiting"],
    ["refresh", "waiting"],
  ]);
});

test("a row says why its copy gets in, and why it was refused", () => {
  const reason = "The server kept nothing, so it has nothing to end.";
  const seen: RaceNews = {
    type: "in",
    copies: [{ lane: 0, credential: "access", seconds: 3, authority: "current", reason }],
  };
  const { cookie, session } = drawn([...running, seen], false);
  expect(cookie).toContain(reason);
  expect(session).toContain("Why.");
});
