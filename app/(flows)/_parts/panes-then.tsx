"use client";

import { useState } from "react";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { WireChip } from "../../_exchanges/wire-chip.tsx";
import { ServerPane } from "../../_panes/server-pane.tsx";
import { Segmented } from "../../_ui/controls/segmented.tsx";
import { EmptyNote, Pane } from "../../_ui/pane.tsx";
import { type CredentialThen, heldThen, type Then } from "./as-it-was.ts";

type PaneThenProps = { readonly then: Then; readonly className: string };

/** What the browser held after an older exchange. */
export function BrowserThenPane({ then: { browser }, className }: PaneThenProps) {
  return (
    <Pane title="Browser" note="after this exchange" className={className}>
      {browser === undefined && (
        <EmptyNote>This page did not look at the browser between this exchange and the next one.</EmptyNote>
      )}
      {browser?.length === 0 && <EmptyNote>This browser held no credential of this flow.</EmptyNote>}
      <ul className="grid gap-2">
        {browser?.map((credential) => (
          <Chip key={credential.name} credential={credential} />
        ))}
      </ul>
    </Pane>
  );
}

function Chip({ credential: { name, shown, over, inCookie } }: { credential: CredentialThen }) {
  return (
    <li className="font-mono text-xs">
      <span className={over ? "line-through" : ""}>
        <WireChip name={name} value={shown} />
      </span>
      <span className="ml-2 font-sans text-dim">{inCookie ? "in the cookie jar" : "kept by the page"}</span>
    </li>
  );
}

const moments = [
  { value: "before", label: "before", title: "As it was before this request" },
  { value: "after", label: "after", title: "As it was after its answer" },
] as const;

type ServerThenProps = PaneThenProps & { readonly flow: FlowInfo; readonly variant: VariantView | undefined };

/** What the server held before an older exchange, and after it. */
export function ServerThenPane({ then, flow, variant, className }: ServerThenProps) {
  const [moment, setMoment] = useState<"before" | "after">("after");
  const { held } = then.exchange;
  if (!held) {
    return (
      <Pane title="Server" className={className}>
        <EmptyNote>
          What the server held was not recorded: nobody read the stream, a store did not answer, or it was no request to
          this flow.
        </EmptyNote>
      </Pane>
    );
  }
  const choice = (
    <div className="mb-1.5">
      <Segmented
        legend="The server, before or after this exchange"
        options={moments}
        chosen={moment}
        onChoose={(value) => setMoment(value === "before" ? "before" : "after")}
      />
    </div>
  );
  return (
    <ServerPane
      flow={flow}
      held={heldThen(held[moment], moment === "after" ? then.browser : then.browserBefore)}
      variant={variant}
      others={4}
      full
      lead={choice}
      className={className}
    />
  );
}
