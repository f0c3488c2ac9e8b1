import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { milliseconds } from "../_ui/format-time.ts";
import { Moment } from "../_ui/lab-time.tsx";
import { EmptyNote } from "../_ui/pane.tsx";
import { StatusWords } from "../_ui/status-words.tsx";
import { exchangeKey } from "./person-requests.ts";
import { requestName } from "./request-name.ts";

type ExchangePickerProps = {
  /** Newest first. */
  readonly exchanges: readonly Exchange[];
  readonly picked: Exchange | undefined;
  readonly onPick: (exchange: Exchange) => void;
};

/** A flow's exchanges. The panes show the picked one. */
export function ExchangePicker({ exchanges, picked, onPick }: ExchangePickerProps) {
  if (exchanges.length === 0) return <EmptyNote>No requests yet. Log in, and each request appears here.</EmptyNote>;
  return (
    <ul className="-mx-4 max-h-80 overflow-y-auto">
      {exchanges.map((exchange) => (
        <li key={exchangeKey(exchange)} className="border-t border-line">
          <button
            type="button"
            aria-current={exchange === picked ? "true" : undefined}
            onClick={() => onPick(exchange)}
            className="arrives grid w-full grid-cols-[4.25rem_minmax(0,1fr)_auto] items-baseline gap-x-2 px-4 py-1.25 text-left hover:bg-sunk focus-visible:-outline-offset-2 aria-[current]:bg-flow-ground"
          >
            <span className="font-mono text-xs text-dim">
              <Moment at={new Date(exchange.at).toISOString()} />
            </span>
            <span className="truncate font-mono text-xs">{requestName(exchange)}</span>
            <span title={`took ${milliseconds(exchange.took)}`}>
              <StatusWords status={exchange.response.status} code={exchange.code} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
