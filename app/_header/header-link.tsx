"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isShown } from "./is-shown.ts";

type HeaderLinkProps = {
  readonly href: string;
  readonly look: keyof typeof looks;
  readonly children: ReactNode;
};

const looks = {
  bar: "relative inline-flex h-12 items-center focus-visible:-outline-offset-4 whitespace-nowrap text-dim hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink",
  row: "relative flex min-h-8 items-start gap-x-2 rounded-control px-2 py-1.5 hover:bg-sunk aria-[current]:bg-sunk aria-[current]:font-semibold",
};

/** A link of the header. It marks the current page, and shows that its page is loading. */
export function HeaderLink({ href, look, children }: HeaderLinkProps) {
  const path = usePathname();
  const [page = ""] = href.split("#");
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isShown(href, path) ? "page" : undefined}
      className={looks[look]}
      onClick={({ currentTarget }) => {
        // A menu closes when the next page has come. A link to a part of this page brings none.
        if (page === path) currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
      }}
    >
      {children}
      <Pending />
    </Link>
  );
}

/** A loading bar under the link to a page that is loading. */
function Pending() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden="true"
      className={`absolute inset-x-2 bottom-0.5 h-0.5 rounded bg-ink transition-opacity delay-100 ${pending ? "pulses opacity-100" : "opacity-0"}`}
    />
  );
}
