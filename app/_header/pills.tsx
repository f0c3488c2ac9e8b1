"use client";

import Link from "next/link";
import { duration, hour } from "@/lib/core/time.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { ShortId } from "../_ui/controls/copying.tsx";
import { clockTime, offset } from "../_ui/format-time.ts";
import { useLabNow, useZone } from "../_ui/lab-time.tsx";
import { numberWord } from "../_ui/number-words.ts";

const look =
  "inline-flex min-h-6.5 items-center gap-1.5 rounded-full border border-line px-2.75 text-xs whitespace-nowrap";

export function LabPill({ view }: { view: LabView }) {
  const { id, expiresAt } = view.lab;
  const count = view.people.length;
  return (
    <span
      className={look}
      title={expiresAt === null ? "This lab is permanent." : `This lab is private, and expires at ${expiresAt}.`}
    >
      Lab <ShortId id={id} what="Lab" keep={4} />
      <span className="max-sm:hidden">
        · {numberWord(count)} {count === 1 ? "person" : "people"}
      </span>
      <LabEnd view={view} />
    </span>
  );
}

/** In its last hour: how long the lab still lives. It ends on the system's clock, however far its own was moved. */
function LabEnd({ view }: { view: LabView }) {
  const now = useLabNow() - view.clock.offsetSeconds * 1000;
  const left = view.lab.expiresAt === null ? null : Date.parse(view.lab.expiresAt) - now;
  if (left === null || left > hour) return null;
  return (
    <span className="rounded bg-warn-ground px-1 text-warn">{left > 0 ? `ends in ${duration(left)}` : "ended"}</span>
  );
}

/** The lab's clock, which decides all lifetimes. */
export function ClockPill({ view }: { view: LabView }) {
  const now = useLabNow();
  const zone = useZone();
  const moved = view.clock.offsetSeconds;
  return (
    <span
      className={`${look} font-mono`}
      title={moved > 0 ? "The lab’s clock, and how far it was moved forward" : "The lab’s clock; it was not moved"}
    >
      <time dateTime={new Date(now).toISOString()}>{clockTime(now, now, zone)}</time>
      {moved > 0 && <span className="rounded bg-warn-ground px-1 text-warn">{offset(moved)}</span>}
    </span>
  );
}

/** Shown where the lab changed a setting. Names each one. */
export function SettingsPill({ changed, href }: { changed: readonly string[]; href: string }) {
  if (changed.length === 0) return null;
  return (
    <Link
      href={href}
      prefetch={false}
      className={`${look} border-warn/50 bg-warn-ground text-warn hover:border-warn`}
      title={`Changed in this lab: ${changed.join(", ")}`}
    >
      {changed.length} {changed.length === 1 ? "setting" : "settings"} changed
    </Link>
  );
}
