import { memo, type ReactNode, useId } from "react";
import { Labelled, type LabelPlace } from "./labelled.tsx";

export type SelectOption = { readonly value: string; readonly label: string };
export type SelectGroup = { readonly label: string; readonly options: readonly SelectOption[] };

type SelectProps = {
  readonly options: readonly (SelectOption | SelectGroup)[];
  /** With `onChoose` the current value. Without it the form holds the choice, and this is the initial value. */
  readonly value: string;
  readonly onChoose?: (value: string) => void;
  readonly size?: "small" | "normal" | "wide";
  readonly mono?: boolean;
  /** Marks a value that differs from the default. */
  readonly warns?: boolean;
  readonly id?: string;
  /** For a form that is sent. */
  readonly name?: string;
  readonly describedBy?: string;
};

const sizes = {
  small: "min-h-control-small rounded-control-small px-1.5 py-0 text-control-small",
  normal: "min-h-control max-w-full text-13",
  wide: "min-h-control w-full min-w-0 text-13",
};

/** The platform's select, with its keys, its search by typing and its picker on phones. */
export function Select(props: SelectProps) {
  const { options, value, onChoose, size = "normal", mono = false, warns = false, id, name, describedBy } = props;
  const held = onChoose ? { value } : { defaultValue: value };
  return (
    <select
      // The key resets an uncontrolled select when the address brings another choice.
      key={onChoose ? undefined : value}
      {...held}
      id={id}
      name={name}
      aria-describedby={describedBy}
      onChange={onChoose && (({ target }) => onChoose(target.value))}
      className={`field text-ink ${sizes[size]} ${mono ? "font-mono" : ""} ${warns ? "border-warn" : ""}`}
    >
      <Options options={options} />
    </select>
  );
}

/** Some lists are long: one that stays the same is not drawn again. */
const Options = memo(function Options({ options }: Pick<SelectProps, "options">): ReactNode {
  return options.map((each) =>
    "options" in each ? (
      <optgroup key={each.label} label={each.label}>
        <Options options={each.options} />
      </optgroup>
    ) : (
      <option key={each.value} value={each.value}>
        {each.label}
      </option>
    ),
  );
});

type SelectFieldProps = Omit<SelectProps, "id"> & { readonly label: string; readonly place?: LabelPlace };

export function SelectField({ label, place = "above", ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <Labelled label={label} id={id} place={place}>
      <Select {...select} id={id} />
    </Labelled>
  );
}
