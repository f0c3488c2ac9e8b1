import { expect, test } from "vitest";
import type { PlayedWalk, ResiduePlay, Seen } from "@/lib/features/attacks/residue/model.ts";
import { engineDifferences } from "./engine-differences.ts";

const told = {
  ways: [{ id: "back", title: "Back button", subject: "", words: "" }],
  defences: [{ id: "no-store", title: "no-store", source: "", words: null, line: null }],
} as const;

function playIn(browser: string, back: Seen): ResiduePlay {
  const walk: PlayedWalk = {
    ...{ id: "one", flow: "cookie", end: "revoked", defence: "no-store", before: "alice has 100 coins" },
    seen: { back, cached: null, prefetched: null, router: null, tab: null },
  };
  return { browser, playedAt: "", restores: true, prefetches: true, walks: [walk] };
}

const shown: Seen = { texts: ["alice has 100 coins"], source: "back-forward-cache" };
const refused: Seen = { texts: ["refused REVOKED"], source: "server" };

test("a cell in which one browser shows what another does not is a difference, with what each did", () => {
  expect(engineDifferences([playIn("Chrome 1", shown), playIn("Firefox 2", refused)], "revoked", told)).toEqual([
    {
      way: "Back button",
      defence: "no-store",
      by: [
        { browser: "Chrome 1", verdict: { outcome: "shown", code: null } },
        { browser: "Firefox 2", verdict: { outcome: "refused", code: "REVOKED" } },
      ],
    },
  ]);
});

test("a cell on which they agree, or of another end, is none", () => {
  expect(engineDifferences([playIn("Chrome 1", shown), playIn("Firefox 2", shown)], "revoked", told)).toEqual([]);
  expect(engineDifferences([playIn("Chrome 1", shown), playIn("Firefox 2", refused)], "logout", told)).toEqual([]);
});
