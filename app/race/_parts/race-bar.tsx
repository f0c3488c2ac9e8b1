import type { CSSProperties } from "react";
import { plugAt, type RaceAxis } from "./race-axis.ts";
import { type RaceRow, type Standing, secondsIn } from "./race-rows.ts";
import { gotInFor } from "./race-state.ts";
import { seconds } from "./race-words.ts";

type RaceBarProps = {
  readonly row: RaceRow;
  readonly axis: RaceAxis;
  /** The latest look at all copies. `null`: no copy was looked at after the plug. */
  readonly now: number | null;
  readonly isOver: boolean;
  readonly isTall: boolean;
};

const along = (percent: number): CSSProperties => ({ insetInlineStart: `${percent}%` });
const between = (from: number, to: number): CSSProperties => ({ ...along(from), width: `${Math.max(0, to - from)}%` });

/**
 * The life of a copy: in its flow's colour to the plug, red while it got in after it. Red never turns back. A thief who
 * keeps using the copy is a thinner bar. Hidden from screen readers, because the words beside it say the same.
 */
export function RaceBar({ row: { unused, used }, axis, now, isOver, isTall }: RaceBarProps) {
  const height = isTall ? (used ? "h-11 @4xl:h-13" : "h-6 @4xl:h-9") : "h-3";
  const shared = { axis, isTall };
  return (
    <div
      aria-hidden="true"
      className={`relative row-start-3 flex flex-col justify-center self-stretch @4xl:col-start-2 @4xl:row-start-1 ${isTall ? "gap-2 py-1 @4xl:gap-4 @4xl:py-5" : "gap-1 py-1"}`}
    >
      <Track {...shared} standing={unused} height={height} tag={used ? "waits" : null} />
      {used && <Track {...shared} standing={used} height={isTall ? "h-4 @4xl:h-6.5" : "h-1.5"} tag="uses it" />}
      {unused.lane.pulled !== null && (
        <i
          className={`absolute w-0.5 bg-ink ${isTall ? "inset-y-1 @4xl:inset-y-3.5" : "inset-y-1"}`}
          style={along(plugAt)}
        />
      )}
      {now !== null && !isOver && <i className="absolute inset-y-0 w-px bg-ink/45" style={along(axis.at(now))} />}
    </div>
  );
}

type TrackProps = Pick<RaceBarProps, "axis" | "isTall"> & {
  readonly standing: Standing;
  readonly height: string;
  readonly tag: string | null;
};

function Track({ standing, axis, isTall, height, tag }: TrackProps) {
  const { copy, is } = standing;
  const isLoggedIn = copy.sighting !== null || copy.verdict !== null;
  const reached = gotInFor(copy);
  const end = axis.at(reached ?? 0);
  const ahead = is === "in" && copy.claimedEnd !== null && copy.verdict === null ? axis.at(copy.claimedEnd) : null;
  return (
    <div className={`relative ${height}`}>
      <i className="absolute top-1/2 right-0 h-px bg-strong" style={along(isLoggedIn ? (ahead ?? end) : 0)} />
      {isLoggedIn && (
        <i
          className="absolute inset-y-0 left-0 flex items-center overflow-hidden rounded-l bg-flow pl-2 text-xs font-semibold whitespace-nowrap text-panel not-italic"
          style={{ width: `${plugAt}%` }}
        >
          {isTall && tag !== null && <span className="hidden @4xl:inline">{tag}</span>}
        </i>
      )}
      {reached !== null && <i className="hatch-measured absolute inset-y-0 min-w-1" style={between(plugAt, end)} />}
      {ahead !== null && <i className="hatch-promised absolute inset-y-0 rounded-r" style={between(end, ahead)} />}
      {is === "refused" && reached !== null && (
        <i className={`absolute w-0.5 bg-refused ${isTall ? "-inset-y-1.5" : "-inset-y-0.5"}`} style={along(end)} />
      )}
      {is === "refused" && isTall && <Refusal standing={standing} end={end} />}
    </div>
  );
}

/** The code, and the last look that got in, or the look that was refused. */
function Refusal({ standing: { copy, code, gotIn }, end }: { readonly standing: Standing; readonly end: number }) {
  const refusedAfter = copy.verdict?.refusedAfter;
  const when =
    gotIn === null ? (refusedAfter == null ? "before" : `after ${seconds(refusedAfter)}`) : `after ${secondsIn(gotIn)}`;
  const place = end > 72 ? { insetInlineEnd: `${100 - end}%` } : along(end);
  return (
    <span
      className={`absolute bottom-1/2 hidden px-2 text-13 whitespace-nowrap text-dim @4xl:block ${end > 72 ? "translate-y-full" : ""}`}
      style={place}
    >
      <span className="font-mono">{code}</span> {when}
    </span>
  );
}
