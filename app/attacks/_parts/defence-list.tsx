import type { ReactNode } from "react";
import type { DecidingLine as Line } from "@/lib/features/attacks/forgery/model.ts";
import { DecidingLine } from "./deciding-line.tsx";

const columns = "@4xl:grid @4xl:grid-cols-[14rem_minmax(0,1fr)_17rem] @4xl:gap-x-6";

type ListProps = {
  /** What the last column tells. */
  readonly tells: string;
  readonly children: ReactNode;
};

/** The defences against an attack, one a row: its name, the line that decides, and what came of it. */
export function DefenceList({ tells, children }: ListProps) {
  return (
    <div className="@container mt-4">
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>Defence</span>
        <span>The line that decides</span>
        <span>{tells}</span>
      </p>
      <ul aria-label="Defences">{children}</ul>
    </div>
  );
}

type RowProps = {
  readonly defence: {
    readonly title: string;
    readonly source: string;
    readonly words: string | null;
    readonly line: Line | null;
  };
  /** The attack succeeds against it. */
  readonly isAlarm: boolean;
  readonly children: ReactNode;
};

export function DefenceRow({ defence: { title, source, words, line }, isAlarm, children }: RowProps) {
  return (
    <li className={`border-b border-line py-2 ${columns} ${isAlarm ? "-mx-2 bg-refused-ground px-2" : ""}`}>
      <p className="font-medium">
        {title} <span className="block text-xs font-normal text-dim">{source}</span>
      </p>
      <div className="min-w-0 text-13 @4xl:self-center">
        {words}
        <DecidingLine line={line} />
      </div>
      <p className="text-13 @4xl:self-center">{children}</p>
    </li>
  );
}
