import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { RequestLines, ResponseLines } from "../_exchanges/http-lines.tsx";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { milliseconds } from "../_ui/format-time.ts";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";
import { EmptyNote } from "../_ui/pane.tsx";

type GatewayCardProps = {
  /** Why no request can be sent through the gateway now. */
  readonly unavailable: string | undefined;
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  /** The exchange from this browser to the gateway, and the one from the gateway to the service. */
  readonly outer: Exchange | undefined;
  readonly inner: Exchange | undefined;
  readonly reveal: boolean;
  readonly onSend: () => void;
  readonly onReveal: () => void;
};

/** One request through the gateway: it arrives with a session id and goes on with a token in its place. */
export function GatewayCard(props: GatewayCardProps) {
  const { unavailable, busy, outcome, outer, inner, reveal, onSend, onReveal } = props;
  return (
    <Card title="Through the gateway" label="Through the gateway" note="a session outside, a token inside">
      <div className="flex flex-wrap items-center gap-1.5">
        <Button onPress={onSend} busy={busy} unavailable={unavailable}>
          Fetch orders
        </Button>
        <Button onPress={onReveal} unavailable={outer ? undefined : "No request has gone through it yet."}>
          {reveal ? "Mask credentials" : "Reveal credentials"}
        </Button>
      </div>
      {unavailable !== undefined && <p className="mt-2 text-xs text-dim">{unavailable}</p>}
      <OutcomeLine outcome={outcome} />
      <div className="@container mt-3">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 @xl:grid-cols-2">
          <Leg title="Outside: browser to gateway" exchange={outer} reveal={reveal} />
          <Leg title="Inside: gateway to service" exchange={inner} reveal={reveal} />
        </div>
      </div>
    </Card>
  );
}

type LegProps = { readonly title: string; readonly exchange: Exchange | undefined; readonly reveal: boolean };

function Leg({ title, exchange, reveal }: LegProps) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1.5 flex flex-wrap items-baseline gap-x-3 text-2xs font-semibold tracking-[0.07em] text-faint uppercase">
        {title}
        {exchange && (
          <span className="figures ml-auto font-normal tracking-normal text-dim normal-case">
            {milliseconds(exchange.took)}
          </span>
        )}
      </h3>
      {exchange ? (
        <div className="grid gap-2">
          <RequestLines exchange={exchange} reveal={reveal} />
          <ResponseLines exchange={exchange} reveal={reveal} />
        </div>
      ) : (
        <EmptyNote>No request seen yet.</EmptyNote>
      )}
    </section>
  );
}
