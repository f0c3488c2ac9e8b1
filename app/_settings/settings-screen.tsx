"use client";

import { useState } from "react";
import type { SettingValue } from "@/lib/lab/settings/setting.ts";
import type { SettingPath } from "@/lib/lab/settings/setting-paths.ts";
import { changeTo } from "@/lib/lab/settings/setting-values.ts";
import type { SettingWords } from "@/lib/lab/settings/setting-words.ts";
import { shownVariant } from "../_browser/flow-info.ts";
import type { FlowProps } from "../_browser/flow-props.ts";
import { changeSettings } from "../_browser/lab-calls.ts";
import { outcomeOf } from "../_browser/use-flow-acts.ts";
import type { Outcome } from "../_ui/outcome-line.tsx";
import { SettingsCard } from "./settings-card.tsx";

type SettingsScreenProps = FlowProps & { readonly settingRows: readonly SettingWords[] };

/** The settings of the lab, beside the flow that they affect. */
export function SettingsScreen({ flow, view, choice, acting, settingRows }: SettingsScreenProps) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  async function choose(values: readonly (readonly [SettingPath, SettingValue])[]): Promise<void> {
    setBusy(true);
    const { done, lost } = await acting.alone(() => changeSettings(changeTo(values)));
    setOutcome(outcomeOf("Settings", done, () => `chosen, for the next login${lost}`));
    setBusy(false);
  }

  return (
    <SettingsCard
      rows={settingRows}
      title={flow.title}
      variant={shownVariant(view, flow, choice.picked[flow.id])}
      settings={view.settings}
      busy={busy}
      outcome={outcome}
      onChoose={(values) => void choose(values)}
    />
  );
}
