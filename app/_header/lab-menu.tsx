"use client";

import MenuIcon from "lucide-react/icons/menu";
import { type ReactNode, Suspense, useState } from "react";
import { duration, hour } from "@/lib/core/time.ts";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import type { Problem } from "../_browser/api.ts";
import { resetLab } from "../_browser/lab-calls.ts";
import { useLab } from "../_browser/lab-provider.tsx";
import { ShortId } from "../_ui/controls/copying.tsx";
import { Menu } from "../_ui/controls/menu.tsx";
import { clockTime } from "../_ui/format-time.ts";
import { useLabTime, useZone } from "../_ui/lab-time.tsx";
import { LookSwitches } from "../_ui/look-switches.tsx";
import { shortened } from "../_ui/mask.ts";
import { numberWord } from "../_ui/number-words.ts";
import { onUse } from "../_ui/on-use.ts";
import type { HeaderPage } from "./header-pages.ts";
import { ClosesOnArrival, PageLinks } from "./nav-links.tsx";
import { useChangedSettings } from "./use-changed-settings.ts";

// On demand: few visits reset a lab.
const ResetDialog = onUse(() => import("./reset-dialog.tsx").then((part) => part.ResetDialog));

type LabMenuProps = {
  /** The settings of a lab that changed none. */
  readonly defaults: LabSettings;
  /** The pages that belong to the lab. */
  readonly own: readonly HeaderPage[];
  /** The links to all pages, for a window that has no room for them in a row. */
  readonly pages: ReactNode;
  /** The line that opens the palette. */
  readonly find: ReactNode;
};

/** The menu of the lab: its settings, audit and people, the look of the pages, and its reset. */
export function LabMenu({ defaults, own, pages, find }: LabMenuProps) {
  const { view, flows } = useLab();
  const [isAsking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const reset = async () => {
    setRefused(null);
    const answer = await resetLab();
    // A new lab has a new cookie, which comes with a page.
    if (answer.ok) window.location.assign(window.location.pathname);
    else setRefused(answer);
  };
  const body = <Body defaults={defaults} own={own} find={find} onReset={() => setAsking(true)} />;
  return (
    <>
      <span className="hidden @header:block">
        <Menu button={view ? <LabName view={view} /> : "Menu"} look="small">
          {body}
        </Menu>
      </span>
      <span className="@header:hidden">
        <Menu button={<MenuIcon className="size-5 text-ink" aria-hidden />} look="icon" label="Menu">
          {pages}
          <hr className="my-1.5 border-line" />
          {body}
        </Menu>
      </span>
      {isAsking && view && (
        <Suspense>
          <ResetDialog view={view} flows={flows} onReset={() => void reset()} onClose={() => setAsking(false)} />
        </Suspense>
      )}
      {refused && (
        <p
          role="alert"
          className="absolute inset-x-0 top-12 z-10 bg-refused-ground px-4 py-1.5 text-13 text-ink sm:px-6"
        >
          The lab was not reset: <span className="font-mono font-semibold text-refused">{refused.code}</span>{" "}
          {refused.detail}
        </p>
      )}
    </>
  );
}

/** In the lab's last hour: how long it still lives. It ends on the system's clock, however far its own was moved. */
function LabName({ view }: { readonly view: LabView }) {
  const ends = useSystemTime(view, (now) => {
    const left = Date.parse(view.lab.expiresAt ?? "") - now;
    // A lab without an end is in no last hour.
    if (!(left <= hour)) return null;
    return left > 0 ? `ends in ${duration(left)}` : "ended";
  });
  if (ends === null) {
    return (
      <span>
        Lab <span className="font-mono">{shortened(view.lab.id, 4)}</span>
      </span>
    );
  }
  return <span className="rounded bg-warn-ground px-1 text-warn">Lab {ends}</span>;
}

/** What follows the system's clock, as this lab's clock tells it: drawn anew when this value changes. */
function useSystemTime({ clock }: LabView, select: (now: number) => string | null): string | null {
  return useLabTime((now) => select(now - clock.offsetSeconds * 1000));
}

function Body({
  defaults,
  own,
  find,
  onReset,
}: Pick<LabMenuProps, "defaults" | "own" | "find"> & { readonly onReset: () => void }) {
  const { view } = useLab();
  const { changed, href } = useChangedSettings(defaults);
  const words =
    changed.length === 0 ? "Cookies, lifetimes, bindings: none changed" : `${changed.length} changed in this lab`;
  return (
    <ClosesOnArrival>
      {view && <About view={view} />}
      <nav aria-label="Lab">
        <PageLinks pages={[...(view ? [{ href, title: "Settings", words }] : []), ...own]} />
      </nav>
      <hr className="my-1.5 border-line" />
      {find}
      <LookSwitches />
      {view && (
        <>
          <hr className="my-1.5 border-line" />
          <button
            type="button"
            className="flex min-h-8 w-full items-center rounded-control px-2 py-1 text-left font-medium hover:bg-sunk"
            onClick={({ currentTarget }) => {
              currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
              onReset();
            }}
          >
            Reset lab
          </button>
        </>
      )}
    </ClosesOnArrival>
  );
}

function About({ view }: { readonly view: LabView }) {
  const { id, expiresAt } = view.lab;
  const count = view.people.length;
  const zone = useZone();
  const ends = useSystemTime(view, (now) => expiresAt && clockTime(Date.parse(expiresAt), now, zone));
  return (
    <p className="px-2 py-1.5 text-xs text-dim">
      <span className="block text-13 font-semibold text-ink">
        Lab <ShortId id={id} what="Lab" keep={4} />
      </span>
      {numberWord(count)} {count === 1 ? "person" : "people"},{" "}
      {expiresAt === null ? (
        "permanent"
      ) : (
        <>
          private, ends <time dateTime={expiresAt}>{ends}</time>
        </>
      )}
    </p>
  );
}
