"use client";

import ChevronRight from "lucide-react/icons/chevron-right";
import { useState } from "react";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { Button } from "../_ui/controls/button.tsx";
import { FlowIcon } from "../_ui/flow-icon.tsx";
import { milliseconds } from "../_ui/format-time.ts";
import { Moment } from "../_ui/lab-time.tsx";
import { EmptyNote } from "../_ui/pane.tsx";
import { StatusWords } from "../_ui/status-words.tsx";
import { ExchangeDetail } from "./exchange-detail.tsx";
import { exchangeKey } from "./person-requests.ts";
import { requestName } from "./request-name.ts";
import { usuallyAsked } from "./sequence-layout.ts";

type ExchangeListProps = {
  /** Newest first. */
  readonly exchanges: readonly Exchange[];
  readonly flows: readonly FlowInfo[];
  readonly atFirst?: number;
};

/** The exchanges of all flows as they happen. Each opens to show its headers and the server's steps. */
export function ExchangeList({ exchanges, flows, atFirst = 10 }: ExchangeListProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [shown, setShown] = useState(atFirst);
  if (exchanges.length === 0) return <EmptyNote>No requests yet. Log in, and each request appears here.</EmptyNote>;
  return (
    <>
      <ul className="-mx-4">
        {exchanges.slice(0, shown).map((exchange) => (
          <li
            key={exchangeKey(exchange)}
            data-flow={exchange.flow ?? undefined}
            className="border-t border-line first:border-0"
          >
            <Row
              exchange={exchange}
              title={flows.find((flow) => flow.id === exchange.flow)?.title}
              open={open === exchangeKey(exchange)}
              onToggle={() => setOpen(open === exchangeKey(exchange) ? null : exchangeKey(exchange))}
            />
            {open === exchangeKey(exchange) && (
              <ExchangeDetail
                exchange={exchange}
                usual={usuallyAsked(exchange, exchanges)}
                own={cookiesOf(flows, exchange)}
              />
            )}
          </li>
        ))}
      </ul>
      {exchanges.length > shown && (
        <div className="mt-2">
          <Button onPress={() => setShown(shown + 20)}>Show {Math.min(20, exchanges.length - shown)} older</Button>
        </div>
      )}
    </>
  );
}

/** The names of the cookies that carry the credentials of the exchange's flow. */
function cookiesOf(flows: readonly FlowInfo[], { flow }: Exchange): readonly string[] {
  return flows
    .filter(({ id }) => flow === null || id === flow)
    .flatMap(({ cookies }) => cookies.map(({ name }) => name));
}

/** The ports that the server called, in order of first call: `secrets · store ×2 · users`. */
function asked({ steps }: Exchange): string {
  const counts = new Map<string, number>();
  for (const { actor } of steps.filter((step) => step.actor !== "flow"))
    counts.set(actor, (counts.get(actor) ?? 0) + 1);
  return [...counts].map(([actor, count]) => (count === 1 ? actor : `${actor} ×${count}`)).join(" · ");
}

type RowProps = {
  readonly exchange: Exchange;
  readonly title: string | undefined;
  readonly open: boolean;
  readonly onToggle: () => void;
};

function Row({ exchange, title, open, onToggle }: RowProps) {
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className="arrives grid w-full grid-cols-[1rem_4.25rem_1fr_auto] items-center gap-x-2.5 px-4 py-1.25 text-left text-13 hover:bg-sunk @3xl:grid-cols-[1rem_4.25rem_14rem_13rem_13rem_4.5rem_minmax(0,1fr)]"
    >
      <ChevronRight className={`size-3.5 text-faint transition-transform ${open ? "rotate-90" : ""}`} aria-hidden />
      <span className="font-mono text-xs text-dim">
        <Moment at={new Date(exchange.at).toISOString()} />
      </span>
      <span className="hidden min-w-0 items-center gap-2 @3xl:flex">
        {exchange.flow !== null && <FlowIcon flow={exchange.flow} />}
        <span className="truncate">{title ?? "Lab"}</span>
        {title !== undefined && exchange.variant !== null && (
          <span className="truncate text-xs text-faint">{exchange.variant.split("/")[1]}</span>
        )}
      </span>
      <span className="flex min-w-0 items-center gap-2 truncate font-mono text-xs">
        <span className="@3xl:hidden">{exchange.flow !== null && <FlowIcon flow={exchange.flow} />}</span>
        {requestName(exchange)}
        {exchange.unproved && <span className="font-sans text-2xs text-dim">not proved</span>}
      </span>
      <StatusWords status={exchange.response.status} code={exchange.code} />
      <span className="figures hidden text-right font-mono text-xs text-faint @3xl:inline">
        {milliseconds(exchange.took)}
      </span>
      <span className="hidden min-w-0 truncate pl-4 font-mono text-xs text-faint @3xl:inline">{asked(exchange)}</span>
    </button>
  );
}
