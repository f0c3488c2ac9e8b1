import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { Card } from "../_ui/card.tsx";
import { EmptyNote } from "../_ui/pane.tsx";
import { ScrollRegion } from "../_ui/scroll-region.tsx";
import { requestName } from "./request-name.ts";
import { SequenceDiagram } from "./sequence-diagram.tsx";
import { usuallyAsked } from "./sequence-layout.ts";

type WhatHappenedProps = {
  readonly flow: FlowInfo;
  readonly exchange: Exchange | undefined;
  /** All exchanges of this flow, newest first. Accepted ones show which ports the picked one did not call. */
  readonly exchanges: readonly Exchange[];
  readonly className: string;
};

/** The picked exchange, drawn from its trace. */
export function WhatHappened({ flow, exchange, exchanges, className }: WhatHappenedProps) {
  const note = exchange && `${requestName(exchange)}, drawn from its trace`;
  return (
    <Card title="What happened" label="What happened" note={note} className={className}>
      {exchange ? (
        <ScrollRegion
          label="The sequence"
          className="-mx-4 -mb-4 px-4 pb-4 @5xl:h-78 @5xl:overflow-y-auto focus-visible:-outline-offset-2"
        >
          <SequenceDiagram
            key={`${exchange.id} ${exchange.at}`}
            exchange={exchange}
            brief
            own={flow.cookies.map(({ name }) => name)}
            usual={usuallyAsked(exchange, exchanges)}
          />
        </ScrollRegion>
      ) : (
        <EmptyNote>Send a request to see it.</EmptyNote>
      )}
    </Card>
  );
}
