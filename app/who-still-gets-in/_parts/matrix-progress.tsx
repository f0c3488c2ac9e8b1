"use client";

import { useEffect, useState } from "react";
import { duration } from "@/lib/core/time.ts";
import type { MatrixCell, MatrixRun, UnjudgedCell } from "@/lib/lab/played-cells.ts";

type MatrixProgressProps = {
  readonly run: MatrixRun | null;
  readonly elsewhere: boolean;
  readonly played: readonly MatrixCell[];
  readonly total: number;
};

/** The progress of a run, and its result. */
export function MatrixProgress({ run, elsewhere, played, total }: MatrixProgressProps) {
  const playing = run?.state === "playing";
  const took = useElapsed(run);
  const unjudged = run?.unjudged ?? [];
  return (
    <div className="grid gap-1.5 text-13">
      <progress
        className="matrix-progress"
        value={playing ? run.done : played.length}
        max={Math.max(1, playing ? run.of : total)}
        aria-label="Cells played"
      />
      <p className="figures">
        {playing
          ? `${run.done} of ${run.of || "…"} cells played, ${duration(took)}. `
          : `${endOf(run, played, total)}${run?.state === "done" ? `This run took ${duration(took)}. ` : ""}`}
        <Outcome played={played} unjudged={unjudged} />
        {elsewhere && " Another tab of this lab is playing cells."}
      </p>
      <Announcer {...{ run, elsewhere, played, total }} />
      {run?.problem && (
        <p role="alert" className="text-xs text-refused">
          {run.problem.detail}
        </p>
      )}
      {unjudged.length > 0 && <Unjudged cells={unjudged} isOver={!playing} />}
    </div>
  );
}

function endOf(run: MatrixRun | null, played: readonly MatrixCell[], total: number): string {
  const stopped = run?.state === "stopped" ? "Stopped; what was played is kept. " : "";
  return `${played.length} of ${total} cells played here. ${stopped}`;
}

/** Green only if every cell was played and is as claimed. */
function Outcome({ played, unjudged }: Pick<MatrixRun, "unjudged"> & Pick<MatrixProgressProps, "played">) {
  const words = outcomeOf(played, unjudged);
  if (words === null) return null;
  const calm = unjudged.length === 0 && played.every(({ holds }) => holds);
  return <span className={calm ? "font-medium text-accepted" : "font-semibold text-refused"}>{words}</span>;
}

function outcomeOf(played: readonly MatrixCell[], unjudged: readonly UnjudgedCell[]): string | null {
  const differing = played.filter(({ holds }) => !holds).length;
  const open = unjudged.length > 0 ? `${unjudged.length} could not be judged` : null;
  if (played.length === 0) return open && `${open}.`;
  if (differing > 0) return `${differing} not as claimed${open ? `, and ${open}` : ""}.`;
  return open ? `${open}, the others as claimed.` : "Each of them as claimed.";
}

/**
 * Announces progress to screen readers: at the beginning, after
 * each quarter, and at the end. It leaves out the running time.
 */
function Announcer({ run, elsewhere, played, total }: MatrixProgressProps) {
  const words = () => {
    if (run?.state !== "playing") {
      const outcome = outcomeOf(played, run?.unjudged ?? []) ?? "";
      return `${endOf(run, played, total)}${outcome}${elsewhere ? " Another tab of this lab is playing cells." : ""}`;
    }
    if (run.of === 0) return "Playing.";
    const quarters = Math.floor((4 * run.done) / run.of);
    return quarters === 0 ? `Playing ${run.of} cells.` : `${quarters * 25} % of ${run.of} cells played.`;
  };
  return (
    <p role="status" className="sr-only">
      {words()}
    </p>
  );
}

/** Announced once during a run and once at its end, because a store that is down fails many cells. */
function Unjudged({ cells, isOver }: { cells: readonly UnjudgedCell[]; isOver: boolean }) {
  return (
    <div className="text-xs text-refused">
      <p role="alert" className="sr-only">
        {isOver ? `${cells.length} could not be judged.` : "Not every cell can be judged."}
      </p>
      <ul>
        {cells.map(({ variant, experiment, reason }) => (
          <li key={`${variant} ${experiment}`}>
            could not be judged: {variant}, {experiment}: {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The duration of the run in milliseconds, counted while it runs. */
function useElapsed(run: MatrixRun | null): number {
  const [now, setNow] = useState(0);
  const playing = run?.state === "playing";
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [playing]);
  return run ? Math.max(0, (run.endedAt ?? now) - run.beganAt) : 0;
}
