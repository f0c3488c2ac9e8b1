"use client";

import { memo, useState } from "react";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { SettingValue } from "@/lib/lab/settings/setting.ts";
import type { SettingPath } from "@/lib/lab/settings/setting-paths.ts";
import { changeTo } from "@/lib/lab/settings/setting-values.ts";
import type { SettingWords } from "@/lib/lab/settings/setting-words.ts";
import { changeSettings } from "../_browser/lab-calls.ts";
import { type FlowActing, outcomeOf } from "../_browser/use-flow-acts.ts";
import type { Outcome } from "../_ui/outcome-line.tsx";
import { SettingsCard } from "./settings-card.tsx";

type SettingsScreenProps = {
  readonly rows: readonly SettingWords[];
  /** The flow’s title. */
  readonly title: string;
  readonly variant: VariantView;
  readonly settings: LabSettings;
  readonly alone: FlowActing["alone"];
};

/** The settings of the lab, beside the flow that they affect. */
export const SettingsScreen = memo(function SettingsScreen({ alone, ...shown }: SettingsScreenProps) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  async function choose(values: readonly (readonly [SettingPath, SettingValue])[]): Promise<void> {
    setBusy(true);
    const { done, each } = await alone(() => changeSettings(changeTo(values)));
    setOutcome({ ...outcomeOf("Settings", done, () => "chosen, for the next login"), each });
    setBusy(false);
  }

  return <SettingsCard {...shown} busy={busy} outcome={outcome} onChoose={(values) => void choose(values)} />;
});
