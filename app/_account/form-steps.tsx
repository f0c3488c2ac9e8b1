"use client";

import { useState } from "react";
import { Button } from "../_ui/controls/button.tsx";
import { SelectField } from "../_ui/controls/select.tsx";
import { TextField } from "../_ui/controls/text-field.tsx";
import { EmptyNote, Pane } from "../_ui/pane.tsx";
import { deliveries, type Form } from "./kept-data.ts";

type FormStepsProps = {
  /** The form as it is stored. `null`: it was not begun. */
  readonly form: Form | null;
  readonly busy: boolean;
  readonly onKeep: (form: Form) => void;
  readonly onFinish: () => void;
};

const blank: Form = { step: 1, contact: "", delivery: deliveries[0] };

/** A form in three steps. Each step is stored when the person leaves it, so a reload or another tab continues there. */
export function FormSteps({ form, busy, onKeep, onFinish }: FormStepsProps) {
  const [draft, setDraft] = useState(form ?? blank);
  if (!form) {
    return (
      <Pane title="Form, three steps">
        <div className="flex items-center">
          <EmptyNote>Not begun.</EmptyNote>
          <span className="ml-auto">
            <Button busy={busy} label="Begin the form" onPress={() => onKeep(blank)}>
              Begin
            </Button>
          </span>
        </div>
      </Pane>
    );
  }
  const goTo = (step: Form["step"]) => onKeep({ ...draft, step });
  return (
    <Pane title="Form, three steps" note={`step ${form.step} of 3`}>
      <Step draft={draft} step={form.step} onType={setDraft} />
      <div className="mt-2 flex gap-1.5">
        <Button
          busy={busy}
          unavailable={form.step === 1 ? "This is the first step." : undefined}
          onPress={() => goTo(form.step === 3 ? 2 : 1)}
        >
          Back
        </Button>
        {form.step === 3 ? (
          <Button busy={busy} onPress={onFinish}>
            Finish
          </Button>
        ) : (
          <Button busy={busy} onPress={() => goTo(form.step === 1 ? 2 : 3)}>
            Next
          </Button>
        )}
      </div>
    </Pane>
  );
}

type StepProps = { readonly draft: Form; readonly step: Form["step"]; readonly onType: (draft: Form) => void };

function Step({ draft, step, onType }: StepProps) {
  if (step === 1) {
    return (
      <TextField
        label="Contact, such as an e-mail address"
        value={draft.contact}
        maxLength={120}
        onType={(contact) => onType({ ...draft, contact })}
      />
    );
  }
  if (step === 2) {
    return (
      <SelectField
        label="Delivery"
        value={draft.delivery}
        options={deliveries.map((delivery) => ({ value: delivery, label: delivery }))}
        onChoose={(delivery) => onType({ ...draft, delivery })}
      />
    );
  }
  return (
    <p className="text-13 wrap-anywhere">
      {draft.delivery}, contact: <span className="font-medium">{draft.contact || "none"}</span>
    </p>
  );
}
