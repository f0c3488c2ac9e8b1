import Link from "next/link";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import { PaletteButton } from "../_palette/palette-button.tsx";
import { AllPages } from "./all-pages.tsx";
import { dashboard, entries, labPages } from "./header-pages.ts";
import { LabMenu } from "./lab-menu.tsx";
import { LabState } from "./lab-state.tsx";
import { type HeaderFlow, NavLinks } from "./nav-links.tsx";

/** The mark: a needle that moves. */
function Mark() {
  return (
    <svg
      viewBox="0 0 22 16"
      className="h-4 w-5.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      aria-hidden="true"
    >
      <path d="M1 8h4l2-6 4 12 3-9 1.5 3H21" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}

type AppHeaderProps = {
  readonly flows: readonly HeaderFlow[];
  /** The settings of a lab that changed none. The server sends them: their table is too large for every page. */
  readonly defaults: LabSettings;
};

/** One row: the pages on the left, the lab on the right. Without room for the row, one menu has both. */
export function AppHeader({ flows, defaults }: AppHeaderProps) {
  return (
    <header className="@container border-b border-line bg-panel">
      <a
        href="#main"
        className="sr-only focus-visible:not-sr-only focus-visible:absolute focus-visible:z-10 focus-visible:bg-panel focus-visible:p-2"
      >
        Skip to the content
      </a>
      <div className="mx-auto flex h-12 max-w-[105rem] items-center gap-x-4 px-4 sm:px-6 @header:gap-x-6 @[82rem]:gap-x-8">
        <Link
          href="/"
          prefetch={false}
          aria-label="loginscope"
          className="flex items-center gap-2 text-15 font-semibold tracking-[-0.01em]"
        >
          <Mark />
          <span className="@max-[21rem]:hidden">loginscope</span>
        </Link>
        <NavLinks flows={flows} first={dashboard} entries={entries} />
        <div className="ml-auto flex items-center gap-x-3 text-xs text-dim @header:gap-x-4">
          <LabState defaults={defaults} />
          <LabMenu defaults={defaults} own={labPages} pages={<AllPages flows={flows} />} find={<PaletteButton />} />
        </div>
      </div>
    </header>
  );
}
