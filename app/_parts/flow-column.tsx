import Link from "next/link";
import type { VariantId } from "@/lib/core/ids.ts";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { FlowActions } from "../_account/flow-actions.tsx";
import type { FlowActs, Verb } from "../_browser/flow-acts.ts";
import { type FlowInfo, heldBy, ruledBy, shownVariant, variantsOf } from "../_browser/flow-info.ts";
import { CopiesLine } from "../_copies/copies-line.tsx";
import { newestPersonRequest } from "../_exchanges/person-requests.ts";
import { lastSent } from "../_exchanges/set-cookie.ts";
import { BrowserPane } from "../_panes/browser-pane.tsx";
import { LoginState } from "../_panes/login-state.tsx";
import { ServerPane } from "../_panes/server-pane.tsx";
import { WirePane } from "../_panes/wire-pane.tsx";
import { VariantMenu } from "../_settings/variant-menu.tsx";
import { CardFrame } from "../_ui/card.tsx";
import { FlowIcon } from "../_ui/flow-icon.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

export type FlowColumnProps = {
  readonly flow: FlowInfo;
  readonly view: LabView;
  readonly copies: CopiesView | null;
  /** This flow's exchanges, newest first. */
  readonly exchanges: readonly Exchange[];
  /** The stream of exchanges is live, so the page has seen all exchanges that the server keeps. */
  readonly watching: boolean;
  readonly picked: VariantId | undefined;
  readonly onPick: (variant: VariantId) => void;
  readonly renewing: boolean;
  /** The server did not answer the last time. */
  readonly away: boolean;
  readonly busy: Verb | undefined;
  readonly outcome: Outcome | undefined;
  readonly acts: FlowActs;
  /** The flow's own page, with the choices made here. */
  readonly href: string;
};

/** One flow on the dashboard: its login, and its three panes. */
export function FlowColumn(props: FlowColumnProps) {
  const { flow, view, copies, exchanges, watching, picked, onPick, renewing, away, busy, outcome, acts, href } = props;
  const held = heldBy(view, flow);
  const chosen = shownVariant(view, flow, picked);
  const rules = ruledBy(view, flow, picked);
  const sent = lastSent(flow, held.credentials, exchanges);
  const pane = "border-t border-line px-3.5 pt-2.25 pb-3";
  return (
    <CardFrame label={flow.title} flow={flow.id} padding="none">
      <div className="px-3.5 pt-2.5 pb-2.5">
        <div className="flex items-center gap-2">
          <FlowIcon flow={flow.id} />
          <h2 className="text-15 font-semibold tracking-[-0.01em]">
            <Link href={href} prefetch={false} className="rounded-sm hover:underline hover:underline-offset-4">
              {flow.title}
            </Link>
          </h2>
          {chosen && <VariantMenu flow={flow} variants={variantsOf(view, flow)} chosen={chosen} onChoose={onPick} />}
        </div>
        <LoginState flow={flow} held={held} people={view.people} variant={rules} renewing={renewing} away={away} />
        {copies && <CopiesLine copies={copies} flow={flow.id} />}
        {rules && chosen && rules.id !== chosen.id && (
          <p className="mt-1 text-xs text-dim">
            logged in with {rules.title}; the next login gets {chosen.title}
          </p>
        )}
      </div>
      <BrowserPane flow={flow} held={held} sent={sent} className={pane} />
      <WirePane
        flow={flow}
        held={held}
        sent={sent}
        choice={view.settings.cookies}
        watching={watching}
        last={newestPersonRequest(exchanges)}
        className={pane}
      />
      <ServerPane flow={flow} held={held} variant={rules} className={pane} />
      <div className="border-t border-line px-3.5 py-2.5">
        <FlowActions flow={flow} held={held} variant={rules} busy={busy} acts={acts} />
        <OutcomeLine outcome={outcome} />
      </div>
    </CardFrame>
  );
}
