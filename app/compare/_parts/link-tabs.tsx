"use client";

import Link from "next/link";
import type { KeyboardEvent } from "react";

type LinkTabsProps = {
  readonly label: string;
  /** The id of the panel that the chosen tab shows. */
  readonly panel: string;
  readonly chosen: string;
  readonly tabs: readonly {
    readonly id: string;
    readonly title: string;
    readonly result: string;
    readonly href: string;
  }[];
};

/** The place after a key, of so many; `null`: the key does not move. */
function placeAfter(key: string, at: number, of: number): number | null {
  if (key === "ArrowRight") return (at + 1) % of;
  if (key === "ArrowLeft") return (at - 1 + of) % of;
  if (key === "Home") return 0;
  return key === "End" ? of - 1 : null;
}

/**
 * Tabs that are links, so they work without script (WAI-ARIA Authoring Practices, tabs pattern with manual activation):
 * the arrow keys, Home and End move, Enter and the space bar choose. Each tab says its own result.
 */
export function LinkTabs({ label, panel, chosen, tabs }: LinkTabsProps) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
    const at = all.findIndex((tab) => tab.matches(":focus"));
    if (at < 0) return;
    if (event.key === " ") {
      event.preventDefault();
      all[at]?.click();
      return;
    }
    const next = placeAfter(event.key, at, all.length);
    if (next === null) return;
    event.preventDefault();
    all[next]?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="compare-tabs" onKeyDown={move}>
      {tabs.map(({ id, title, result, href }) => (
        <Link
          key={id}
          id={`tab-${id}`}
          role="tab"
          href={href}
          scroll={false}
          prefetch={false}
          aria-selected={id === chosen}
          aria-controls={id === chosen ? panel : undefined}
          tabIndex={id === chosen ? 0 : -1}
        >
          <b>{title}</b> <small>{result}</small>
        </Link>
      ))}
    </div>
  );
}
