"use client";

import { useId } from "react";
import type { PersonView } from "@/lib/lab/lab-view.ts";

type PersonChoiceProps = {
  readonly people: readonly PersonView[];
  readonly chosen: PersonView | undefined;
  readonly onChoose: (username: string) => void;
};

/** Who logs in next. */
export function PersonChoice({ people, chosen, onChoose }: PersonChoiceProps) {
  const name = useId();
  return (
    <fieldset className="inline-flex overflow-clip rounded-lg border border-strong bg-panel">
      <legend className="sr-only">Person</legend>
      {people.map((person) => (
        <label
          key={person.id}
          className="relative border-r border-line px-3 py-1.25 last:border-0 hover:bg-sunk has-checked:bg-ink has-checked:font-semibold has-checked:text-panel has-focus-visible:outline-2 has-focus-visible:-outline-offset-4 has-focus-visible:outline-focus"
          title={`${person.displayName}, ${person.role}${person.disabled ? ", disabled" : ""}`}
        >
          <input
            type="radio"
            name={name}
            value={person.username}
            checked={person.username === chosen?.username}
            onChange={() => onChoose(person.username)}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
          <span className={person.disabled ? "line-through" : undefined}>{person.username}</span>
        </label>
      ))}
    </fieldset>
  );
}

type PasswordFieldProps = {
  readonly password: string;
  readonly onType: (password: string) => void;
  readonly grow?: boolean;
};

/**
 * In a lab the passwords are public, so they can be read while they are typed (ASVS 6.2.6), and nobody's password manager is
 * to keep them (ASVS 6.2.7 managers). A wrong one may be tried, typed or pasted (ASVS 6.2.7 paste).
 */
export function PasswordField({ password, onType, grow = false }: PasswordFieldProps) {
  return (
    <label className={`inline-flex items-center gap-2 text-xs text-dim ${grow ? "w-full" : ""}`}>
      Password
      <input
        type="text"
        value={password}
        onChange={(event) => onType(event.target.value)}
        className={`field min-h-8 font-mono text-xs text-ink ${grow ? "min-w-0 flex-1" : "w-44"}`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </label>
  );
}

export function RememberChoice({ remember, onChoose }: { remember: boolean; onChoose: (remember: boolean) => void }) {
  return (
    <label
      className="inline-flex min-h-6 items-center gap-1.5 text-xs text-dim"
      title="Lengthens the absolute end, never removes it."
    >
      <input
        type="checkbox"
        checked={remember}
        onChange={(event) => onChoose(event.target.checked)}
        className="size-3.5 accent-ink"
      />
      Remember me
    </label>
  );
}
