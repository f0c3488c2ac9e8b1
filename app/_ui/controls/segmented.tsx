import { type ReactNode, useId } from "react";
import { Option } from "./option.tsx";

export type Segment<Value extends string> = {
  readonly value: Value;
  readonly label: ReactNode;
  readonly title?: string;
};

type SegmentedProps<Value extends string> = {
  readonly legend: string;
  /** Whether the legend is visible. Screen readers hear it in any case. */
  readonly legendShown?: boolean;
  readonly options: readonly Segment<Value>[];
  readonly chosen: Value | undefined;
  readonly onChoose: (value: Value) => void;
};

/** Radio buttons drawn as one bar, for a choice of a few visible options. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { legend, legendShown = false, options, chosen, onChoose } = props;
  const name = useId();
  return (
    <fieldset className="inline-flex flex-wrap items-center gap-x-2">
      <legend className={legendShown ? "float-left mr-1 text-xs text-dim" : "sr-only"}>{legend}</legend>
      <span className="inline-flex min-h-control max-w-full flex-wrap overflow-clip rounded-control border border-strong bg-panel text-13">
        {options.map(({ value, label, title }) => (
          <Option
            key={value}
            type="radio"
            look="segment"
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => onChoose(value)}
            title={title}
          >
            {label}
          </Option>
        ))}
      </span>
    </fieldset>
  );
}
