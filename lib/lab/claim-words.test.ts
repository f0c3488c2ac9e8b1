import { expect, test } from "vitest";
import { exposed, refused } from "../core/claim.ts";
import { standardLifetimes } from "../core/time.ts";
import { claimWords, isWrong, lengthWords, outcomeWords, shortWords } from "./claim-words.ts";

const settings = { lifetimes: standardLifetimes, staleFor: 2000 };
const inFull = (claims: ReturnType<typeof exposed>) => claims.map((claim) => claimWords(claim, settings));
const byThief = exposed("access", { silent: "idle", active: "absolute" });

test("a refused copy is worded by its code alone", () => {
  expect(inFull(refused("access", "REVOKED"))).toEqual(["REVOKED"]);
  expect(shortWords(refused("access", "REVOKED"), settings)).toBe("REVOKED");
});

test.each([
  ["access", "still in, to its exp (15 min)"],
  ["refresh", "still in, to the end of its family (7 d)"],
  ["staleFor", "still in, to the next look of the process (2 s)"],
  ["never", "still in, without end"],
] as const)("a copy that gets in is worded with its end and length: %s", (until, words) => {
  expect(inFull(exposed("access", until))).toEqual([words]);
});

test("the thief is named if the two results differ", () => {
  expect(inFull(byThief)).toEqual([
    "left alone: still in, to its idle end (30 min)",
    "kept in use: still in, to its absolute end (8 h)",
  ]);
  expect(shortWords(byThief, settings)).toBe("in 30 min, in use 8 h");
});

test("a role other than today's is named", () => {
  expect(inFull(exposed("access", "access", "stale"))).toEqual(["still in, to its exp (15 min), with the old role"]);
  expect(shortWords(exposed("access", "access", "stale"), settings)).toBe("in 15 min with the old role");
  expect(inFull(exposed("access", "never", "forged"))).toEqual(["in, without end, as anybody"]);
  expect(shortWords(exposed("access", "never", "forged"), settings)).toBe("in without end as anybody");
});

test.each([
  ["a copy that gets in", undefined, true],
  ["an owner who is let in", "owner", false],
  ["a browser that gets in after its owner logged out", "browser", true],
] as const)("%s is wrong or not by who goes on", (_, by, wrong) => {
  const replay = { at: "own-flow", credentials: ["access"], thieves: ["active"], ...(by && { by }) } as const;
  expect([isWrong({ outcome: "exposed" }, replay), isWrong({ outcome: "REVOKED" }, replay)]).toEqual([wrong, !wrong]);
});

test("a copy that no lifetime ended is worded by the measured time", () => {
  const reading = {
    credential: "access",
    thief: "silent",
    outcome: "exposed",
    until: null,
    ended: { acceptedAfter: 890, refusedAfter: 900 },
  } as const;
  expect(lengthWords(reading, settings)).toBe("15 min");
  expect(outcomeWords(reading, settings)).toBe("still in, to where no lifetime of it ends");
});
