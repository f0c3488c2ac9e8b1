"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";

type PairChooserProps = {
  readonly choices: readonly {
    readonly id: string;
    readonly title: string;
    readonly variants: readonly { readonly id: string; readonly title: string }[];
  }[];
  readonly left: string;
  readonly right: string;
};

/** Another pair: flows are compared with flows, variants with variants. */
export function PairChooser({ choices, left, right }: PairChooserProps) {
  const router = useRouter();
  const byVariant = left.includes("/");
  const go = (one: string, other: string) => router.push(`/compare/${one}/${other}`);
  const first = choices[0]?.variants[0]?.id ?? left;
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <Choice label="Left" value={left} choices={choices} byVariant={byVariant} onChoose={(id) => go(id, right)} />
      <Choice label="Right" value={right} choices={choices} byVariant={byVariant} onChoose={(id) => go(left, id)} />
      <button
        type="button"
        onClick={() => go(right, left)}
        className="rounded-md border border-edge px-2.5 py-1.25 text-13 font-medium hover:bg-sunk"
      >
        Swap sides
      </button>
      <button
        type="button"
        onClick={() =>
          byVariant
            ? go(left.split("/")[0] ?? "", right.split("/")[0] ?? "")
            : go(plainest(choices, left) ?? first, plainest(choices, right) ?? first)
        }
        className="rounded-md border border-edge px-2.5 py-1.25 text-13 font-medium hover:bg-sunk"
      >
        {byVariant ? "Compare their flows" : "Compare their variants"}
      </button>
    </div>
  );
}

function plainest(choices: PairChooserProps["choices"], flow: string): string | undefined {
  return choices.find(({ id }) => id === flow)?.variants[0]?.id;
}

type ChoiceProps = Pick<PairChooserProps, "choices"> & {
  readonly label: string;
  readonly value: string;
  readonly byVariant: boolean;
  readonly onChoose: (id: string) => void;
};

function Choice({ label, value, choices, byVariant, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs text-dim">
        {label}
      </label>
      <select id={id} className="field max-w-[20rem]" value={value} onChange={(event) => onChoose(event.target.value)}>
        {byVariant
          ? choices.map((flow) => (
              <optgroup key={flow.id} label={flow.title}>
                {flow.variants.map((variant) => (
                  <option key={variant.id} value={variant.id}>
                    {variant.title}
                  </option>
                ))}
              </optgroup>
            ))
          : choices.map((flow) => (
              <option key={flow.id} value={flow.id}>
                {flow.title}
              </option>
            ))}
      </select>
    </div>
  );
}
