"use client";

import { useCallback, useDeferredValue, useMemo } from "react";
import type { MatrixView, MatrixWanted } from "@/lib/lab/played-cells.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { cellKey } from "../../_claims/matrix-cells.ts";
import { playMatrix, stopMatrix } from "../../_claims/matrix-run.ts";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { ClassTable, partKey } from "./class-table.tsx";
import { MatrixCellSheet } from "./matrix-cell-sheet.tsx";
import { FlowTabs, MatrixControls, MatrixLegend } from "./matrix-controls.tsx";
import { MatrixFoot } from "./matrix-foot.tsx";
import {
  type MatrixLink,
  neighbourOf,
  type Part,
  partOf,
  type Scope,
  type Selected,
  scopeOf,
  selectedIn,
} from "./matrix-link.ts";
import { MatrixProblems } from "./matrix-problems.tsx";
import { classEvents } from "./matrix-rows.ts";
import { MatrixTable } from "./matrix-table.tsx";
import { tallyOf } from "./matrix-tally.ts";
import { MatrixTitle } from "./matrix-title.tsx";
import type { CellName } from "./matrix-words.ts";
import { focusStopOnceDrawn } from "./use-grid.ts";
import { type Go, useMatrixLink } from "./use-matrix-link.ts";
import { playableIn, prove, useMatrixPlay, wholeOf } from "./use-matrix-play.ts";
import "./matrix-page.css";

type MatrixScreenProps = Scope & { readonly first: MatrixView | null; readonly linked: MatrixLink };

/** The matrix: what becomes of a copy, by event and variant, answered by playing the cell. */
export function MatrixScreen({ first, variants, experiments, linked }: MatrixScreenProps) {
  const lab = useLab();
  const all = useMemo(() => ({ variants, experiments }), [variants, experiments]);
  const [link, go] = useMatrixLink(linked, all);
  const { view, flow } = link;
  const scope = useMemo(() => scopeOf({ view, flow }, all), [view, flow, all]);
  const selected = selectedIn(link, scope);
  return (
    <div className="matrix-page" data-view={view}>
      <LabNotices lab={lab} />
      <MatrixTitle link={link} count={variants.length} onView={(to) => go({ view: to, flow: null, isOpen: false })} />
      {selected && <Shown {...{ first, link, scope, selected, go }} />}
    </div>
  );
}

type ShownProps = Pick<MatrixScreenProps, "first"> & {
  readonly link: MatrixLink;
  readonly scope: Scope;
  readonly selected: Selected;
  readonly go: Go;
};

function Shown({ first, link, scope, selected, go }: ShownProps) {
  const { view: labView, flows } = useLab();
  const { cells, cellOf, run, elsewhere, unavailable } = useMatrixPlay(first, labView?.lab.id ?? null);
  // Another thief draws every cell anew. The switch answers first.
  const thief = useDeferredValue(link.thief);
  const { view } = link;
  const playable = useMemo(() => playableIn(scope, first), [scope, first]);
  const tally = useMemo(() => tallyOf(playable, view, thief, cellOf), [playable, view, thief, cellOf]);
  const onPlay = useCallback((wanted: MatrixWanted) => void playMatrix({ ...wanted, again: true }), []);
  const onSelect = (cell: CellName & Partial<Part>) => go({ credential: "access", ...cell, isOpen: false });
  const onOpen = (cell: CellName & Partial<Part>) => go({ credential: "access", ...cell, isOpen: true });
  const part = partOf(selected);
  const table = { scope, playable, flows, thief, selected, unavailable, onSelect, onOpen, onPlay };
  return (
    <>
      <MatrixControls link={link} flows={flows} hasPlayed={tally.played > 0} onGo={go} />
      <MatrixProblems run={run} />
      {view === "class" ? (
        <>
          <FlowTabs {...{ flows, scope, selected, onSelect }} />
          <ClassTable {...table} cellOf={cellOf} />
        </>
      ) : (
        <>
          <MatrixTable key={link.flow} {...table} cells={cells} />
          <MatrixLegend missing={first?.missing ?? []} />
        </>
      )}
      <MatrixFoot
        {...{ view, thief, selected, tally, run, elsewhere, unavailable }}
        cell={cellOf(part)}
        whole={first && wholeOf(playable)}
        onOpen={() => onOpen(part)}
        onPlay={(wanted) => void playMatrix(wanted)}
        onStop={stopMatrix}
      />
      {link.isOpen && (
        <MatrixCellSheet
          {...{ selected, thief, flows }}
          title={(view === "class" && classEvents.get(part.experiment)) || selected.experiment.title}
          cell={cellOf(part)}
          version={first?.version ?? ""}
          previous={neighbourOf(selected, view, scope, -1)}
          next={neighbourOf(selected, view, scope, 1)}
          onStep={onOpen}
          onProve={() => prove(part)}
          onClose={() => {
            go({ isOpen: false });
            focusStopOnceDrawn(view === "class" ? partKey(part) : cellKey(part.variant, part.experiment));
          }}
        />
      )}
    </>
  );
}
