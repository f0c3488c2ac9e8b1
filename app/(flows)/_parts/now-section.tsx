import { heldBy, ruledBy } from "../../_browser/flow-info.ts";
import { lastSent } from "../../_exchanges/set-cookie.ts";
import { WhatHappened } from "../../_exchanges/what-happened.tsx";
import type { Then } from "./as-it-was.ts";
import type { FlowParts, ShownExchange } from "./flow-parts.ts";
import { LinesThatActed } from "./lines-that-acted.tsx";
import { ThreePanes } from "./three-panes.tsx";

type NowProps = FlowParts & ShownExchange & { readonly then: Then | null };

/** On a wide page the two parts have one height, so that another exchange moves nothing. */
const besides = "@5xl:h-88 @5xl:overflow-y-auto";

/** One exchange in three parts: the panes, the sequence, and the lines that acted. */
export function NowSection({ flow, view, lab, choice, source, picked, exchanges, then }: NowProps) {
  const held = heldBy(view, flow);
  return (
    <div id="now" className="grid scroll-mt-16 grid-cols-[minmax(0,1fr)] gap-4">
      <ThreePanes
        flow={flow}
        held={held}
        variant={ruledBy(view, flow, choice.picked[flow.id])}
        exchange={picked}
        then={then}
        sent={lastSent(flow, held.credentials, exchanges)}
        choice={view.settings.cookies}
        watching={lab.stream === "live"}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 @5xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
        <WhatHappened flow={flow} exchange={picked} exchanges={exchanges} className="@5xl:h-88" />
        <LinesThatActed files={source.own} exchange={picked} className={besides} />
      </div>
    </div>
  );
}
