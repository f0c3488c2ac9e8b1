import type { Thief } from "@/lib/core/claim.ts";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";
import type { MatrixLink, Scope } from "./matrix-link.ts";
import { type CellName, readCell } from "./matrix-words.ts";

export type CellOf = (name: CellName) => MatrixCell | undefined;

/** How many of the shown cells were played, and how many of these came out otherwise than claimed. */
export type Tally = { readonly total: number; readonly played: number; readonly differing: number };

/** Counts the cells as they are drawn: in the view for a class each credential has a cell of its own. */
export function tallyOf(
  { variants, experiments }: Scope,
  view: MatrixLink["view"],
  thief: Thief,
  cellOf: CellOf,
): Tally {
  const standings = variants.flatMap((variant) =>
    experiments.flatMap((experiment) => {
      const cell = cellOf({ variant: variant.id, experiment: experiment.id });
      const parts = view === "class" ? variant.credentials : [undefined];
      const readings = parts.map((part) => readCell(variant, experiment, thief, cell, part));
      return readings.filter(({ lines }) => lines.length > 0).map(({ standing }) => standing);
    }),
  );
  return {
    total: standings.length,
    played: standings.filter((standing) => standing !== "claimed").length,
    differing: standings.filter((standing) => standing === "differs" || standing === "other-differs").length,
  };
}
