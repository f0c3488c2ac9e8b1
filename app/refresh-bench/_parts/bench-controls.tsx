"use client";

import type { BenchStep } from "@/lib/features/refresh-bench/model.ts";
import { Button } from "../../_ui/controls/button.tsx";
import { eventWords, nameOf } from "./bench-words.ts";

export type BenchPlayer = {
  readonly position: number;
  readonly playing: boolean;
  readonly go: (position: number) => void;
  readonly toggle: () => void;
};

type ControlsProps = { readonly steps: readonly BenchStep[]; readonly player: BenchPlayer };

/** Steps forward and back through a finished run. The run is recorded, so a step sends no request. */
export function BenchControls({ steps, player: { position, playing, go, toggle } }: ControlsProps) {
  const last = steps.length;
  const atStart = position === 0 ? "This is the beginning." : undefined;
  const atEnd = position === last ? "That was the last step." : undefined;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Button onPress={() => go(0)} unavailable={atStart} label="To the start">
        Start
      </Button>
      <Button onPress={() => go(position - 1)} unavailable={atStart}>
        Back
      </Button>
      <Button onPress={() => go(position + 1)} unavailable={atEnd} kind="primary">
        Step
      </Button>
      <Button onPress={toggle}>{playing ? "Pause" : "Play"}</Button>
      <Button onPress={() => go(last)} unavailable={atEnd} label="To the end">
        End
      </Button>
      <input
        type="range"
        aria-label="Step of the run"
        aria-valuetext={`Step ${position} of ${last}`}
        min={0}
        max={last}
        value={position}
        onChange={(event) => go(Number(event.target.value))}
        className="time-handle min-w-0 flex-1 basis-36"
      />
      <output className="text-xs text-dim" aria-live={playing ? "off" : "polite"}>
        <span className="sr-only">{spoken(steps[position - 1])} </span>
        step {position} of {last}
      </output>
    </div>
  );
}

function spoken(step: BenchStep | undefined): string {
  if (!step) return "Before the first step.";
  const name = nameOf(step.actor);
  return `${name === null ? "" : `${name}: `}${eventWords(step.event)}.`;
}
