"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../_ui/button.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

type PasswordDialogProps = {
  readonly username: string;
  /** The password as this lab knows it, to start from. */
  readonly known: string;
  /** What the request is sent with. */
  readonly asks: string;
  readonly onChange: (change: { current: string; next: string }) => Promise<Outcome>;
  readonly onClose: () => void;
};

/** The platform's own modal dialog: focus stays inside, Escape closes, focus goes back to the button. */
export function PasswordDialog({ username, known, asks, onChange, onClose }: PasswordDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [current, setCurrent] = useState(known);
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => dialog.current?.showModal(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const result = await onChange({ current, next });
    setBusy(false);
    if (result.accepted) dialog.current?.close();
    else setOutcome(result);
  };

  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="password-title" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <h2 id="password-title" className="text-15 font-semibold">
          Change {username}’s password
        </h2>
        <p className="text-13 text-dim">
          Asked with {asks}. That login gets a new credential; {username}’s other logins end, as far as each flow can
          end them.
        </p>
        <Field label="Current password" value={current} onType={setCurrent} />
        <Field label="New password" value={next} onType={setNext} />
        <OutcomeLine outcome={outcome} />
        <div className="flex justify-end gap-2">
          <Button onPress={() => dialog.current?.close()}>Cancel</Button>
          <button
            type="submit"
            aria-disabled={busy || undefined}
            className="min-h-[1.625rem] rounded-[0.4375rem] bg-ink px-2.5 text-[0.78125rem] font-semibold text-panel"
          >
            Change password
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Field({ label, value, onType }: { label: string; value: string; onType: (value: string) => void }) {
  return (
    <label className="grid gap-1 text-xs text-dim">
      {label}
      <input
        type="text"
        required
        value={value}
        onChange={(event) => onType(event.target.value)}
        className="field font-mono text-13 text-ink"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </label>
  );
}
