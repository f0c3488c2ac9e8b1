"use client";

import { lazy, Suspense } from "react";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import { useLab } from "../_browser/lab-provider.tsx";
import { ClockPill, LabPill } from "./pills.tsx";

// It brings the table of settings, which most labs never show.
const SettingsPill = lazy(async () => ({ default: (await import("./settings-pill.tsx")).SettingsPill }));

/** `usual`: the settings of a lab that chose none. */
export function LabPills({ usual }: { usual: LabSettings }) {
  const { view, flows } = useLab();
  if (!view) return null;
  return (
    <>
      <LabPill view={view} />
      <ClockPill view={view} />
      {!isWithin(usual, view.settings) && (
        <Suspense>
          <SettingsPill settings={view.settings} href={`/${flows[0]?.id}#settings`} />
        </Suspense>
      )}
    </>
  );
}

/** Has `whole` every value of `part`, at the same place? */
function isWithin(part: object, whole: object): boolean {
  return Object.entries(part).every(([key, value]) => {
    const found: unknown = Reflect.get(whole, key);
    return value !== null && typeof value === "object" ? isWithin(value, Object(found)) : found === value;
  });
}
