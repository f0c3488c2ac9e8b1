"use client";

import { useLab } from "../_browser/lab-provider.tsx";
import { ClockPill, LabPill, SettingsPill } from "./pills.tsx";

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
