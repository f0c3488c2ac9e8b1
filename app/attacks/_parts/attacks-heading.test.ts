import { expect, test } from "vitest";
import type { AttackCell, AttackRow } from "@/lib/features/attacks/overview/model.ts";
import { headingOf } from "./attacks-heading.ts";
import { cellsToPlay } from "./cells-to-play.ts";
import { playingLine } from "./playing-line.ts";

const cell = (outcome: AttackCell["outcome"]): AttackCell => ({ outcome, words: "" });
const told = { group: "Uses alice’s browser", title: "", words: "", href: "", stops: "" } as const;
const row = (id: string, cells: AttackRow["cells"], plays?: AttackRow["plays"]): AttackRow => ({
  ...{ ...told, id, cells },
  ...(plays && { plays }),
});
const rows = [
  row("one", {
    cookie: { without: cell("succeeds"), with: cell("succeeds") },
    hybrid: { without: cell("succeeds"), with: cell("refused") },
  }),
  row("two", {
    cookie: { without: cell("cannot"), with: cell("cannot") },
    hybrid: { without: cell("untried"), with: cell("untried") },
  }),
];

test("the heading counts attacks that succeed somewhere, and the line below the cells that did without a defence", () => {
  expect(headingOf(rows, "with")).toEqual({
    ...{ calm: "With every defence on,", alarm: "one attack succeeds somewhere." },
    below: "Each attack first has to succeed without its defence: 2 of 3 did. One cannot be tried.",
  });
});

test("a request that tells of two rows is asked once", () => {
  const theft = { address: "/api/lab/theft", body: { variant: "cookie/sealed" } };
  const both = [row("a", {}, { cookie: theft }), row("b", {}, { cookie: theft, hybrid: { ...theft, body: {} } })];
  expect(cellsToPlay(both).map(({ cells }) => cells.map(({ row: { id }, flow }) => `${id} ${flow}`))).toEqual([
    ["a cookie", "b cookie"],
    ["b hybrid"],
  ]);
});

test("what was played here is counted, and what came out otherwise than claimed is said", () => {
  const [first, second] = rows;
  if (!first?.cells["cookie"] || !second) throw new Error("There are no rows");
  const played = new Map([["one cookie", first.cells["cookie"]]]);
  expect(playingLine(rows, new Map(), 2, false)).toBe(
    "The server can play 2 of the 4 cells by itself, in labs of its own. Open a row to play the others, in a window of your browser.",
  );
  expect(playingLine(rows, played, 2, true)).toBe("Playing: 1 of 2.");
  expect(playingLine(rows, played, 1, false)).toBe("Played here: 1 of 1, all of them as claimed.");
  const other = new Map([["one cookie", { ...first.cells["cookie"], with: cell("refused") }]]);
  expect(playingLine(rows, other, 2, false)).toBe("Played here: 1 of 2. Otherwise than claimed: 1.");
});
