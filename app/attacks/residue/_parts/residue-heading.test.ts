import { expect, test } from "vitest";
import type { PlayedWalk, ResidueDefence, Seen } from "@/lib/features/attacks/residue/model.ts";
import { headingOf, playedLine } from "./residue-heading.ts";

const both = { restores: true, prefetches: true };
const way = { id: "back", subject: "the back button" } as const;
const shown: Seen = { texts: ["alice has 100 coins"], source: "back-forward-cache" };
const refused: Seen = { texts: ["refused REVOKED"], source: "server" };
const walk = (defence: ResidueDefence, back: Seen | null): PlayedWalk => ({
  ...{ id: defence, flow: "cookie", end: "logout", defence, before: "alice has 100 coins" },
  seen: { back, cached: null, prefetched: null, router: null, tab: null },
});

test("a balance that is still shown is the alarm, with how it came and how many defences end it", () => {
  const walks = [walk("none", shown), walk("no-store", refused), walk("asks-again", refused)];
  expect(headingOf(both, walks, way, "logout")).toEqual({
    calm: "After a logout,",
    alarm: "the back button still shows alice’s balance.",
    below: "It comes from the back/forward cache, and the server is not asked. 2 of 4 defences end it.",
  });
});

test("a browser that restores no page says that the back button could not be tried, and raises no alarm", () => {
  const heading = headingOf({ ...both, restores: false }, [walk("none", shown)], way, "logout");
  expect([heading.calm, heading.alarm]).toEqual(["The back button could not be tried.", ""]);
});

test("where there is no such page the heading says so", () => {
  expect(headingOf(both, [walk("none", null)], way, "memory").calm).toBe(
    "After a logout of a token in memory, there is no such page.",
  );
});

test("a kept play says when and in which browser it was played", () => {
  const play = { ...both, playedAt: "2026-11-30T04:52:16.000Z", browser: "Firefox 153", walks: [] };
  expect(playedLine(play, false)).toBe(
    "Played at 2026-11-30 04:52 UTC, in Firefox 153. Playing logs alice in here, and out again.",
  );
});
