import type { MatrixRun, UnjudgedCell } from "@/lib/lab/played-cells.ts";

/** Why a run was refused or broke off, and the cells that it could not judge. */
export function MatrixProblems({ run }: { run: MatrixRun | null }) {
  const unjudged = run?.unjudged ?? [];
  return (
    <>
      {run?.problem && (
        <p role="alert" className="text-sm text-refused">
          {run.problem.detail}
        </p>
      )}
      {unjudged.length > 0 && <Unjudged cells={unjudged} isOver={run?.state !== "playing"} />}
    </>
  );
}

/** Announced once during a run and once at its end, because a store that is down fails many cells. */
function Unjudged({ cells, isOver }: { cells: readonly UnjudgedCell[]; isOver: boolean }) {
  return (
    <div className="text-sm text-refused">
      <p role="alert" className="sr-only">
        {isOver ? `${cells.length} could not be judged.` : "Not every cell can be judged."}
      </p>
      <ul aria-label="Not judged">
        {cells.map(({ variant, experiment, reason }) => (
          <li key={`${variant} ${experiment}`}>
            could not be judged: {variant}, {experiment}: {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
