import { useCallback, useEffect } from "react";
import type { ExperimentNews, MatrixView, MatrixWanted } from "@/lib/lab/played-cells.ts";
import { followLines } from "../../_browser/json-lines.ts";
import { cellKey, hearCell, type MatrixState } from "../../_claims/matrix-cells.ts";
import { rereadMatrix, useMatrix } from "../../_claims/matrix-run.ts";
import type { Proof } from "./matrix-cell-sheet.tsx";
import type { Scope } from "./matrix-link.ts";
import type { CellOf } from "./matrix-tally.ts";
import type { CellName } from "./matrix-words.ts";

/** The cells that this lab has played, whether more can be played now, and a way to find one, which changes with them. */
export function useMatrixPlay(first: MatrixView | null, labId: string | null) {
  const matrix = useMatrix(first, labId);
  useOtherTabs(matrix.elsewhere);
  const { cells } = matrix;
  const cellOf: CellOf = useCallback(({ variant, experiment }) => cells.get(cellKey(variant, experiment)), [cells]);
  return { ...matrix, cellOf, unavailable: whyNot(matrix) };
}

/** A run of another tab sends no events to this one, so this tab reads the cells at intervals. */
function useOtherTabs(elsewhere: MatrixState["elsewhere"]): void {
  useEffect(() => {
    if (!elsewhere) return undefined;
    const timer = setInterval(() => void rereadMatrix(), 3000);
    return () => clearInterval(timer);
  }, [elsewhere]);
}

/** Why no cell can be played now, if that is so. */
function whyNot({ run, elsewhere }: MatrixState): string | undefined {
  if (run?.state === "playing") return "Cells are being played. Stop the run, or wait until it is done.";
  return elsewhere ? "Another tab of this lab is playing cells." : undefined;
}

/** The part of what is shown that can be played: a variant may need a server that is not there. */
export function playableIn(scope: Scope, first: MatrixView | null): Scope {
  return { ...scope, variants: scope.variants.filter(({ id }) => first?.variants.includes(id)) };
}

/** The request for all cells of a scope. */
export function wholeOf({ variants, experiments }: Scope): MatrixWanted {
  return { variants: variants.map(({ id }) => id), experiments: experiments.map(({ id }) => id) };
}

/** Plays one cell to show its exchanges. The result replaces the cell, here and on the server. */
export async function prove({ variant, experiment }: CellName): Promise<Proof> {
  const body = { variants: [variant], exchanges: true };
  let proof: Proof = { state: "failed", detail: "The answer ended before there was a verdict." };
  const problem = await followLines<ExperimentNews>(`/api/lab/experiments/${experiment}`, { body }, (told) => {
    if (told.type === "failed") proof = { state: "failed", detail: `It could not be judged: ${told.reason}` };
    if (told.type !== "verdict") return;
    const { type: _, performances = [], ...cell } = told;
    hearCell(cell);
    proof = { state: "shown", cell, performances };
  });
  return problem ? { state: "failed", detail: problem.detail } : proof;
}
