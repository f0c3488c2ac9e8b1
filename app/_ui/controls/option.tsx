import type { ReactNode } from "react";

type OptionProps = {
  readonly type: "radio" | "checkbox";
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** The look: a part of a joined bar, a toggle button, a plug, a card with a description, or a line of a menu. */
  readonly look: "segment" | "chip" | "plug" | "card" | "row";
  readonly children: ReactNode;
  readonly title?: string | undefined;
  readonly describedBy?: string | undefined;
  /** Called for a press with the pointer. The arrow keys change the choice without calling it. */
  readonly onPointerChoice?: (() => void) | undefined;
};

const looks = {
  segment:
    "inline-flex items-center border-r border-line px-3 py-1 last:border-0 has-checked:bg-ink has-checked:font-semibold has-checked:text-panel has-focus-visible:-outline-offset-4",
  chip: "rounded-control border border-strong bg-panel px-2.5 py-1.25 text-13 has-checked:border-ink has-checked:bg-ink has-checked:text-panel has-focus-visible:outline-offset-2",
  plug: "inline-flex min-h-control-small items-center gap-1.5 rounded-control-small border border-strong bg-panel px-2.5 text-13 whitespace-nowrap has-checked:border-ink has-checked:font-semibold has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-offset-2",
  card: "grid content-start gap-0.5 rounded-control border border-strong bg-panel px-3 py-2 has-checked:border-flow has-checked:bg-flow-ground has-checked:shadow-[inset_0_0_0_1px_var(--flow)] has-focus-visible:outline-offset-2",
  row: "grid grid-cols-[1rem_1fr_auto] items-baseline gap-x-1.5 rounded-control px-2 py-1.5 text-left has-checked:bg-flow-ground",
};

/** The invisible input covers its label: a press anywhere chooses, and the browser's own keys work. */
const covering = "absolute inset-0 size-full cursor-pointer opacity-0";
const visible = "size-3.25 translate-y-0.5 accent-flow outline-none";

/** One option, drawn as a surface. The chosen one has another background, and screen readers hear the input. */
export function Option(props: OptionProps) {
  const { type, name, value, checked, onChange, look, children, title, describedBy, onPointerChoice } = props;
  return (
    <label
      title={title}
      className={`relative hover:bg-sunk has-focus-visible:outline-2 has-focus-visible:outline-focus ${looks[look]}`}
    >
      <input
        type={type}
        name={name}
        value={value}
        checked={checked}
        aria-describedby={describedBy}
        className={look === "row" ? visible : covering}
        onChange={({ target }) => onChange(target.checked)}
        // A click that a key made has no detail.
        onClick={onPointerChoice && (({ detail }) => detail > 0 && onPointerChoice())}
      />
      {children}
    </label>
  );
}
