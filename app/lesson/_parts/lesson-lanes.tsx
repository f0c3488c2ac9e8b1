import type { LessonFrame, LessonLane, StoryRow } from "@/lib/features/lessons/model.ts";
import { CredentialChip } from "../../_credential/credential-chip.tsx";

/** What alice's browser holds of a flow. */
export function HeldLanes({ row, frame }: { readonly row: StoryRow; readonly frame: LessonFrame | undefined }) {
  const credentials = frame?.panes.held[row.flow]?.credentials ?? [];
  return (
    // As high as with all of its credentials, so that nothing moves when they are gone.
    <div className={`grid content-center gap-1 lg:pr-6 ${row.credentials.length > 1 ? "min-h-12" : "min-h-6"}`}>
      {credentials.length === 0 && <p className="text-sm text-dim italic">nothing</p>}
      {credentials.map((credential) => (
        <CredentialChip key={credential.name} credential={credential} />
      ))}
    </div>
  );
}

type TimeLanesProps = {
  readonly row: StoryRow;
  readonly lanes: readonly LessonLane[];
  /** Absent: what comes after the mark is not shown yet. */
  readonly frame: LessonFrame | undefined;
  /** The step asks what comes after the mark. */
  readonly isAsked: boolean;
};

/** The life of each credential up to the mark and after it. What fills the lane stands in the place of the question. */
export function TimeLanes({ row, lanes, frame, isAsked }: TimeLanesProps) {
  const markedAfter = frame?.markedAfter ?? null;
  return (
    // As high as with all of its lanes, so that nothing moves while the lab is brought here.
    <div className={`grid content-center gap-3 ${row.credentials.length > 1 ? "min-h-19" : "min-h-8"}`}>
      {lanes.map((lane) => (
        <div key={`${lane.holder} ${lane.credential}`} aria-hidden="true" className="relative h-8 max-w-[15.125rem]">
          <span className="absolute top-0 left-0 text-xs leading-3.5 font-medium text-dim">{lane.name}</span>
          <i className="absolute top-4.5 left-0 h-2.5 w-[6.375rem] rounded-l-xs bg-flow" />
          {(isAsked || markedAfter !== null) && (
            <i className="absolute top-3.75 left-[6.3125rem] h-4 w-[0.09375rem] bg-ink" />
          )}
          {isAsked && !frame && (
            <i className="absolute top-4.5 left-[6.375rem] h-2.5 w-[8.75rem] rounded-r-xs border border-l-0 border-dashed border-strong" />
          )}
          {markedAfter !== null && <AfterMark lane={lane} markedAfter={markedAfter} />}
        </div>
      ))}
    </div>
  );
}

/** A copy that got in is the alarm; for its owner it is a login that goes on. Dashed: to the end that was told. */
function AfterMark({ lane, markedAfter }: { readonly lane: LessonLane; readonly markedAfter: number }) {
  const isIn = lane.code === null;
  const seen = partOf(isIn ? markedAfter : lane.inAfter, markedAfter);
  const promised = isIn ? seen : Math.max(seen, partOf(lane.endsAfter, markedAfter));
  const isThief = lane.holder === "thief";
  return (
    <span className="absolute top-4.5 left-[6.375rem] h-2.5 w-[8.75rem]">
      <i className="absolute top-1 h-px w-full bg-strong" />
      {promised > seen && (
        <i
          className={`absolute top-0 h-2.5 ${isThief ? "hatch-promised bg-panel" : "bg-flow/30"}`}
          style={{ left: percent(seen), width: percent(promised - seen) }}
        />
      )}
      {seen > 0 && (
        <i
          className={`absolute top-0 left-0 h-2.5 ${isThief ? "hatch-measured" : "bg-flow"}`}
          style={{ width: percent(seen) }}
        />
      )}
    </span>
  );
}

function partOf(seconds: number | null, whole: number): number {
  return seconds === null || whole <= 0 ? 0 : Math.min(1, seconds / whole);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)}%`;
}
