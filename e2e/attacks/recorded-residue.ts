import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { type ResiduePlay, type ResidueWay, residueWays, verdictOf } from "../../lib/features/attacks/residue/model.ts";

/** The plays that are kept, one a browser. `RENEW_RECORDING=on` writes those anew that are played. */
const file = "lib/features/attacks/residue/recorded.json";

/** The words by which the page offers a play that was done in it. */
export const keepWords = "Keep this play";

/** The play behind that link. */
export function playIn(href: string): ResiduePlay {
  return JSON.parse(decodeURIComponent(href.slice(href.indexOf(",") + 1)));
}

type NotPlayed = {
  /** Ways that this browser does not have. */
  readonly untried?: readonly ResidueWay[];
  /** Ways that it takes only when it is idle. Where a page came from the server instead, it says nothing of them. */
  readonly whenIdle?: readonly ResidueWay[];
};

/** Fails unless a fresh play came to the same in every cell, but for those that were not played. */
export function expectAsRecorded(play: ResiduePlay, { untried = [], whenIdle = [] }: NotPlayed = {}): void {
  const product = productOf(play);
  const isWhole = untried.length === 0 && (whenIdle.length === 0 || play.prefetches);
  if (process.env["RENEW_RECORDING"] === "on" && isWhole) renew(play);
  const recorded = recordedPlays().find((each) => productOf(each) === product);
  if (!recorded) throw new Error(`There is no recorded play of ${product}`);
  const isFromServer = ({ walks }: ResiduePlay, id: string, way: ResidueWay) =>
    walks.find((walk) => walk.id === id)?.seen[way]?.source === "server";
  const wasBusy = (id: string, way: ResidueWay) => isFromServer(play, id, way) && !isFromServer(recorded, id, way);
  const isPlayed = (id: string, way: ResidueWay) =>
    !untried.includes(way) && !(whenIdle.includes(way) && wasBusy(id, way));
  expect(cellsOf(play, isPlayed)).toEqual(cellsOf(recorded, isPlayed));
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
function cellsOf(
  play: ResiduePlay,
  isPlayed: (walk: string, way: ResidueWay) => boolean,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    play.walks.map((walk) => [
      walk.id,
      residueWays
        .filter((way) => isPlayed(walk.id, way))
        .map((way) => {
          const { outcome, code } = verdictOf(play, way, walk);
          return [way, outcome, code, outcome === "shown" ? walk.seen[way]?.source : null].filter(Boolean).join(" ");
        }),
    ]),
  );
}
