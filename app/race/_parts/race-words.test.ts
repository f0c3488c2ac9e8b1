import { expect, test } from "vitest";
import { exposed, refused } from "@/lib/core/claim.ts";
import type { RaceCopy, RaceNews, RaceVerdict } from "@/lib/features/race/model.ts";
import { afterNews, type RaceState, tally } from "./race-state.ts";
import { sentences } from "./race-words.ts";

const [toExp] = exposed("access", "access");
const [refreshEnded] = refused("refresh", "REVOKED");
const [ended] = refused("access", "REVOKED");
const token: RaceCopy = { credential: "access", expected: toExp ?? null, expectedSeconds: 15 };
const refresh: RaceCopy = { credential: "refresh", expected: refreshEnded, expectedSeconds: 0 };
const session: RaceCopy = { credential: "access", expected: ended, expectedSeconds: 0 };

const start: RaceNews = {
  type: "start",
  plug: "replay-after-logout",
  lifetimes: "seconds",
  everySeconds: 1,
  lanes: [
    { variant: "memory-jwt/rotating", thief: "silent", copies: [token, refresh] },
    { variant: "server-session/sql", thief: "silent", copies: [session] },
  ],
};
const pulled = (lane: number): RaceNews => ({ type: "pulled", lane, afterLoginSeconds: 1, status: 204, code: null });
const refusedAtOnce = { acceptedAfter: null, until: "at-once", authority: null, code: "REVOKED" } as const;
const verdict = (part: Partial<RaceVerdict>): RaceNews => ({
  type: "verdict",
  lane: 0,
  credential: "access",
  outcome: "REVOKED",
  refusedAfter: 0.1,
  holds: true,
  reason: "Why.",
  ...refusedAtOnce,
  ...part,
});
const outlived = { outcome: "exposed", until: "access", authority: "current", code: "EXPIRED" } as const;

function raced(...news: readonly RaceNews[]): RaceState {
  const race = [start, ...news].reduce(afterNews, null);
  if (!race) throw new Error("No race was begun");
  return race;
}

function told(...news: readonly RaceNews[]): readonly string[] {
  return sentences(raced(...news), []).map(({ lane, words }) => `${lane.variant}: ${words}`);
}

test("each lane has a sentence, in the order of refusal, and each sentence names its copies in that order", () => {
  const news = [
    pulled(0),
    pulled(1),
    verdict({ credential: "refresh", refusedAfter: 0.04 }),
    verdict({ lane: 1, refusedAfter: 0.2 }),
    verdict({ ...outlived, acceptedAfter: 13.94, refusedAfter: 14.95 }),
  ];
  expect(told(...news)).toEqual([
    "server-session/sql: the copy was refused at once with REVOKED.",
    "memory-jwt/rotating: the refresh token was refused at once with REVOKED; the access token still got in for 13.9 s, and was refused with EXPIRED after 14.9 s, past its exp.",
  ]);
});

test("an id that renews a token is never called a token", () => {
  const race = raced(pulled(0), verdict({ credential: "refresh", refusedAfter: 0.04 }));
  const told = sentences(race, ["memory-jwt/rotating"]).map(({ words }) => words);
  expect(told.join()).toContain("the id that renews it was refused at once with REVOKED");
});

test("a result that differs from its claim states the claim", () => {
  const [words] = told(
    verdict({ lane: 1, ...outlived, until: "idle", acceptedAfter: 28, refusedAfter: 29, holds: false }),
  );
  expect(words).toBe(
    "server-session/sql: the copy still got in for 28.0 s, and was refused with EXPIRED after 29.0 s, past its idle end. Its manifest claims of the copy: REVOKED.",
  );
});

test("a copy refused before the plug states a claim that begins with the plug", () => {
  expect(told(verdict({ lane: 1, refusedAfter: null, holds: false }))).toContain(
    "server-session/sql: the copy was refused with REVOKED before the plug. Its manifest claims of the copy: REVOKED, from the plug on.",
  );
});

test("a sentence names an unsupported plug, an old role, and a copy that was never refused", () => {
  const [words] = told(
    { type: "pulled", lane: 1, afterLoginSeconds: 1, status: 405, code: "NOT_SUPPORTED" },
    verdict({
      lane: 1,
      ...outlived,
      code: null,
      until: "never",
      authority: "stale",
      acceptedAfter: 121,
      refusedAfter: null,
    }),
  ).filter((line) => line.startsWith("server-session"));
  expect(words).toBe(
    "server-session/sql: its server answered the plug with 405 NOT_SUPPORTED; the copy still got in for 121.0 s, with the old role, and was never refused.",
  );
});

test("a sentence tells of a failed login, of a refusal before the plug, and of a stopped race", () => {
  expect(told({ type: "failed", lane: 1, status: 503, code: "STORE_UNAVAILABLE" })).toContain(
    "server-session/sql: the login failed: 503 STORE_UNAVAILABLE.",
  );
  expect(told(verdict({ lane: 1, outcome: "INVALID_CREDENTIAL", refusedAfter: null }))).toContain(
    "server-session/sql: the copy was refused with INVALID_CREDENTIAL before the plug.",
  );
  const sighting = { lane: 1, credential: "access", seconds: 3.21, authority: "current" } as const;
  expect(told(pulled(1), { type: "in", copies: [sighting] })).toContain(
    "server-session/sql: the copy still got in 3.2 s after the plug.",
  );
});

test("a copy counts as in until it is refused, and its claimed end is measured from the plug", () => {
  const sighting = { lane: 0, credential: "access", seconds: 4, authority: "current" } as const;
  const race = raced(pulled(0), verdict({ credential: "refresh" }), { type: "in", copies: [sighting] });
  expect(tally(race)).toEqual({ inside: 2, refused: 1, gotIn: 1 });
  expect(race.seconds).toBe(4);
  expect(race.lanes[0]?.copies.map(({ claimedEnd }) => claimedEnd)).toEqual([14, 0]);
  expect(race.lanes[1]?.copies[0]?.claimedEnd).toBeNull();
  expect(tally(raced({ type: "failed", lane: 1, status: 422, code: "UNPROCESSABLE" }))).toEqual({
    inside: 2,
    refused: 0,
    gotIn: 0,
  });
});
