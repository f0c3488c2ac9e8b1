"use client";

import { ClockPill, LabPill } from "../_components/pills.tsx";
import { useLab } from "./lab-provider.tsx";

export function LabPills() {
  const { view } = useLab();
  if (!view) return null;
  return (
    <>
      <LabPill view={view} />
      <ClockPill view={view} />
    </>
  );
}
