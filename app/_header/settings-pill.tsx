"use client";

import Link from "next/link";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import { unusualSettings } from "@/lib/lab/settings/setting-paths.ts";
import { pillLook } from "./pills.tsx";

/** Shown where the lab changed a setting. Names each one. */
export function SettingsPill({ settings, href }: { settings: LabSettings; href: string }) {
  const unusual = unusualSettings(settings);
  if (unusual.length === 0) return null;
  return (
    <Link
      href={href}
      prefetch={false}
      className={`${pillLook} border-warn/50 bg-warn-ground text-warn hover:border-warn`}
      title={`Changed in this lab: ${unusual.join(", ")}`}
    >
      {unusual.length} {unusual.length === 1 ? "setting" : "settings"} changed
    </Link>
  );
}
