"use client";

import { type FormEvent, useState } from "react";
import { Button, SubmitButton } from "../_ui/controls/button.tsx";
import { Dialog } from "../_ui/controls/dialog.tsx";
import { TextField } from "../_ui/controls/text-field.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

type PasswordDialogProps = {
  readonly username: string;
  /** The password that the lab knows, as the first value. */
  readonly known: string;
  /** The credential that the request is sent with, in words. */
  readonly asks: string;
  readonly onChange: (change: { current: string; next: string }) => Promise<Outcome>;
  readonly onClose: () => void;
};

/** Asks for the old password and a new one. It closes when the change is accepted, and shows a refusal. */
export function PasswordDialog({ username, known, asks, onChange, onClose }: PasswordDialogProps) {
  const [current, setCurrent] = useState(known);
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  const submit = async (event: FormEvent, close: () => void) => {
    event.preventDefault();
    setBusy(true);
    const result = await onChange({ current, next });
    setBusy(false);
    if (result.accepted) close();
    else setOutcome(result);
  };

  return (
    <Dialog title={`Change ${username}’s password`} onClose={onClose}>
      {(close) => (
        <form onSubmit={(event) => void submit(event, close)} className="grid gap-3">
          <p className="text-13 text-dim">
            Sent with {asks}. That login gets a new credential. {username}’s other logins end where their flow can end
            them.
          </p>
          <TextField label="Current password" value={current} onType={setCurrent} required mono />
          <TextField label="New password" value={next} onType={setNext} required mono />
          <OutcomeLine outcome={outcome} />
          <div className="flex justify-end gap-2">
            <Button onPress={close}>Cancel</Button>
            <SubmitButton kind="primary" busy={busy}>
              Change password
            </SubmitButton>
          </div>
        </form>
      )}
    </Dialog>
  );
}
