"use client";

import { useState } from "react";
import type { Exchange, StepActor } from "@/lib/lab/feed/exchange.ts";
import { Button } from "../_ui/controls/button.tsx";
import { Pane } from "../_ui/pane.tsx";
import { CurlButton } from "./curl-button.tsx";
import { RequestLines, ResponseLines } from "./http-lines.tsx";
import { LazySequence } from "./lazy-sequence.tsx";

type DetailProps = {
  readonly exchange: Exchange;
  readonly usual: readonly StepActor[];
  readonly own: readonly string[];
};

/** The details of one exchange: request, response, and the steps of the server. */
export function ExchangeDetail({ exchange, usual, own }: DetailProps) {
  const [reveal, setReveal] = useState(false);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 bg-panel px-4 py-3 @4xl:grid-cols-[1fr_1fr_2fr]">
      <Pane title="Request" note={exchange.device}>
        <RequestLines exchange={exchange} reveal={reveal} own={own} />
        {exchange.unproved && (
          <p className="mt-2 text-xs text-dim">
            Not proved: it came with neither the lab cookie nor a credential that verified. Whoever knows the lab's
            public id can send it. Only the last ten are kept, apart from the others.
          </p>
        )}
        <div className="mt-2 flex flex-wrap gap-1.5">
          <Button onPress={() => setReveal(!reveal)}>{reveal ? "Mask credentials" : "Reveal credentials"}</Button>
          <CurlButton exchange={exchange} />
        </div>
      </Pane>
      <Pane title="Response">
        <ResponseLines exchange={exchange} reveal={reveal} own={own} />
      </Pane>
      <Pane title="What happened">
        <LazySequence exchange={exchange} usual={usual} own={own} />
      </Pane>
    </div>
  );
}
