import type { ReactNode } from "react";

type CheckFieldProps = {
  readonly children: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly title?: string;
  /** For a form that is sent. */
  readonly name?: string;
  readonly value?: string;
};

/** Yes or no. At least 24 pixels high (WCAG 2.5.8). */
export function CheckField({ children, checked, onChange, title, name, value }: CheckFieldProps) {
  return (
    <label className="inline-flex min-h-target items-center gap-1.5 text-13" title={title}>
      <input
        type="checkbox"
        name={name}
        value={value}
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-3.5 shrink-0"
      />
      {children}
    </label>
  );
}
