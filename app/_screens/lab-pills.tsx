"use client";

import { ClockPill, LabPill, SettingsPill } from "../_components/pills.tsx";
import { useLab } from "./lab-provider.tsx";

export function LabPills() {
  const { view, flows } = useLab();
  if (!view) return null;
  return (
    <>
      <LabPill view={view} />
      <ClockPill view={view} />
      <SettingsPill settings={view.settings} href={`/${flows[0]?.id}#settings`} />
    </>
  );
}
