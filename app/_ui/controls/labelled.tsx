import type { ReactNode } from "react";

export type LabelPlace = keyof typeof places;

const places = {
  above: { frame: "grid min-w-0 gap-1", label: "text-xs text-dim" },
  beside: { frame: "inline-flex min-w-0 items-center gap-1.5", label: "text-xs text-dim" },
  /** Puts the label above the field, so that fields line up. */
  column: { frame: "grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-2", label: "text-13" },
} as const;

type LabelledProps = {
  readonly label: ReactNode;
  /** The id of the labelled field. */
  readonly id: string;
  readonly place: LabelPlace;
  readonly children: ReactNode;
};

/** A field with its label. The label refers to the field's id, so that the field's content is no part of its name. */
export function Labelled({ label, id, place, children }: LabelledProps) {
  return (
    <div className={places[place].frame}>
      <label htmlFor={id} className={places[place].label}>
        {label}
      </label>
      {children}
    </div>
  );
}
