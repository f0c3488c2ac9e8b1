import type { RunView } from "@/lib/features/conformance/model.ts";

const names = { unit: "Unit, contract and claim tests", e2e: "Browser tests" } as const;

/** The last run of each kind of test with its commit, or the command that runs them. */
export function ConformanceRuns({ runs }: { runs: readonly RunView[] }) {
  return (
    <ul aria-label="Test runs" className="grid gap-1 text-13">
      {(["unit", "e2e"] as const).map((runner) => {
        const run = runs.find((each) => each.runner === runner);
        return (
          <li key={runner}>
            <span className="font-semibold">{names[runner]}:</span>{" "}
            {run ? <Ran run={run} /> : <NeverRan runner={runner} />}
          </li>
        );
      })}
    </ul>
  );
}

function Ran({ run: { date, commit, node, passed, failed, current } }: { run: RunView }) {
  return (
    <>
      {failed > 0 && <b className="font-semibold text-refused">{failed} failed, </b>}
      {passed} passed on <time dateTime={date}>{date.slice(0, 16).replace("T", " ")} UTC</time>
      {commit !== null && (
        <>
          {" "}
          at <code className="font-mono text-xs">{commit.slice(0, 10)}</code>
        </>
      )}{" "}
      with Node.js {node.replace("v", "")}.
      {!current && (
        <span className="text-warn">
          {" "}
          The files have changed since then: run the tests again to update the results.
        </span>
      )}
    </>
  );
}

function NeverRan({ runner }: Pick<RunView, "runner">) {
  return (
    <span className="text-warn">
      not run here yet. <Command>{runner === "unit" ? "npm test" : "npm test -- --only build,e2e"}</Command> runs them.
    </span>
  );
}

function Command({ children }: { children: string }) {
  return <code className="font-mono text-xs font-semibold">{children}</code>;
}
