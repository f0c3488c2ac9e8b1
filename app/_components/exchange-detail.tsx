"use client";

import { useState } from "react";
import type { Exchange } from "@/lib/core/exchange.ts";
import { Button } from "./button.tsx";
import { RequestLines, ResponseLines } from "./http-lines.tsx";
import { Pane } from "./pane.tsx";
import { ServerSteps } from "./server-steps.tsx";

/** One exchange, opened: what went over the wire, and what the server did. */
export function ExchangeDetail({ exchange }: { exchange: Exchange }) {
  const [reveal, setReveal] = useState(false);
  return (
    <div className="grid gap-x-6 gap-y-3 bg-sunk px-4 py-3 @3xl:grid-cols-3">
      <Pane title="Request" note={exchange.device}>
        <RequestLines exchange={exchange} reveal={reveal} />
      </Pane>
      <Pane title="Response">
        <ResponseLines exchange={exchange} reveal={reveal} />
      </Pane>
      <Pane title="What the server did">
        <ServerSteps steps={exchange.steps} />
        <div className="mt-2">
          <Button onPress={() => setReveal(!reveal)}>{reveal ? "Mask credentials" : "Reveal credentials"}</Button>
        </div>
      </Pane>
    </div>
  );
}
