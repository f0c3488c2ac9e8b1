import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { exposed, refused } from "@/lib/core/claim.ts";
import type { RaceNews } from "@/lib/features/race/model.ts";
import { RaceLanes } from "./race-lanes.tsx";
import { afterNews } from "./race-state.ts";

const [toExp = null] = exposed("access", "access");
const [atOnce] = refused("access", "REVOKED");
const verdict = { type: "verdict", credential: "access", authority: "current", holds: true } as const;

/** A race of two lanes: a token that got in until its exp, and a session id that was refused at once. */
const news: readonly RaceNews[] = [
  {
    ...{ type: "start", plug: "replay-after-logout", lifetimes: "seconds", everySeconds: 1 },
    lanes: [
      { variant: "memory-jwt/rotating", copies: [{ credential: "access", expected: toExp, expectedSeconds: 15 }] },
      { variant: "server-session/sql", copies: [{ credential: "access", expected: atOnce, expectedSeconds: 0 }] },
    ],
  },
  { type: "pulled", lane: 0, afterLoginSeconds: 1, status: 204, code: null },
  { type: "pulled", lane: 1, afterLoginSeconds: 1, status: 204, code: null },
  {
    ...verdict,
    lane: 1,
    outcome: "REVOKED",
    until: "at-once",
    code: "REVOKED",
    acceptedAfter: null,
    refusedAfter: 0.2,
  },
  { type: "in", copies: [{ lane: 0, credential: "access", seconds: 5, authority: "current" }] },
];
const end: readonly RaceNews[] = [
  { ...verdict, lane: 0, outcome: "exposed", until: "access", code: "EXPIRED", acceptedAfter: 14, refusedAfter: 15 },
  { type: "done" },
];

/** The markup of the whole race, and of its two lanes. */
function drawn(lines: readonly RaceNews[], isOver: boolean): readonly [whole: string, token: string, session: string] {
  const race = lines.reduce(afterNews, null);
  if (!race) throw new Error("No race was begun");
  const whole = renderToStaticMarkup(<RaceLanes race={race} isOver={isOver} renewedById={[]} />);
  const [, token = "", session = ""] = (whole.split("</ul>")[0] ?? "").split("<li");
  return [whole, token, session];
}

test("the time in which a copy got in is red, in a running race, in a stopped one and in a finished one", () => {
  for (const [lines, isOver] of [
    [news, false],
    [news, true],
    [[...news, ...end], true],
  ] as const) {
    const [, token, session] = drawn(lines, isOver);
    expect(token).toContain("bg-refused");
    expect(session).not.toContain("bg-refused");
  }
});

test("a finished race says how many copies got in after the plug, and for how long", () => {
  const [whole, token, session] = drawn([...news, ...end], true);
  expect(whole).toContain("1 copy got in after the plug");
  expect(token).toContain("got in for 14.0 s");
  expect(session).not.toContain("got in for");
});
