import { expect, test } from "vitest";
import { recordedPlay } from "@/lib/features/attacks/xss/recorded-play.ts";
import { xssPlaces } from "@/lib/features/attacks/xss/runs.ts";
import { tablesOf } from "@/lib/features/attacks/xss/tables.ts";
import { headingOf, playedLine } from "./xss-heading.ts";

const played = { ...recordedPlay, tables: tablesOf(recordedPlay.runs), done: true };
const of = (id: string, play = played) => {
  const place = xssPlaces.find((each) => each.id === id);
  if (!place) throw new Error(`There is no place ${id}`);
  return headingOf(place, play);
};

test("a copied credential is the alarm, and the line below says which ends of the login it outlives", () => {
  expect(of("memory-jwt/rotating")).toEqual({
    calm: "With the login in a variable,",
    alarm: "an injected script copies the access token.",
    below: "Elsewhere the copy outlives a logout, a revocation of all and closing the tab.",
  });
  expect(of("server-session/sql readable").below).toBe("Elsewhere the copy outlives closing the tab.");
});

test("where nothing can be copied the alarm is that the script acts", () => {
  const { alarm, below } = of("server-session/sql");
  expect(alarm).toBe("an injected script copies nothing, and spends alice’s coins.");
  expect(below).toContain("the browser adds the cookie");
});

test("a place that was not reached raises no alarm, nor does one where alice did not get in herself", () => {
  expect(of("server-session/sql", { ...played, tables: tablesOf([]) })).toMatchObject({
    alarm: "",
    below: "Not played yet.",
  });
  const untried = tablesOf(recordedPlay.runs.map((run) => ({ ...run, tried: false })));
  expect(of("server-session/sql", { ...played, tables: untried })).toMatchObject({
    alarm: "",
    below: "So the attack could not be tried.",
  });
});

test("a kept play says when and in which browser it was played", () => {
  expect(playedLine({ ...played, playedAt: "2026-11-30T09:00:00.000Z", browser: "Chrome 156" }, false)).toBe(
    "Played at 2026-11-30 09:00 UTC, in Chrome 156. A play touches nothing of this lab.",
  );
});
