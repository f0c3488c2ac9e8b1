"use client";

import { useRef } from "react";
import {
  type BenchRun,
  measuresOf,
  type RefreshSchedule,
  type RefreshStrategy,
} from "@/lib/features/refresh-bench/model.ts";
import { Card } from "../../_ui/card.tsx";
import { BenchChooser } from "./bench-chooser.tsx";
import { BenchControls } from "./bench-controls.tsx";
import { BenchLanes } from "./bench-lanes.tsx";
import { BenchLessons } from "./bench-lessons.tsx";
import { BenchOutcomeCard } from "./bench-outcome.tsx";
import { BenchTable } from "./bench-table.tsx";
import { lanesOf } from "./bench-words.ts";
import { FamilyTree } from "./family-tree.tsx";
import { useBenchCounts } from "./use-bench-counts.ts";
import { useBenchRun } from "./use-bench-run.ts";

type ScreenProps = {
  readonly strategies: readonly RefreshStrategy[];
  readonly schedules: readonly RefreshSchedule[];
  /** The run that the server rendered the page with. */
  readonly first: BenchRun;
  readonly position: number | null;
};

/** One run to step through, and a table of counts over many runs. */
export function RefreshBenchScreen({ strategies, schedules, first, position }: ScreenProps) {
  const { run, order, problem, player, choose } = useBenchRun(first, position);
  const counts = useBenchCounts({
    strategies: strategies.map(({ id }) => id),
    schedules: schedules.map(({ id }) => id),
    singleFlight: order.singleFlight,
  });
  const stepper = useRef<HTMLDivElement>(null);
  const schedule = schedules.find(({ id }) => id === run.schedule);
  const tree = run.steps[player.position - 1]?.tree ?? run.begin;

  function open(strategy: string, wanted: string, seed: number | null): void {
    choose({ strategy, schedule: wanted, ...(seed !== null && { seed }) });
    stepper.current?.focus();
  }

  return (
    <div data-flow="memory-jwt" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <BenchChooser order={order} strategies={strategies} schedules={schedules} onChange={choose} />
      {problem !== null && (
        <p role="alert" className="rounded-lg bg-refused-ground px-3 py-2 text-13 text-refused">
          {problem}
        </p>
      )}
      <div ref={stepper} tabIndex={-1} className="grid gap-4 @4xl:grid-cols-[minmax(0,1fr)_23rem]">
        <Card title="Step by step" label="Step by step" note={`seed ${run.seed}`} className="@container">
          <BenchControls steps={run.steps} player={player} />
          <div className="mt-3">
            {schedule && (
              <BenchLanes steps={run.steps} lanes={lanesOf(schedule)} position={player.position} onGo={player.go} />
            )}
          </div>
        </Card>
        <div className="grid content-start gap-4">
          {schedule && <BenchOutcomeCard run={run} measures={measuresOf(schedule)} />}
          <Card title="The family, as the server holds it" label="Family tree">
            <FamilyTree tree={tree} />
          </Card>
        </div>
      </div>
      <BenchTable
        strategies={strategies}
        schedules={schedules}
        singleFlight={order.singleFlight}
        shown={order}
        counts={counts}
        onOpen={open}
      />
      <BenchLessons />
    </div>
  );
}
