import { type InputHTMLAttributes, useId } from "react";
import { Labelled, type LabelPlace } from "./labelled.tsx";

type TextInputProps = {
  readonly value: string;
  readonly onType: (value: string) => void;
  readonly id?: string;
  /** The accessible name, if there is no visible label. */
  readonly label?: string;
  readonly mono?: boolean;
  /** The width: all of the container, or a fixed one for short values. */
  readonly width?: "full" | "short" | "medium";
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly inputMode?: "text" | "numeric";
};

const widths = { full: "w-full min-w-0", short: "w-36 min-w-0", medium: "w-44" };

/** Turns off autocorrection, capitals and spell checking, which must not change a credential, an id or a value. */
const asTyped = {
  autoComplete: "off",
  autoCapitalize: "none",
  spellCheck: false,
} as const satisfies InputHTMLAttributes<HTMLInputElement>;

export function TextInput({ onType, label, mono = false, width = "full", ...input }: TextInputProps) {
  return (
    <input
      type="text"
      {...asTyped}
      {...input}
      aria-label={label}
      onChange={({ target }) => onType(target.value)}
      className={`field min-h-control text-ink ${mono ? "font-mono text-xs" : "text-13"} ${widths[width]}`}
    />
  );
}

type TextFieldProps = Omit<TextInputProps, "id" | "label"> & { readonly label: string; readonly place?: LabelPlace };

export function TextField({ label, place = "above", ...input }: TextFieldProps) {
  const id = useId();
  return (
    <Labelled label={label} id={id} place={place}>
      <TextInput {...input} id={id} />
    </Labelled>
  );
}

type NumberFieldProps = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Calls `onChoose` only with whole numbers between `min` and `max`. */
  readonly onChoose: (value: number) => void;
};

export function NumberField({ label, value, min, max, onChoose }: NumberFieldProps) {
  const id = useId();
  return (
    <Labelled label={label} id={id} place="above">
      <input
        id={id}
        type="number"
        min={min}
        max={max}
        step={1}
        value={value}
        onChange={({ target }) => {
          const next = Number(target.value);
          if (target.value !== "" && Number.isInteger(next) && next >= min && next <= max) onChoose(next);
        }}
        className="field figures min-h-control w-28 font-mono text-13 text-ink"
      />
    </Labelled>
  );
}

type CodeFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly onType: (value: string) => void;
};

/** A field for several lines of code. It grows with its text up to a limit and then scrolls. */
export function CodeField({ label, value, rows, onType }: CodeFieldProps) {
  const id = useId();
  return (
    <Labelled label={label} id={id} place="above">
      <textarea
        id={id}
        value={value}
        rows={rows}
        {...asTyped}
        onChange={({ target }) => onType(target.value)}
        className="field code max-h-96 w-full resize-y text-ink [field-sizing:content]"
      />
    </Labelled>
  );
}
