"use client";

import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import { useId, useState } from "react";
import type { LifetimePreset } from "@/lib/core/time.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { PasswordField, PersonChoice, RememberChoice } from "../_account/choices.tsx";
import type { Chooser } from "../_browser/choice.ts";
import { Button } from "../_ui/controls/button.tsx";
import { Menu } from "../_ui/controls/menu.tsx";
import { SelectField } from "../_ui/controls/select.tsx";
import { numberWord } from "../_ui/number-words.ts";
import { PlugGroup } from "./plug-bar.tsx";

type WhoBarProps = {
  readonly view: LabView;
  readonly choice: Chooser;
  readonly flows: number;
  /** Logs in with every flow, and ends when all have answered. */
  readonly onLogin: () => Promise<unknown>;
  /** Logs the same person in on a phone. */
  readonly onPhone: () => Promise<void>;
  readonly onSend: () => Promise<unknown>;
  readonly onLifetimes: (preset: LifetimePreset) => void;
};

/** Who logs in, and how. */
export function WhoBar({ view, choice, flows, onLogin, onPhone, onSend, onLifetimes }: WhoBarProps) {
  const [busy, setBusy] = useState(false);
  const [onPhoneNow, setOnPhone] = useState(false);
  const count = numberWord(flows);
  const logInOnPhone = async () => {
    setOnPhone(true);
    await onPhone();
    setOnPhone(false);
  };
  const whileBusy = (act: () => Promise<unknown>) => async () => {
    setBusy(true);
    await act();
    setBusy(false);
  };
  return (
    <PlugGroup title="Who">
      <PersonChoice people={view.people} chosen={choice.person} onChoose={choice.choosePerson} />
      <Button kind="primary" size="plug" busy={busy} onPress={() => void whileBusy(onLogin)()}>
        {busy ? `Logging in with all ${count}…` : `Log in with all ${count}`}
      </Button>
      <Button size="plug" busy={onPhoneNow} onPress={() => void logInOnPhone()}>
        and on a phone
      </Button>
      <LoginOptions view={view} choice={choice} onLifetimes={onLifetimes} onSend={whileBusy(onSend)} />
    </PlugGroup>
  );
}

type LoginOptionsProps = Pick<WhoBarProps, "view" | "choice" | "onLifetimes"> & {
  readonly onSend: () => Promise<void>;
};

function LoginOptions({ view, choice, onLifetimes, onSend }: LoginOptionsProps) {
  const id = useId();
  return (
    <Menu
      look="icon"
      from="start"
      id={id}
      label="How to log in"
      button={<SlidersHorizontal className="size-4" aria-hidden />}
    >
      <div className="grid gap-2.5 p-2">
        <PasswordField password={choice.password} onType={choice.typePassword} grow />
        <RememberChoice remember={choice.remember} onChoose={choice.chooseRemember} />
        <LifetimeChoice settings={view.settings} onChoose={onLifetimes} />
        <Button onPress={() => void onSend()}>Send a request with each</Button>
      </div>
    </Menu>
  );
}

const presetWords: Readonly<Record<LifetimePreset, string>> = {
  standard: "standard",
  aal1: "NIST AAL1",
  aal2: "NIST AAL2",
  aal3: "NIST AAL3",
  seconds: "seconds",
};

type LifetimeChoiceProps = {
  readonly settings: Pick<LabView["settings"], "lifetimes" | "lifetimePresets">;
  readonly onChoose: (preset: LifetimePreset) => void;
};

function LifetimeChoice({ settings, onChoose }: LifetimeChoiceProps) {
  const choose = (name: string) => {
    const preset = settings.lifetimePresets.find((each) => each === name);
    if (preset) onChoose(preset);
  };
  return (
    <SelectField
      label="Lifetimes"
      place="beside"
      size="small"
      value={settings.lifetimes}
      options={settings.lifetimePresets.map((preset) => ({ value: preset, label: presetWords[preset] }))}
      onChoose={choose}
    />
  );
}
