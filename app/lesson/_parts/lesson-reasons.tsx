import type { LessonFrame, StoryRow } from "@/lib/features/lessons/model.ts";
import { lanesOf } from "./lesson-words.ts";

type RowReasonsProps = {
  readonly row: StoryRow;
  readonly frame: LessonFrame;
  /** No other row is of this flow, so what the flow believes is said here. */
  readonly hasOwnFlow: boolean;
};

/** Why each credential of a row gets in or is refused. */
export function RowReasons({ row, frame, hasOwnFlow }: RowReasonsProps) {
  const belief = frame.panes.variants.find(({ flow }) => flow === row.flow)?.belief;
  const lanes = lanesOf(row, frame);
  return (
    <div className="grid gap-0.5 col-span-2 py-1.5 lg:pr-2">
      {hasOwnFlow && <p className={lanes.length > 0 ? "text-[0.8125rem] text-dim" : "text-base"}>{belief}</p>}
      {lanes.map(({ credential, name, reason }) => (
        <p key={credential} className="text-sm leading-tight">
          {lanes.length > 1 && <span className="text-dim">{name}: </span>}
          {reason}
        </p>
      ))}
    </div>
  );
}
