"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { Menu } from "../_ui/controls/menu.tsx";
import { FlowIcon } from "../_ui/flow-icon.tsx";
import { HeaderLink } from "./header-link.tsx";
import type { HeaderEntry, HeaderPage } from "./header-pages.ts";
import { isShown } from "./is-shown.ts";

export type HeaderFlow = Pick<FlowInfo, "id" | "title" | "trusts">;

type FlowsProps = { readonly flows: readonly HeaderFlow[] };

/** The server sends the entries: its answer has their words anyway. */
type NavLinksProps = FlowsProps & {
  readonly first: Pick<HeaderPage, "href" | "title">;
  readonly entries: readonly HeaderEntry[];
};

/** The header's entries in one row, each menu a popover of links. Popovers open without script. */
export function NavLinks({ flows, first, entries }: NavLinksProps) {
  const path = usePathname();
  return (
    <nav aria-label="Pages" className="hidden @header:block">
      <ul className="flex items-center gap-x-4.5 @[82rem]:gap-x-6">
        <li>
          <HeaderLink href={first.href} look="bar">
            {first.title}
          </HeaderLink>
        </li>
        <li>
          <NavMenu title="Flows" current={flows.some(({ id }) => path === `/${id}`)}>
            <FlowLinks flows={flows} />
          </NavMenu>
        </li>
        {entries.map((entry) => (
          <li key={entry.title}>
            <Entry entry={entry} path={path} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Entry({ entry, path }: { readonly entry: HeaderEntry; readonly path: string }) {
  if (!("pages" in entry)) {
    return (
      <HeaderLink href={entry.href} look="bar">
        {entry.title}
      </HeaderLink>
    );
  }
  return (
    <NavMenu title={entry.title} current={entry.pages.some(({ href }) => isShown(href, path))}>
      <PageLinks pages={entry.pages} />
    </NavMenu>
  );
}

type NavMenuProps = { readonly title: string; readonly current: boolean; readonly children: React.ReactNode };

function NavMenu({ title, current, children }: NavMenuProps) {
  return (
    <Menu button={title} look="nav" from="start" current={current}>
      <ClosesOnArrival>{children}</ClosesOnArrival>
    </Menu>
  );
}

/** Closes the menu around it when another page has come. Until then the followed link shows that it is loading. */
export function ClosesOnArrival({ children }: { readonly children: React.ReactNode }) {
  const path = usePathname();
  const inside = useRef<HTMLDivElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) inside.current?.closest<HTMLElement>("[popover]")?.hidePopover();
    shown.current = path;
  }, [path]);
  return <div ref={inside}>{children}</div>;
}

export function FlowLinks({ flows }: FlowsProps) {
  return (
    <ul>
      {flows.map(({ id, title, trusts }) => (
        <li key={id} data-flow={id}>
          <HeaderLink href={`/${id}`} look="row">
            <FlowIcon flow={id} className="mt-0.5 size-4" />
            <Described title={title} words={trusts} />
          </HeaderLink>
        </li>
      ))}
    </ul>
  );
}

export function PageLinks({ pages }: { readonly pages: readonly { href: string; title: string; words: string }[] }) {
  return (
    <ul>
      {pages.map(({ href, title, words }) => (
        <li key={href}>
          <HeaderLink href={href} look="row">
            <Described title={title} words={words} />
          </HeaderLink>
        </li>
      ))}
    </ul>
  );
}

function Described({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <span className="min-w-0">
      <span className="block font-medium">{title}</span>{" "}
      <span className="block text-xs font-normal text-dim in-[.brief]:hidden">{words}</span>
    </span>
  );
}
