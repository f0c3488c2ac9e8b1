"use client";

import { type ConformanceView, slugOf } from "@/lib/features/conformance/model.ts";
import { CardFrame } from "../../_ui/card.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";
import { Parts } from "../../_words/in-words.tsx";
import { CellBody } from "./conformance-cell.tsx";
import type { ShownCell, ShownRow } from "./conformance-rows.ts";
import "./conformance.css";

type TableProps = Pick<ConformanceView, "sources" | "flows"> & { readonly rows: readonly ShownRow[] };

/** One row for each requirement, one column for each flow. On a narrow page a row is a card that names its flows. */
export function ConformanceTable({ rows, sources, flows }: TableProps) {
  const [first] = rows;
  if (!first)
    return (
      <CardFrame>
        <EmptyNote>No requirement matches these filters. Remove one.</EmptyNote>
      </CardFrame>
    );
  const columns = flows.filter(({ id }) => first.cells.some(({ flow }) => flow === id));
  return (
    <table className="conformance card">
      <caption className="sr-only">Requirements and flows</caption>
      <thead>
        <tr>
          <th scope="col">Requirement</th>
          {columns.map(({ id, title }) => (
            <th key={id} scope="col" data-flow={id}>
              <span className="inline-flex items-center gap-1.5">
                <FlowIcon flow={id} className="size-3.5" />
                {title}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      {sources.map((source) => (
        <SourceRows
          key={source.id}
          source={source}
          flows={columns}
          rows={rows.filter((row) => row.source === source.id)}
        />
      ))}
    </table>
  );
}

type SourceRowsProps = Omit<TableProps, "sources"> & { readonly source: TableProps["sources"][number] };

function SourceRows({ source, rows, flows }: SourceRowsProps) {
  if (rows.length === 0) return null;
  return (
    <tbody>
      <tr className="source">
        <th scope="rowgroup" colSpan={flows.length + 1}>
          <a href={source.address} rel="noreferrer" className="underline decoration-line underline-offset-3">
            {source.title}
          </a>{" "}
          <span className="ml-1 font-normal text-dim">{rows.length}</span>
        </th>
      </tr>
      {rows.map((row) => (
        <tr key={row.id} id={slugOf(row.id)}>
          <th scope="row">
            <a href={`/conformance/${slugOf(row.id)}`} className="font-mono text-xs font-semibold hover:underline">
              {row.id}
            </a>{" "}
            <span className="ml-1 text-2xs font-medium text-faint">{row.level}</span>
            <span className="block font-normal text-dim">
              <Parts parts={row.text} />
            </span>
            {row.concerns !== null && (
              <span className="block text-xs font-normal text-faint">about {row.concerns}</span>
            )}
          </th>
          {row.cells.map((cell) => (
            <Cell key={cell.flow} cell={cell} id={row.id} title={flows.find(({ id }) => id === cell.flow)?.title} />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

type CellProps = {
  readonly cell: ShownCell;
  readonly id: string;
  readonly title: string | undefined;
};

function Cell({ cell, id, title }: CellProps) {
  return (
    <td data-flow={cell.flow} data-state={cell.state}>
      <span className="flow-name">{title}</span>
      <div className="min-w-0">
        <CellBody cell={cell} href={`/conformance/${slugOf(id)}#${cell.flow}`} />
      </div>
    </td>
  );
}
