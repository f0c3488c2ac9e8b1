"use client";

import { useState } from "react";
import { changeTo, type SettingPath, type SettingValue } from "@/lib/core/setting-paths.ts";
import { changeSettings } from "../_client/lab-calls.ts";
import { shownVariant } from "../_components/flow-info.ts";
import type { Outcome } from "../_components/outcome-line.tsx";
import { SettingsCard } from "../_components/settings-card.tsx";
import type { FlowParts } from "./flow-screen.tsx";
import { outcomeOf } from "./use-flow-acts.ts";

/** The settings of the lab, chosen where their effect is seen. */
export function SettingsScreen({ flow, view, choice, acting }: FlowParts) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  async function choose(values: readonly (readonly [SettingPath, SettingValue])[]): Promise<void> {
    setBusy(true);
    const answer = await acting.alone(() => changeSettings(changeTo(values)));
    setOutcome(outcomeOf("Settings", answer, () => "chosen, for the next login"));
    setBusy(false);
  }

  const place = { flow, variant: shownVariant(view, flow, choice.picked[flow.id]) };
  return (
    <SettingsCard
      place={place}
      settings={view.settings}
      busy={busy}
      outcome={outcome}
      onChoose={(values) => void choose(values)}
    />
  );
}
