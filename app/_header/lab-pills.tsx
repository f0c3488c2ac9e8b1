"use client";

import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import { useLab } from "../_browser/lab-provider.tsx";
import { ClockPill, LabPill, SettingsPill } from "./pills.tsx";

/** `defaults`: the settings of a lab that changed none. The server sends them: their table is too large for every page. */
export function LabPills({ defaults }: { defaults: LabSettings }) {
  const { view, flows } = useLab();
  if (!view) return null;
  return (
    <>
      <LabPill view={view} />
      <ClockPill view={view} />
      <SettingsPill changed={changedPaths(defaults, view.settings)} href={`/${flows[0]?.id}#settings`} />
    </>
  );
}

/** The paths of the settings that differ, such as `cookies.path`. */
function changedPaths(defaults: object, settings: object): readonly string[] {
  return Object.entries(defaults).flatMap(([name, value]) => {
    const found: unknown = Reflect.get(settings, name);
    if (value === null || typeof value !== "object") return found === value ? [] : [name];
    return changedPaths(value, Object(found)).map((path) => `${name}.${path}`);
  });
}
