"use client";

import { useId } from "react";
import type { BenchOrder, RefreshSchedule, RefreshStrategy } from "@/lib/features/refresh-bench/model.ts";
import { CardFrame } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { CheckField } from "../../_ui/controls/check-field.tsx";
import { Option } from "../../_ui/controls/option.tsx";
import { SelectField } from "../../_ui/controls/select.tsx";
import { NumberField } from "../../_ui/controls/text-field.tsx";

type ChooserProps = {
  readonly order: BenchOrder;
  readonly strategies: readonly RefreshStrategy[];
  readonly schedules: readonly RefreshSchedule[];
  readonly onChange: (change: Partial<BenchOrder>) => void;
};

const lastSeed = 0xffff_ffff;

/** The choice of a run: strategy, schedule, single flight, and the seed that decides the order. */
export function BenchChooser({ order, strategies, schedules, onChange }: ChooserProps) {
  const schedule = schedules.find(({ id }) => id === order.schedule);
  return (
    <CardFrame label="What runs" className="grid gap-3">
      <StrategyChoice strategies={strategies} chosen={order.strategy} onChoose={(strategy) => onChange({ strategy })} />
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2.5">
        <SelectField
          label="Schedule"
          value={order.schedule}
          options={schedules.map(({ id, title }) => ({ value: id, label: title }))}
          onChoose={(id) => onChange({ schedule: id })}
        />
        <SeedField seed={order.seed} onChange={(seed) => onChange({ seed })} />
        <span className="flex min-h-control items-center">
          <CheckField
            checked={order.singleFlight}
            onChange={(singleFlight) => onChange({ singleFlight })}
            title="The tabs of the browser refresh under one lock and share the new tokens."
          >
            Single flight in the browser
          </CheckField>
        </span>
      </div>
      <p className="max-w-[85ch] text-13">{schedule?.question}</p>
    </CardFrame>
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
          <Option
            key={id}
            type="radio"
            look="card"
            name={name}
            value={id}
            checked={id === chosen}
            onChange={() => onChoose(id)}
            describedBy={`${name}-${id}`}
          >
            <span className="flex flex-wrap items-baseline justify-between gap-x-2 font-semibold">
              {title}
              {safety === "unsafe" && <span className="text-2xs font-semibold text-refused">wrong on purpose</span>}
            </span>
            <span id={`${name}-${id}`} className="text-xs text-dim">
              {summary}
            </span>
          </Option>
        ))}
      </div>
    </fieldset>
  );
}

function SeedField({ seed, onChange }: { seed: number; onChange: (seed: number) => void }) {
  return (
    <div className="flex items-end gap-1.5">
      <NumberField label="Seed" value={seed} min={0} max={lastSeed} onChoose={onChange} />
      <Button onPress={() => onChange(seed === lastSeed ? 0 : seed + 1)} size="normal">
        Next seed
      </Button>
    </div>
  );
}
