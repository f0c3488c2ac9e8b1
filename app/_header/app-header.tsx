import Link from "next/link";
import type { ReactNode } from "react";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { LookSwitches } from "../_ui/look-switches.tsx";
import { NavLinks } from "./nav-links.tsx";

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

type AppHeaderProps = { readonly flows: readonly Pick<FlowInfo, "id" | "title">[]; readonly children: ReactNode };

export function AppHeader({ flows, children }: AppHeaderProps) {
  return (
    <header className="border-b border-line bg-panel">
      <a
        href="#main"
        className="sr-only focus-visible:not-sr-only focus-visible:absolute focus-visible:z-10 focus-visible:bg-panel focus-visible:p-2"
      >
        Skip to the content
      </a>
      <div className="mx-auto flex max-w-[105rem] flex-wrap items-center gap-x-5 gap-y-1.5 px-4 py-2 sm:px-6 lg:min-h-13">
        <Link
          href="/"
          prefetch={false}
          className="flex items-center gap-2.25 text-base font-semibold tracking-[-0.02em]"
        >
          <Mark />
          loginscope
        </Link>
        <NavLinks flows={flows} />
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
          {children}
          <LookSwitches />
        </div>
      </div>
    </header>
  );
}
