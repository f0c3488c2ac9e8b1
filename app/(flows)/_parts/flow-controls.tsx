"use client";

import { PasswordField, PersonChoice, RememberChoice } from "../../_account/choices.tsx";
import { FlowActions } from "../../_account/flow-actions.tsx";
import { heldBy, ruledBy } from "../../_browser/flow-info.ts";
import type { FlowProps } from "../../_browser/flow-props.ts";
import { OutcomeLine } from "../../_ui/outcome-line.tsx";

/** The person to log in, and the actions of this flow. */
export function FlowControls({ flow, view, choice, acting }: FlowProps) {
  const acts = acting.on(flow);
  return (
    <div className="mt-3 grid gap-2.5 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <PersonChoice people={view.people} chosen={choice.person} onChoose={choice.choosePerson} />
        <RememberChoice remember={choice.remember} onChoose={choice.chooseRemember} />
      </div>
      <PasswordField password={choice.password} onType={choice.typePassword} grow />
      <FlowActions
        flow={flow}
        held={heldBy(view, flow)}
        variant={ruledBy(view, flow, choice.picked[flow.id])}
        busy={acting.busy[flow.id]}
        acts={acts}
      />
      <OutcomeLine outcome={acting.outcomes[flow.id]} />
    </div>
  );
}
