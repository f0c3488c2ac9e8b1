import type { RunView } from "@/lib/features/conformance/model.ts";

const names = { unit: "Unit, contract and claim tests", e2e: "Browser tests" } as const;

/** The run of each kind of test that counts: the last one here, else the recorded one, else the commands. */
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

function Ran({ run }: { run: RunView }) {
  const { date, commit, engines, passed, failed } = run;
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
      with {enginesInWords(engines)}, <Where run={run} />.
    </>
  );
}

/** Where the tests were run, and whether it was with the files that are shown. */
function Where({ run: { recorded, current } }: { run: RunView }) {
  if (recorded && current) return "recorded on this tree";
  if (recorded)
    return (
      <span className="text-warn">
        recorded before these changes. <Command>npm test</Command> runs the tests here
      </span>
    );
  if (current) return "run here on this tree";
  return (
    <span className="text-warn">
      run here before these changes. <Command>npm test</Command> runs them again
    </span>
  );
}

function enginesInWords(engines: RunView["engines"]): string {
  return Object.entries(engines)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

function NeverRan({ runner }: Pick<RunView, "runner">) {
  return (
    <span className="text-warn">
      not recorded yet, and not run here.{" "}
      <Command>{runner === "unit" ? "npm test" : "npm test -- --only build,e2e"}</Command> runs them;{" "}
      <Command>npm run record</Command> records a full green run.
    </span>
  );
}

function Command({ children }: { children: string }) {
  return <code className="font-mono text-xs font-semibold">{children}</code>;
}
