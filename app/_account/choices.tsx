"use client";

import type { PersonView } from "@/lib/lab/lab-view.ts";
import { CheckField } from "../_ui/controls/check-field.tsx";
import { Segmented } from "../_ui/controls/segmented.tsx";
import { TextField } from "../_ui/controls/text-field.tsx";

type PersonChoiceProps = {
  readonly people: readonly PersonView[];
  readonly chosen: PersonView | undefined;
  readonly onChoose: (username: string) => void;
};

/** Who logs in next. */
export function PersonChoice({ people, chosen, onChoose }: PersonChoiceProps) {
  return (
    <Segmented
      legend="Person"
      options={people.map(({ username, displayName, role, disabled }) => ({
        value: username,
        label: <span className={disabled ? "line-through" : undefined}>{username}</span>,
        title: `${displayName}, ${role}${disabled ? ", disabled" : ""}`,
      }))}
      chosen={chosen?.username}
      onChoose={onChoose}
    />
  );
}

type PasswordFieldProps = {
  readonly password: string;
  readonly onType: (password: string) => void;
  readonly grow?: boolean;
};

/**
 * In a lab the passwords are public, so they are readable while they are typed (ASVS 6.2.6), and password managers
 * should not store them (ASVS 6.2.7 managers). A wrong password can be typed or pasted (ASVS 6.2.7 paste).
 */
export function PasswordField({ password, onType, grow = false }: PasswordFieldProps) {
  return (
    <TextField label="Password" place="beside" value={password} onType={onType} width={grow ? "full" : "medium"} mono />
  );
}

export function RememberChoice({ remember, onChoose }: { remember: boolean; onChoose: (remember: boolean) => void }) {
  return (
    <CheckField
      checked={remember}
      onChange={onChoose}
      title="Moves the login’s absolute end further away. The login still ends."
    >
      Remember me
    </CheckField>
  );
}
