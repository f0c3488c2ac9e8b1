"use client";

import Link from "next/link";
import { memo, useMemo } from "react";
import type { Claim, Thief } from "@/lib/core/claim.ts";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { CellAnswer, CellButton, PlayButton } from "./cell-button.tsx";
import { type Part, partOf, type Scope } from "./matrix-link.ts";
import { classRows } from "./matrix-rows.ts";
import type { CellOf } from "./matrix-tally.ts";
import { type MatrixExperiment, type MatrixVariant, readCell } from "./matrix-words.ts";
import type { TableProps } from "./table-props.ts";
import { useGrid } from "./use-grid.ts";
import { wholeOf } from "./use-matrix-play.ts";
import "./class-table.css";

type ClassTableProps = TableProps<Part> & { readonly cellOf: CellOf };

/** The id of a cell's stop. */
export function partKey({ experiment, variant, credential }: Part): string {
  return `${experiment} ${variant} ${credential}`;
}

type Column = { readonly variant: MatrixVariant; readonly credential: Claim["credential"]; readonly at: number };

function columnsOf(variants: readonly MatrixVariant[]): readonly Column[] {
  return variants
    .flatMap((variant) => variant.credentials.map((credential) => ({ variant, credential })))
    .map((column, index) => ({ ...column, at: index + 1 }));
}

/** What the table draws, the same objects for as long as the scope is the same: cells are drawn again only if they change. */
function drawingOf({ variants, experiments }: Scope) {
  const columns = columnsOf(variants);
  const parts = experiments.flatMap(({ id }) =>
    columns.map(({ variant, credential }): Part => ({ variant: variant.id, experiment: id, credential })),
  );
  return { columns, groups: classRows(experiments), parts: new Map(parts.map((part) => [partKey(part), part])) };
}

/** The view for a class: ten events by the credentials of the four default variants. */
export function ClassTable(props: ClassTableProps) {
  const { scope, playable, flows, thief, selected, unavailable, cellOf, onSelect, onOpen, onPlay } = props;
  const { columns, groups, parts } = useMemo(() => drawingOf(scope), [scope]);
  const chosen = partKey(partOf(selected));
  const withPart = (act: (part: Part) => void) => (key: string) => {
    const part = parts.get(key);
    if (part) act(part);
  };
  const { stop, grid } = useGrid({
    selected: chosen,
    isCell: (key) => parts.has(key),
    onSelect: withPart(onSelect),
    onOpen: withPart(onOpen),
  });
  return (
    <table {...grid} className="matrix-class" aria-label="Who still gets in, by event and credential">
      <ClassHead columns={columns} flows={flows} variants={scope.variants} shown={selected.variant} stop={stop} />
      {groups.map(({ group, title, rows }) => (
        <tbody key={group} data-group={group} data-title={title}>
          {rows.map((experiment, index) => (
            <tr key={experiment.id}>
              {index === 0 && (
                <th scope="rowgroup" rowSpan={rows.length} className="matrix-class-group">
                  {title}
                </th>
              )}
              <th scope="row" className="matrix-class-event" title={experiment.question}>
                <span>
                  {experiment.title}
                  <PlayButton
                    stop={`row ${experiment.id}`}
                    column={0}
                    isStop={stop === `row ${experiment.id}`}
                    label={`Play the row ${experiment.title}`}
                    unavailable={unavailable}
                    onPress={() => onPlay(wholeOf({ ...playable, experiments: [experiment] }))}
                  />
                </span>
              </th>
              {columns.map((column) => {
                const key = partKey({ ...column, variant: column.variant.id, experiment: experiment.id });
                return (
                  <ClassCell
                    key={key}
                    stop={key}
                    column={column}
                    experiment={experiment}
                    thief={thief}
                    played={cellOf({ variant: column.variant.id, experiment: experiment.id })}
                    isStop={stop === key}
                    isSelected={chosen === key}
                    isAside={column.variant.flow !== selected.variant.flow}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

type ClassHeadProps = Pick<ClassTableProps, "flows"> & {
  readonly columns: readonly Column[];
  readonly variants: readonly MatrixVariant[];
  /** The variant whose columns a narrow page shows. */
  readonly shown: MatrixVariant;
  readonly stop: string;
};

function ClassHead({ columns, flows, variants, shown, stop }: ClassHeadProps) {
  const titleOf = (flow: string) => flows.find(({ id }) => id === flow)?.title ?? flow;
  return (
    <>
      <colgroup>
        <col className="matrix-class-groups" />
        <col className="matrix-class-events" />
        <col span={columns.length} />
      </colgroup>
      <thead>
        <tr>
          <td rowSpan={2} className="matrix-class-corner" />
          <td rowSpan={2} className="matrix-class-corner" />
          {variants.map(({ id, flow, credentials }) => (
            <th
              key={id}
              scope="colgroup"
              colSpan={credentials.length}
              data-flow={flow}
              data-aside={flow !== shown.flow || undefined}
              className="matrix-class-flow"
            >
              <Link
                href={`/${flow}?variant=${id}`}
                prefetch={false}
                data-stop={`flow ${id}`}
                data-column={columns.find(({ variant }) => variant.id === id)?.at}
                tabIndex={stop === `flow ${id}` ? 0 : -1}
              >
                <FlowIcon flow={flow} className="size-[1em]" />
                {titleOf(flow)}
              </Link>
            </th>
          ))}
        </tr>
        <tr>
          {columns.map(({ variant, credential }) => (
            <th
              key={`${variant.id} ${credential}`}
              scope="col"
              data-flow={variant.flow}
              data-aside={variant.flow !== shown.flow || undefined}
              className="matrix-class-credential"
            >
              <b>{variant.words[credential]?.name}</b> <span>{variant.words[credential]?.check}</span>
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}

type ClassCellProps = {
  readonly stop: string;
  readonly column: Column;
  readonly experiment: MatrixExperiment;
  readonly thief: Thief;
  readonly played: MatrixCell | undefined;
  readonly isStop: boolean;
  readonly isSelected: boolean;
  /** A narrow page hides it. */
  readonly isAside: boolean;
};

const ClassCell = memo(function ClassCell(props: ClassCellProps) {
  const { stop, column, experiment, thief, played, isStop, isSelected, isAside } = props;
  const { variant, credential, at } = column;
  const reading = readCell(variant, experiment, thief, played, credential);
  return (
    <td
      className="matrix-class-cell"
      data-standing={reading.standing}
      data-aside={isAside || undefined}
      data-selected={isSelected || undefined}
    >
      <CellButton
        stop={stop}
        column={at}
        isStop={isStop}
        isSelected={isSelected}
        name={`${experiment.title}, ${variant.id}`}
        reading={reading}
      >
        {reading.lines.map((line) => (
          <CellAnswer key={line.credential} line={line} refused="refused" />
        ))}
      </CellButton>
    </td>
  );
});
