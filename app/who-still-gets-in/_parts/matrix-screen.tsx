"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Thief } from "@/lib/core/claim.ts";
import type { ExperimentNews, MatrixView, MatrixWanted } from "@/lib/lab/played-cells.ts";
import { followLines } from "../../_browser/json-lines.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import {
  cellKey,
  hearCell,
  type MatrixState,
  playMatrix,
  rereadMatrix,
  stopMatrix,
  useMatrix,
} from "../../_claims/matrix-run.ts";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import { MatrixCellSheet, type Proof } from "./matrix-cell-sheet.tsx";
import { MatrixControls } from "./matrix-controls.tsx";
import { MatrixTable } from "./matrix-table.tsx";
import type { CellName, MatrixExperiment, MatrixVariant } from "./matrix-words.ts";
import "./matrix.css";

/** The choices that a link to the matrix can carry. */
export type MatrixLink = {
  readonly thief: Thief;
  readonly flow: string | null;
  readonly variant: string | null;
  readonly experiment: string | null;
};

type MatrixScreenProps = {
  readonly first: MatrixView | null;
  readonly variants: readonly MatrixVariant[];
  readonly experiments: readonly MatrixExperiment[];
  readonly linked: MatrixLink;
};

/** The matrix: every event against every variant, answered by playing the cell. */
export function MatrixScreen({ first, variants, experiments, linked }: MatrixScreenProps) {
  const lab = useLab();
  const matrix = useMatrix(first, lab.view?.lab.id ?? null);
  const [link, go] = useLink(linked);
  useOtherTabs(matrix.elsewhere);
  const shown = variants.filter(({ flow }) => link.flow === null || flow === link.flow);
  const cellOf = ({ variant, experiment }: CellName) => matrix.cells.get(cellKey(variant, experiment));
  const open = openedBy(link, variants, experiments);
  const unavailable = whyNot(matrix);
  const play = (wanted: MatrixWanted) => void playMatrix(wanted);
  return (
    <>
      <LabNotices lab={lab} />
      <PageTitle
        lead={
          <>
            A thief copies a credential, an event happens, and the copy is sent again over real HTTP. Play a cell to see
            how long the copy still gets in, or the code it is refused with.
          </>
        }
      >
        Who still gets in?
      </PageTitle>
      {first && (
        <MatrixControls
          run={matrix.run}
          elsewhere={matrix.elsewhere}
          unavailable={unavailable}
          played={[...matrix.cells.values()]}
          total={first.total}
          missing={first.missing}
          flows={lab.flows}
          link={link}
          onGo={go}
          onPlay={play}
          onStop={stopMatrix}
        />
      )}
      <MatrixTable
        variants={shown}
        experiments={experiments}
        thief={link.thief}
        unavailable={unavailable}
        cellOf={cellOf}
        onOpen={go}
        onPlay={(wanted) => play({ ...wanted, again: true })}
      />
      {open && (
        <MatrixCellSheet
          key={cellKey(open.variant.id, open.experiment.id)}
          variant={open.variant}
          experiment={open.experiment}
          cell={cellOf({ variant: open.variant.id, experiment: open.experiment.id })}
          version={first?.version ?? ""}
          flows={lab.flows}
          onProve={() => prove({ variant: open.variant.id, experiment: open.experiment.id })}
          onClose={() => go({ variant: null, experiment: null })}
        />
      )}
    </>
  );
}

/** The choices in the address, and a function that changes them. The function is stable. */
function useLink(linked: MatrixLink): readonly [MatrixLink, (change: Partial<MatrixLink>) => void] {
  const [link, setLink] = useState(linked);
  const current = useRef(linked);
  const go = useCallback((change: Partial<MatrixLink>) => {
    current.current = { ...current.current, ...change };
    setLink(current.current);
    window.history.replaceState(null, "", addressOf(current.current));
  }, []);
  return [link, go];
}

/** Why no cell can be played now, if that is so. */
function whyNot({ run, elsewhere }: MatrixState): string | undefined {
  if (run?.state === "playing") return "Cells are being played. Stop the run, or wait until it is done.";
  return elsewhere ? "Another tab of this lab is playing cells." : undefined;
}

/** A run of another tab sends no events to this one, so this tab reads the cells at intervals. */
function useOtherTabs(elsewhere: MatrixState["elsewhere"]): void {
  useEffect(() => {
    if (!elsewhere) return undefined;
    const timer = setInterval(() => void rereadMatrix(), 3000);
    return () => clearInterval(timer);
  }, [elsewhere]);
}

function openedBy(
  { variant, experiment }: MatrixLink,
  variants: readonly MatrixVariant[],
  all: readonly MatrixExperiment[],
) {
  const found = {
    variant: variants.find(({ id }) => id === variant),
    experiment: all.find(({ id }) => id === experiment),
  };
  return found.variant && found.experiment ? { variant: found.variant, experiment: found.experiment } : null;
}

function addressOf({ thief, flow, variant, experiment }: MatrixLink): string {
  const query = new URLSearchParams();
  if (thief !== "silent") query.set("thief", thief);
  if (flow !== null) query.set("flow", flow);
  if (variant !== null && experiment !== null) {
    query.set("variant", variant);
    query.set("experiment", experiment);
  }
  const text = query.toString().replaceAll("%2F", "/");
  return text === "" ? "/who-still-gets-in" : `/who-still-gets-in?${text}`;
}

/** Plays one cell to show its exchanges. The result replaces the cell, here and on the server. */
async function prove({ variant, experiment }: CellName): Promise<Proof> {
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
