"use client";

import Link from "next/link";
import { memo, Suspense, startTransition, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";
import { cellKey } from "../../_claims/matrix-cells.ts";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { CellAnswer, CellButton, PlayButton } from "./cell-button.tsx";
import type { Scope } from "./matrix-link.ts";
import { allRows, byFlow, type Rows } from "./matrix-rows.ts";
import { type CellName, type MatrixExperiment, type MatrixVariant, readCell } from "./matrix-words.ts";
import type { TableProps } from "./table-props.ts";
import { useGrid } from "./use-grid.ts";
import { wholeOf } from "./use-matrix-play.ts";
import "./matrix.css";

type MatrixTableProps = TableProps<CellName> & { readonly cells: ReadonlyMap<string, MatrixCell> };

/** The rows that are drawn in one piece, so that no piece keeps the page from answering. */
const rowsAtOnce = 4;

/** Events are rows, variants are columns. A cell shows the claim until it is played, and then the observation. */
export function MatrixTable(props: MatrixTableProps) {
  const { scope, playable, flows, thief, selected, unavailable, cells, onSelect, onOpen, onPlay } = props;
  const { variants, experiments } = scope;
  const chosen = cellKey(selected.variant.id, selected.experiment.id);
  const names = useMemo(() => namesIn(scope), [scope]);
  const withName = (act: (name: CellName) => void) => (key: string) => {
    const name = names.get(key);
    if (name) act(name);
  };
  const { stop, grid } = useGrid({
    selected: chosen,
    isCell: (key) => names.has(key),
    onSelect: withName(onSelect),
    onOpen: withName(onOpen),
  });
  const groups = useMemo(() => allRows(experiments), [experiments]);
  const starts = useMemo(() => new Set(byFlow(variants).flatMap(({ own }) => own[0]?.id ?? [])), [variants]);
  const drawn = useDrawn(experiments.length);
  return (
    <section aria-label="Matrix" className="matrix-scroll">
      <table
        {...grid}
        className="matrix"
        aria-label="Who still gets in, by event and variant"
        aria-busy={drawn < experiments.length}
      >
        <MatrixHead {...{ variants, flows, starts, stop, unavailable, onPlay }} />
        {firstOf(groups, drawn).map(({ group, title, rows }) => (
          <tbody key={group} data-group={group}>
            <tr>
              <th scope="rowgroup" colSpan={variants.length + 1} className="matrix-group">
                <span>{title}</span>
              </th>
            </tr>
            {rows.map((experiment) => (
              // A boundary a row: React gives a page from the server its events row by row, with time for the browser in between.
              <Suspense key={experiment.id}>
                <MatrixRow
                  {...{ experiment, variants, playable, starts, thief, cells, unavailable, onPlay }}
                  stop={stop.endsWith(` ${experiment.id}`) ? stop : null}
                  chosen={selected.experiment.id === experiment.id ? chosen : null}
                />
              </Suspense>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

/**
 * How many rows are drawn so far. The server draws all of them. In the browser some are drawn at once, the others piece
 * by piece, with time for the browser in between.
 */
function useDrawn(total: number): number {
  const isFromServer = useSyncExternalStore(neverChanges, inBrowser, onServer);
  const [drawn, setDrawn] = useState(isFromServer ? total : rowsAtOnce);
  useEffect(() => {
    if (drawn >= total) return undefined;
    const timer = setTimeout(() => startTransition(() => setDrawn(drawn + rowsAtOnce)));
    return () => clearTimeout(timer);
  }, [drawn, total]);
  return Math.min(drawn, total);
}

const neverChanges = () => () => undefined;
const inBrowser = () => false;
const onServer = () => true;

/** The first so many rows, in their groups. */
function firstOf(groups: readonly Rows[], count: number): readonly Rows[] {
  let left = count;
  return groups.flatMap((each) => {
    const rows = each.rows.slice(0, left);
    left -= rows.length;
    return rows.length === 0 ? [] : [{ ...each, rows }];
  });
}

function namesIn({ variants, experiments }: Scope): ReadonlyMap<string, CellName> {
  const names = experiments.flatMap((experiment) =>
    variants.map((variant): CellName => ({ variant: variant.id, experiment: experiment.id })),
  );
  return new Map(names.map((name) => [cellKey(name.variant, name.experiment), name]));
}

type MatrixHeadProps = Pick<MatrixTableProps, "flows" | "unavailable" | "onPlay"> & {
  readonly variants: readonly MatrixVariant[];
  /** The first variant of each flow, which has a line at its left. */
  readonly starts: ReadonlySet<string>;
  readonly stop: string;
};

const MatrixHead = memo(function MatrixHead({ variants, flows, starts, stop, unavailable, onPlay }: MatrixHeadProps) {
  const columnOf = (id: string) => variants.findIndex((each) => each.id === id) + 1;
  return (
    <thead>
      <tr>
        <td rowSpan={3} className="matrix-corner" />
        {byFlow(variants).map(({ flow, own }) => (
          <th key={flow} scope="colgroup" colSpan={own.length} data-flow={flow} className="matrix-flow" data-start>
            <span>
              <FlowIcon flow={flow} className="size-[1em]" />
              {flows.find(({ id }) => id === flow)?.title ?? flow}
            </span>
          </th>
        ))}
      </tr>
      <tr>
        {variants.map(({ id, flow, title, safety }) => (
          <th key={id} scope="col" data-flow={flow} data-start={starts.has(id) || undefined} className="matrix-variant">
            <Link
              href={`/${flow}?variant=${id}`}
              prefetch={false}
              title={`${id}, ${safety}`}
              data-stop={`variant ${id}`}
              data-column={columnOf(id)}
              tabIndex={stop === `variant ${id}` ? 0 : -1}
            >
              {title}
            </Link>
          </th>
        ))}
      </tr>
      <tr>
        {variants.map(({ id, flow }) => (
          <td key={id} data-flow={flow} data-start={starts.has(id) || undefined} className="matrix-column">
            <PlayButton
              stop={`column ${id}`}
              column={columnOf(id)}
              isStop={stop === `column ${id}`}
              label={`Play the column of ${id}`}
              unavailable={unavailable}
              onPress={() => onPlay({ variants: [id] })}
            />
          </td>
        ))}
      </tr>
    </thead>
  );
});

type MatrixRowProps = Pick<MatrixTableProps, "playable" | "thief" | "cells" | "unavailable" | "onPlay"> & {
  readonly experiment: MatrixExperiment;
  readonly variants: readonly MatrixVariant[];
  readonly starts: ReadonlySet<string>;
  /** The grid's tab stop, if it is in this row. */
  readonly stop: string | null;
  /** The selected cell, if it is in this row. */
  readonly chosen: string | null;
};

const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { experiment, variants, playable, starts, thief, cells, unavailable, stop, chosen, onPlay } = props;
  const { id, title, question } = experiment;
  return (
    <tr>
      <th scope="row" className="matrix-event" title={question}>
        <span>
          <span>{title}</span>
          <PlayButton
            stop={`row ${id}`}
            column={0}
            isStop={stop === `row ${id}`}
            label={`Play the row ${title}`}
            unavailable={unavailable}
            onPress={() => onPlay(wholeOf({ ...playable, experiments: [experiment] }))}
          />
        </span>
      </th>
      {variants.map((variant, index) => {
        const key = cellKey(variant.id, id);
        return (
          <Cell
            key={variant.id}
            stop={key}
            column={index + 1}
            isStart={starts.has(variant.id)}
            {...{ variant, experiment, thief }}
            played={cells.get(key)}
            isStop={stop === key}
            isSelected={chosen === key}
          />
        );
      })}
    </tr>
  );
});

type CellProps = Pick<MatrixTableProps, "thief"> & {
  readonly stop: string;
  readonly column: number;
  readonly isStart: boolean;
  readonly variant: MatrixVariant;
  readonly experiment: MatrixExperiment;
  readonly played: MatrixCell | undefined;
  readonly isStop: boolean;
  readonly isSelected: boolean;
};

const Cell = memo(function Cell(props: CellProps) {
  const { stop, column, isStart, variant, experiment, thief, played, isStop, isSelected } = props;
  const reading = readCell(variant, experiment, thief, played);
  const start = isStart || undefined;
  if (reading.lines.length === 0)
    return (
      <td className="matrix-cell" data-start={start}>
        <span title="This variant has nothing to try here.">–</span>
      </td>
    );
  return (
    <td
      className="matrix-cell"
      data-standing={reading.standing}
      data-start={start}
      data-selected={isSelected || undefined}
    >
      <CellButton {...{ stop, column, isStop, isSelected, reading }} name={`${experiment.title}, ${variant.id}`}>
        {reading.lines.map((line) => (
          <CellAnswer key={line.credential} line={line} />
        ))}
      </CellButton>
    </td>
  );
});
