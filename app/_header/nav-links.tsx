"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { FlowIcon } from "../_ui/flow-icon.tsx";

/** The other pages that the header links to. */
const pages = [
  { href: "/who-still-gets-in", title: "Who still gets in?" },
  { href: "/compare", title: "Compare" },
  { href: "/refresh-bench", title: "Refresh bench" },
  { href: "/cookies", title: "Cookie laboratory" },
  { href: "/conformance", title: "Conformance" },
  { href: "/audit", title: "Audit" },
  { href: "/admin", title: "Admin" },
] as const;

/** Links to the dashboard, the flows and the instruments. The cookie laboratory links to `/vanished`. */
export function NavLinks({ flows }: { flows: readonly Pick<FlowInfo, "id" | "title">[] }) {
  const path = usePathname();
  return (
    <nav aria-label="Pages" className="relative -mx-1 min-w-0 overflow-x-auto">
      <ul className="flex items-center gap-x-1 whitespace-nowrap">
        <li>
          <NavLink href="/" current={path === "/"}>
            Dashboard
          </NavLink>
        </li>
        {flows.map(({ id, title }) => (
          <li key={id} data-flow={id}>
            <NavLink href={`/${id}`} current={path === `/${id}`}>
              <FlowIcon flow={id} className="size-3.5" />
              {title}
            </NavLink>
          </li>
        ))}
        {pages.map(({ href, title }) => (
          <li key={href}>
            <NavLink href={href} current={path === href || path.startsWith(`${href}/`)}>
              {title}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function NavLink({ href, current, children }: { href: string; current: boolean; children: React.ReactNode }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // On a narrow page the links scroll sideways, so the current link may be out of sight.
    const list = link.current?.closest("nav");
    if (!current || !link.current || !list) return;
    list.scrollLeft = link.current.offsetLeft + (link.current.offsetWidth - list.offsetWidth) / 2;
  }, [current]);
  return (
    <Link
      ref={link}
      href={href}
      prefetch={false}
      aria-current={current ? "page" : undefined}
      className="relative flex min-h-8 items-center gap-1.5 rounded-md px-2 text-dim hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink"
    >
      {children}
      <Pending />
    </Link>
  );
}

/** Shows a loading bar under the link to a page that is loading. */
function Pending() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden="true"
      className={`absolute inset-x-2 bottom-0.5 h-0.5 rounded bg-flow transition-opacity delay-100 ${pending ? "pulses opacity-100" : "opacity-0"}`}
    />
  );
}
