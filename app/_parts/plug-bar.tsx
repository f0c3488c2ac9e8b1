"use client";

import { useId } from "react";
import type { LifetimePreset } from "@/lib/core/time.ts";
import type { LabView, PersonView } from "@/lib/lab/lab-view.ts";
import { scopes } from "../_account/flow-actions.tsx";
import type { RevokeScope } from "../_browser/flow-acts.ts";
import { CardFrame } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { Menu, MenuItem } from "../_ui/controls/menu.tsx";
import { SelectField } from "../_ui/controls/select.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

export type PlugActs = {
  readonly logout: () => void;
  readonly revoke: (scope: RevokeScope) => void;
  readonly changePassword: () => void;
  readonly changeRole: () => void;
  readonly changeDisabled: () => void;
  readonly rotateKeys: (overlap: boolean) => void;
  readonly restart: () => void;
  readonly advance: (seconds: number, words: string) => void;
  readonly chooseLifetimes: (preset: LifetimePreset) => void;
  readonly reset: () => void;
};

/** Why some of the plugs cannot be pulled now. */
export type PlugLimits = {
  readonly ending: string | undefined;
  readonly revoking: (scope: RevokeScope) => string | undefined;
  readonly password: string | undefined;
  readonly admin: string | undefined;
};

type PlugBarProps = {
  readonly person: PersonView | undefined;
  readonly limits: PlugLimits;
  readonly acts: PlugActs;
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly lifetimes: Pick<LabView["settings"], "lifetimes" | "lifetimePresets">;
};

/** Buttons for events that should end a login. Each acts on all flows at once. */
export function PlugBar({ person, limits, acts, busy, outcome, lifetimes }: PlugBarProps) {
  return (
    <CardFrame label="Pull a plug" padding="tight">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <h2 className="mr-1 font-semibold">Pull a plug</h2>
        <Button onPress={acts.logout} busy={busy} unavailable={limits.ending}>
          Log out
        </Button>
        {scopes.map(({ scope, label }) => (
          <Button key={scope} onPress={() => acts.revoke(scope)} busy={busy} unavailable={limits.revoking(scope)}>
            {label}
          </Button>
        ))}
        <Divider />
        <Button onPress={acts.changePassword} busy={busy} unavailable={limits.password}>
          Change password
        </Button>
        {person && <PersonPlugs person={person} limits={limits} acts={acts} busy={busy} />}
        <Divider />
        <RotateKeys onRotate={acts.rotateKeys} />
        <Button onPress={acts.restart} busy={busy}>
          Restart
        </Button>
        <Divider />
        <span className="text-xs text-dim">Clock</span>
        {clockMoves.map(({ words, seconds }) => (
          <Button key={words} onPress={() => acts.advance(seconds, words)} busy={busy}>
            {words}
          </Button>
        ))}
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-60">
          <OutcomeLine outcome={outcome} />
          {!outcome && (
            <p className="text-xs text-dim">
              {limits.ending === undefined
                ? "Pull a plug and see in each column whether the login still works."
                : "Log in first. Then pull a plug and see in each column whether the login still works."}
            </p>
          )}
        </div>
        <LifetimeChoice lifetimes={lifetimes} onChoose={acts.chooseLifetimes} />
        <Button onPress={acts.reset} busy={busy}>
          Reset lab
        </Button>
      </div>
    </CardFrame>
  );
}

const presetWords: Readonly<Record<LifetimePreset, string>> = {
  standard: "standard",
  aal1: "NIST AAL1",
  aal2: "NIST AAL2",
  aal3: "NIST AAL3",
  seconds: "seconds",
};

type LifetimeChoiceProps = Pick<PlugBarProps, "lifetimes"> & { readonly onChoose: PlugActs["chooseLifetimes"] };

function LifetimeChoice({ lifetimes, onChoose }: LifetimeChoiceProps) {
  const choose = (name: string) => {
    const preset = lifetimes.lifetimePresets.find((each) => each === name);
    if (preset) onChoose(preset);
  };
  return (
    <SelectField
      label="Lifetimes"
      place="beside"
      size="small"
      value={lifetimes.lifetimes}
      options={lifetimes.lifetimePresets.map((preset) => ({ value: preset, label: presetWords[preset] }))}
      onChoose={choose}
    />
  );
}

const clockMoves = [
  { words: "+1 min", seconds: 60 },
  { words: "+15 min", seconds: 15 * 60 },
  { words: "+8 h", seconds: 8 * 60 * 60 },
];

function PersonPlugs({
  person,
  limits,
  acts,
  busy,
}: Pick<PlugBarProps, "limits" | "acts" | "busy"> & { person: PersonView }) {
  return (
    <>
      <Button onPress={acts.changeRole} busy={busy} unavailable={limits.admin}>
        {person.role === "admin" ? "Lower" : "Raise"} {person.username}’s role
      </Button>
      <Button onPress={acts.changeDisabled} busy={busy} unavailable={limits.admin}>
        {person.disabled ? "Enable" : "Disable"} {person.username}
      </Button>
    </>
  );
}

function RotateKeys({ onRotate }: { onRotate: (overlap: boolean) => void }) {
  const id = useId();
  return (
    <Menu look="button" from="start" button="Rotate keys" id={id}>
      <MenuItem words="With overlap" onPress={() => onRotate(true)} closes={id}>
        New credentials get a new key. The old keys still verify, so all logins go on.
      </MenuItem>
      <MenuItem words="At once" onPress={() => onRotate(false)} closes={id}>
        Only the new key verifies. Credentials signed or sealed before are refused.
      </MenuItem>
    </Menu>
  );
}

function Divider() {
  return <span aria-hidden="true" className="mx-1 hidden h-5 w-px bg-line sm:block" />;
}
