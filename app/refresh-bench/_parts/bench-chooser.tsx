"use client";

import { useId } from "react";
import type { BenchOrder, RefreshSchedule, RefreshStrategy } from "@/lib/features/refresh-bench/model.ts";
import { Button } from "../../_ui/button.tsx";

type ChooserProps = {
  readonly order: BenchOrder;
  readonly strategies: readonly RefreshStrategy[];
  readonly schedules: readonly RefreshSchedule[];
  readonly onChange: (change: Partial<BenchOrder>) => void;
};

const lastSeed = 0xffff_ffff;

/** What runs: a strategy, a schedule, one lock for the tabs or none, and the seed that decides the order. */
export function BenchChooser({ order, strategies, schedules, onChange }: ChooserProps) {
  const schedule = schedules.find(({ id }) => id === order.schedule);
  return (
    <section aria-label="What runs" className="card grid gap-3 px-4 py-3.5">
      <StrategyChoice strategies={strategies} chosen={order.strategy} onChoose={(strategy) => onChange({ strategy })} />
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2.5">
        <label className="grid gap-1 text-xs text-dim">
          Schedule
          <select
            className="field min-h-8 text-sm text-ink"
            value={order.schedule}
            onChange={(event) => onChange({ schedule: event.target.value })}
          >
            {schedules.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <SeedField seed={order.seed} onChange={(seed) => onChange({ seed })} />
        <label
          className="inline-flex min-h-8 items-center gap-1.5 text-sm"
          title="The tabs of the browser refresh under one lock, and share what they are given."
        >
          <input
            type="checkbox"
            checked={order.singleFlight}
            onChange={(event) => onChange({ singleFlight: event.target.checked })}
            className="size-4 accent-ink"
          />
          Single flight in the browser
        </label>
      </div>
      <p className="max-w-[85ch] text-13">{schedule?.question}</p>
    </section>
  );
}

type StrategyProps = {
  readonly strategies: readonly RefreshStrategy[];
  readonly chosen: string;
  readonly onChoose: (strategy: string) => void;
};

function StrategyChoice({ strategies, chosen, onChoose }: StrategyProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 text-xs text-dim">Strategy of the server</legend>
      <div className="grid gap-2 @2xl:grid-cols-2 @5xl:grid-cols-5">
        {strategies.map(({ id, title, summary, safety }) => (
          <label
            key={id}
            className="relative grid content-start gap-0.5 rounded-lg border border-strong bg-panel px-3 py-2 hover:bg-sunk has-checked:border-flow has-checked:bg-flow-ground has-checked:shadow-[inset_0_0_0_1px_var(--flow)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={id}
              checked={id === chosen}
              onChange={() => onChoose(id)}
              className="absolute inset-0 size-full cursor-pointer opacity-0"
              aria-describedby={`${name}-${id}`}
            />
            <span className="flex flex-wrap items-baseline justify-between gap-x-2 font-semibold">
              {title}
              {safety === "unsafe" && <span className="text-2xs font-semibold text-refused">wrong on purpose</span>}
            </span>
            <span id={`${name}-${id}`} className="text-xs text-dim">
              {summary}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function SeedField({ seed, onChange }: { seed: number; onChange: (seed: number) => void }) {
  return (
    <div className="flex items-end gap-1.5">
      <label className="grid gap-1 text-xs text-dim">
        Seed
        <input
          type="number"
          min={0}
          max={lastSeed}
          step={1}
          value={seed}
          onChange={({ target: { value } }) => {
            const next = Number(value);
            if (value !== "" && Number.isInteger(next) && next >= 0 && next <= lastSeed) onChange(next);
          }}
          className="field figures min-h-8 w-28 font-mono text-sm text-ink"
        />
      </label>
      <Button onPress={() => onChange(seed === lastSeed ? 0 : seed + 1)} size="normal">
        Next seed
      </Button>
    </div>
  );
}
