"use client";

import ArrowLeft from "lucide-react/icons/arrow-left";
import ArrowRight from "lucide-react/icons/arrow-right";
import { useEffect, useState } from "react";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { exchangeKey } from "../../_exchanges/person-requests.ts";
import { requestName } from "../../_exchanges/request-name.ts";
import { Button, IconButton } from "../../_ui/controls/button.tsx";
import { Moment } from "../../_ui/lab-time.tsx";
import type { IndexEntry } from "./index-entries.ts";
import "./page-index.css";

type PageIndexProps = {
  readonly entries: readonly IndexEntry[];
  /** Directly below the verdict strip, without a gap. */
  readonly belowStrip: boolean;
  /** The exchanges to step through, newest first. */
  readonly exchanges: readonly Exchange[];
  readonly shown: Exchange | undefined;
  /** The panes show what is held now, and not what was held at an older exchange. */
  readonly isNow: boolean;
  /** `undefined`: goes back to now. */
  readonly onShow: (exchange: Exchange | undefined) => void;
};

/**
 * Stays at the upper edge of the window. It names what stands further down on this page and counts it; at its end two
 * arrows step through the exchanges.
 */
export function PageIndex({ entries, belowStrip, ...steps }: PageIndexProps) {
  const current = useSectionInView(entries.map(({ id }) => id).join(" "));
  return (
    <div className="page-index" data-below-strip={belowStrip || undefined}>
      <nav aria-label="On this page" className="page-index-places">
        {entries.map(({ id, title, count }) => (
          <a key={id} href={`#${id}`} aria-current={id === current ? "location" : undefined}>
            {title} {count !== undefined && <span className="figures">{count}</span>}
          </a>
        ))}
      </nav>
      <Stepper {...steps} />
    </div>
  );
}

function Stepper({ exchanges, shown, isNow, onShow }: Omit<PageIndexProps, "entries" | "belowStrip">) {
  const at = shown ? exchanges.findIndex((each) => exchangeKey(each) === exchangeKey(shown)) : -1;
  const [newer, older] = [exchanges[at - 1], at < 0 ? undefined : exchanges[at + 1]];
  return (
    <div className="page-index-step">
      {shown ? (
        <>
          <IconButton label="Older exchange" onPress={() => older && onShow(older)} unavailable={!older}>
            <ArrowLeft className="size-4" aria-hidden />
          </IconButton>
          <span className="min-w-0 truncate font-mono text-xs">
            {!isNow && <span className="font-sans font-semibold">as it was, </span>}
            <Moment at={new Date(shown.at).toISOString()} /> {requestName(shown)}
          </span>
          <IconButton label="Newer exchange" onPress={() => newer && onShow(newer)} unavailable={!newer}>
            <ArrowRight className="size-4" aria-hidden />
          </IconButton>
          {isNow ? (
            <span className="text-xs whitespace-nowrap text-dim">{placeWords(at, exchanges.length)}</span>
          ) : (
            <Button onPress={() => onShow(undefined)}>Back to now</Button>
          )}
        </>
      ) : (
        <span className="text-xs text-dim">no exchange yet</span>
      )}
    </div>
  );
}

function placeWords(at: number, all: number): string {
  return at < 0 ? "" : `the last of ${all}`;
}

/** The section that a reader looks at: the one in the address while that is in sight, else the first one below the index. */
function useSectionInView(ids: string): string {
  const [first = ""] = ids.split(" ");
  const [current, setCurrent] = useState(first);
  useEffect(() => {
    const sections = ids.split(" ").flatMap((id) => document.getElementById(id) ?? []);
    const inView = new Set<Element>();
    const look = () => {
      const asked = sections.find(({ id }) => location.hash === `#${id}`);
      const isAbove = sections.every((section) => section.getBoundingClientRect().top > 0);
      const seen = asked && (inView.has(asked) || isAtEnd()) ? asked : sections.find((section) => inView.has(section));
      if (seen) setCurrent(seen.id);
      else if (isAbove) setCurrent(first);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inView.add(target);
          else inView.delete(target);
        }
        look();
      },
      // A band below the index: the first section in it is the one that is read.
      { rootMargin: "-15% 0px -60% 0px" },
    );
    for (const section of sections) observer.observe(section);
    addEventListener("hashchange", look);
    return () => {
      observer.disconnect();
      removeEventListener("hashchange", look);
    };
  }, [ids, first]);
  return current;
}

/** The last sections of a page cannot be scrolled up to the index. */
function isAtEnd(): boolean {
  return scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
}
