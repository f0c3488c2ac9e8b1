import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { type ResiduePlay, residueWays, verdictOf } from "../../lib/features/attacks/residue/model.ts";

/** The plays that are kept, one a browser. `RENEW_RECORDING=on` writes those anew that are played. */
const file = "lib/features/attacks/residue/recorded.json";

/** The words by which the page offers a play that was done in it. */
export const keepWords = "Keep this play";

/** The play behind that link. */
export function playIn(href: string): ResiduePlay {
  return JSON.parse(decodeURIComponent(href.slice(href.indexOf(",") + 1)));
}

/** Fails unless a fresh play came to the same in every cell, but for `untried`: a way that this browser does not have. */
export function expectAsRecorded(play: ResiduePlay, untried: readonly string[] = []): void {
  const product = productOf(play);
  if (process.env["RENEW_RECORDING"] === "on" && untried.length === 0) renew(play);
  const recorded = recordedPlays().find((each) => productOf(each) === product);
  if (!recorded) throw new Error(`There is no recorded play of ${product}`);
  expect(cellsOf(play, untried)).toEqual(cellsOf(recorded, untried));
}

function recordedPlays(): readonly ResiduePlay[] {
  return JSON.parse(readFileSync(file, "utf8"));
}

function renew(play: ResiduePlay): void {
  const others = recordedPlays().filter((each) => productOf(each) !== productOf(play));
  const all = [...others, play].sort((one, other) => one.browser.localeCompare(other.browser));
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}

function productOf({ browser }: Pick<ResiduePlay, "browser">): string {
  return browser.split(" ")[0] ?? "";
}

/** What each way showed in each walk, and where it came from: a line a walk. */
function cellsOf(play: ResiduePlay, untried: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const ways = residueWays.filter((way) => !untried.includes(way));
  return Object.fromEntries(
    play.walks.map((walk) => [
      walk.id,
      ways.map((way) => {
        const { outcome, code } = verdictOf(play, way, walk);
        return [way, outcome, code, outcome === "shown" ? walk.seen[way]?.source : null].filter(Boolean).join(" ");
      }),
    ]),
  );
}
