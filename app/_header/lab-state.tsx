"use client";

import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { type Lab, useLab } from "../_browser/lab-provider.tsx";
import { clockTime, offset } from "../_ui/format-time.ts";
import { useLabNow, useZone } from "../_ui/lab-time.tsx";
import { HeaderMark } from "./header-mark.tsx";
import { useChangedSettings } from "./use-changed-settings.ts";

/**
 * Whether the page hears of the lab's events now, the lab's clock, and how many settings differ from `defaults`, those of
 * a lab that changed none.
 */
export function LabState({ defaults }: { readonly defaults: LabSettings }) {
  const { view, stream } = useLab();
  if (!view) return null;
  return (
    <>
      <Weaknesses on={view.weaknesses} />
      <ChangedSettings defaults={defaults} />
      <Live stream={stream} />
      <Clock view={view} />
    </>
  );
}

const states: Readonly<Record<Lab["stream"], { readonly words: string; readonly title: string }>> = {
  connecting: { words: "connecting", title: "The page is connecting to its server" },
  live: { words: "live", title: "The page hears at once what happens on the server" },
  lost: { words: "lost", title: "The connection is lost; the page tries again" },
};

function Live({ stream }: Pick<Lab, "stream">) {
  const { words, title } = states[stream];
  return (
    <span className="inline-flex items-center gap-1.5" title={title}>
      <span
        aria-hidden="true"
        className={`size-1.75 rounded-full ${stream === "live" ? "bg-accepted" : "border-[1.5px] border-warn pulses"}`}
      />
      {words}
    </span>
  );
}

/** The lab's clock, which decides all lifetimes. */
function Clock({ view }: { readonly view: LabView }) {
  const now = useLabNow();
  const zone = useZone();
  const moved = view.clock.offsetSeconds;
  return (
    <span
      className="inline-flex items-center gap-1.5 font-mono"
      title={moved > 0 ? "The lab’s clock, and how far it was moved forward" : "The lab’s clock; it was not moved"}
    >
      {/* It changes each second, in a box of its own size: nothing around it has to be laid out again. */}
      <time className="h-lh w-[8ch] contain-strict">{clockTime(now, now, zone)}</time>
      {moved > 0 && <span className="rounded bg-warn-ground px-1 text-warn max-sm:hidden">{offset(moved)}</span>}
    </span>
  );
}

/** While one is on, what a page shows is not how the flows are. */
function Weaknesses({ on }: { readonly on: readonly string[] }) {
  if (on.length === 0) return null;
  return (
    <HeaderMark
      href="/attacks"
      title={`On: ${on.join("; ")}`}
      look="inline-flex bg-refused-ground font-semibold text-refused"
    >
      {on.length} weakness{on.length > 1 && "es"} on
    </HeaderMark>
  );
}

/** Names each changed setting. In a narrow window the lab's menu has it. */
function ChangedSettings({ defaults }: { readonly defaults: LabSettings }) {
  const { changed, href } = useChangedSettings(defaults);
  if (changed.length === 0) return null;
  return (
    <HeaderMark
      href={href}
      title={`Changed: ${changed.join(", ")}`}
      look="hidden bg-warn-ground text-warn @header:inline-flex"
    >
      {changed.length} {changed.length === 1 ? "setting" : "settings"} changed
    </HeaderMark>
  );
}
