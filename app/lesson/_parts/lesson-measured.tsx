import type { LessonFrame, LessonLane, StepWords, StoryRow } from "@/lib/features/lessons/model.ts";
import { lanesOf } from "./lesson-words.ts";

type MeasuredProps = { readonly step: StepWords; readonly row: StoryRow; readonly frame: LessonFrame };

/** Whether a step shows the records of the server, because it is about them or because no credential is left. */
export function showsRecords(step: StepWords, frame: LessonFrame | undefined): boolean {
  return step.question?.about === "records" || (step.shows === "reasons" && frame?.lanes.length === 0);
}

/** What the lab showed of a row. Only a copy that still gets in is the alarm. */
export function Measured({ step, row, frame }: MeasuredProps) {
  if (showsRecords(step, frame)) {
    const count = frame.records[row.flow] ?? 0;
    return <p className="text-[1.125rem]">{count === 0 ? "nothing" : `${count} row${count === 1 ? "" : "s"}`}</p>;
  }
  return (
    <ul className="grid gap-3">
      {lanesOf(row, frame).map((lane) => (
        <li key={lane.credential} className="flex min-h-8 flex-wrap items-center gap-x-2 leading-none">
          <Verdict lane={lane} isMarked={frame.markedAfter !== null} />
        </li>
      ))}
    </ul>
  );
}

function Verdict({ lane, isMarked }: { readonly lane: LessonLane; readonly isMarked: boolean }) {
  const { name, code, holder } = lane;
  const spoken = <span className="sr-only">{name}: </span>;
  if (code !== null) {
    return (
      <>
        {spoken}
        <span className="text-[1.125rem] text-dim">refused</span>{" "}
        <code className="font-mono text-[0.8125rem] wrap-anywhere text-dim">{code}</code>
      </>
    );
  }
  return (
    <>
      {spoken}
      {holder === "thief" && isMarked ? (
        <b className="text-[1.3125rem] font-bold tracking-[-0.01em] text-refused">STILL IN</b>
      ) : (
        <b className="text-[1.125rem] font-semibold">{isMarked ? "still in" : "gets in"}</b>
      )}
    </>
  );
}
