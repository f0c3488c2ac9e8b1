"use client";

import {
  type BenchMeasure,
  type BenchTally,
  measuresOf,
  type RefreshSchedule,
  type RefreshStrategy,
} from "@/lib/features/refresh-bench/model.ts";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { SelectField } from "../../_ui/controls/select.tsx";
import { measureNames } from "./bench-words.ts";

export type BenchCounts = {
  /** The counts so far, also of a stopped count. */
  readonly tallyOf: (strategy: string, schedule: string) => BenchTally | undefined;
  readonly running: boolean;
  readonly runs: number;
  readonly problem: string | null;
  readonly start: () => void;
  readonly stop: () => void;
  readonly chooseRuns: (runs: number) => void;
};

type TableProps = {
  readonly strategies: readonly RefreshStrategy[];
  readonly schedules: readonly RefreshSchedule[];
  readonly singleFlight: boolean;
  readonly shown: { readonly strategy: string; readonly schedule: string };
  readonly counts: BenchCounts;
  readonly onOpen: (strategy: string, schedule: string, seed: number | null) => void;
};

export const runChoices = [20, 60, 200] as const;

/** The counts by strategy and schedule, each from real runs. A cell opens a run with a bad outcome, if there is one. */
export function BenchTable({ strategies, schedules, singleFlight, shown, counts, onOpen }: TableProps) {
  const note = singleFlight ? "with single flight in the browser" : "each tab for itself";
  return (
    <Card title="Over many runs" label="Over many runs" note={note}>
      <CountBar
        cells={strategies.length * schedules.length}
        counts={counts}
        done={doneOf(strategies, schedules, counts)}
      />
      <div className="relative mt-3 overflow-x-auto">
        <table aria-label="Counts by schedule and strategy" className="w-full min-w-[54rem] border-collapse text-xs">
          <thead>
            <tr className="text-left align-bottom">
              <th scope="col" className="py-1.5 pr-3 font-semibold">
                Schedule
              </th>
              {strategies.map(({ id, title }) => (
                <th key={id} scope="col" className="px-1.5 py-1.5 font-semibold">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {schedules.map((schedule) => (
              <tr key={schedule.id} className="border-t border-line align-top">
                <th scope="row" className="py-1.5 pr-3 text-left font-medium" title={schedule.question}>
                  {schedule.title}
                </th>
                {strategies.map((strategy) => (
                  <td key={strategy.id} className="px-0.5 py-0.5">
                    <Cell
                      schedule={schedule}
                      strategy={strategy}
                      tally={counts.tallyOf(strategy.id, schedule.id)}
                      current={shown.strategy === strategy.id && shown.schedule === schedule.id}
                      onOpen={onOpen}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** The number of cells with the wanted number of runs. */
function doneOf(
  strategies: TableProps["strategies"],
  schedules: TableProps["schedules"],
  { tallyOf, runs }: BenchCounts,
): number {
  const tallies = schedules.flatMap((schedule) => strategies.map((strategy) => tallyOf(strategy.id, schedule.id)));
  return tallies.filter((tally) => tally?.runs === runs).length;
}

function CountBar({ cells, done, counts }: { cells: number; done: number; counts: BenchCounts }) {
  const { running, runs, start, stop, chooseRuns, problem } = counts;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <SelectField
        label="Runs a cell"
        place="beside"
        value={String(runs)}
        options={runChoices.map((choice) => ({ value: String(choice), label: String(choice) }))}
        onChoose={(choice) => chooseRuns(Number(choice))}
      />
      <Button onPress={running ? stop : start} size="normal" kind={running ? "plain" : "primary"}>
        {running ? "Stop" : "Run the table"}
      </Button>
      <div className="bar w-40" aria-hidden="true">
        <i style={{ "--part": done / cells }} />
      </div>
      <p className="figures text-xs text-dim" role="status">
        {done} of {cells} cells{running ? ", running" : ""}
        {problem !== null && <span className="text-refused"> {problem}</span>}
      </p>
    </div>
  );
}

type CellProps = {
  readonly schedule: RefreshSchedule;
  readonly strategy: RefreshStrategy;
  readonly tally: BenchTally | undefined;
  readonly current: boolean;
  readonly onOpen: TableProps["onOpen"];
};

function Cell({ schedule, strategy, tally, current, onOpen }: CellProps) {
  const measures = measuresOf(schedule);
  const seed = measures.map((measure) => tally?.bad[measure]?.seed ?? null).find((each) => each !== null) ?? null;
  return (
    <button
      type="button"
      aria-current={current || undefined}
      title={seed === null ? "Open this run" : `Open the run with seed ${seed}`}
      onClick={() => onOpen(strategy.id, schedule.id, seed)}
      className="grid min-h-control w-full content-start gap-y-0.5 rounded-md px-1.5 py-1 text-left hover:bg-sunk aria-[current]:bg-flow-ground"
    >
      <span className="sr-only">
        {strategy.title}, {schedule.title}:{" "}
      </span>
      {tally ? (
        measures.map((measure) => <Count key={measure} measure={measure} tally={tally} />)
      ) : (
        <span className="text-faint italic">not run</span>
      )}
    </button>
  );
}

function Count({ measure, tally }: { measure: BenchMeasure; tally: BenchTally }) {
  const { times = 0, of = 0 } = tally.bad[measure] ?? {};
  if (of === 0) {
    const reason = "in none of these runs the family ended";
    return (
      <span className="text-dim" title={reason}>
        {measureNames[measure]} <span aria-hidden="true">–</span>
        <span className="sr-only">{reason}</span>
      </span>
    );
  }
  return (
    <span className={`figures ${times > 0 ? "font-semibold text-refused" : "text-dim"}`}>
      {measureNames[measure]}{" "}
      <span className="whitespace-nowrap">
        {times} of {of}
      </span>
    </span>
  );
}
