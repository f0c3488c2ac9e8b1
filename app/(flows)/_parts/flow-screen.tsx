"use client";

import { useState } from "react";
import type { FlowId } from "@/lib/core/ids.ts";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import { type LinkedChoice, useChoice } from "../../_browser/choice.ts";
import { heldBy, shownVariant } from "../../_browser/flow-info.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { useFlowActs } from "../../_browser/use-flow-acts.ts";
import { LazyStrip } from "../../_copies/lazy-strip.tsx";
import { exchangeKey, personRequests } from "../../_exchanges/person-requests.ts";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import { FlowBar } from "./flow-bar.tsx";
import { FlowHeading } from "./flow-heading.tsx";
import type { FlowParts } from "./flow-parts.ts";
import { FurtherSections } from "./further-sections.tsx";
import { indexEntries } from "./index-entries.ts";
import { NowSection } from "./now-section.tsx";
import { PageIndex } from "./page-index.tsx";
import { useBrowserThen } from "./use-browser-then.ts";

type FlowScreenProps = {
  readonly flowId: FlowId;
  readonly linked: LinkedChoice;
} & Pick<FlowParts, "claimed" | "source" | "settingRows">;

/**
 * The page of one flow. The first screen has what happened: result, verdict strip, panes, sequence and lines. The rest
 * stands below, behind an index that stays in sight.
 */
export function FlowScreen({ flowId, linked, ...given }: FlowScreenProps) {
  const lab = useLab();
  const choice = useChoice(lab, linked);
  const acting = useFlowActs(lab, choice);
  const flow = lab.flows.find(({ id }) => id === flowId);
  if (!flow) return null;
  const own = lab.copies && { ...lab.copies, copies: lab.copies.copies.filter((copy) => copy.flow === flow.id) };
  return (
    <div data-flow={flow.id} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <LabNotices lab={lab} />
      {lab.view ? (
        <FlowInFull flow={flow} view={lab.view} lab={lab} choice={choice} acting={acting} copies={own} {...given} />
      ) : (
        <PageTitle>{flow.title}</PageTitle>
      )}
    </div>
  );
}

function FlowInFull({ copies, ...parts }: FlowParts & { readonly copies: CopiesView | null }) {
  const { flow, view, lab, choice, claimed, source, settingRows } = parts;
  const [pinned, setPinned] = useState<string | null>(null);
  const exchanges = lab.exchanges.filter((exchange) => exchange.flow === flow.id);
  // The page also requests the list of logins. The latest exchange is the latest one that the person caused.
  const caused = personRequests(exchanges);
  const [newest] = caused;
  const picked = exchanges.find((exchange) => exchangeKey(exchange) === pinned) ?? newest;
  const onPick = (exchange: typeof newest) =>
    // Follows the newest exchange. An older one stays until the person picks another.
    setPinned(!exchange || exchange === newest ? null : exchangeKey(exchange));
  const browser = useBrowserThen(flow, view, newest);
  const before = picked && caused[caused.indexOf(picked) + 1];
  const heldAfter = (exchange: typeof newest) => exchange && browser.get(exchangeKey(exchange))?.credentials;
  const then =
    picked && picked !== newest
      ? { exchange: picked, browser: heldAfter(picked), browserBefore: heldAfter(before) }
      : null;
  const entries = indexEntries({
    held: heldBy(view, flow),
    variant: shownVariant(view, flow, choice.picked[flow.id]),
    claims: claimed.claims,
    settings: view.settings,
    settingRows,
    source,
    exchanges: exchanges.length,
  });
  return (
    <>
      <section aria-label="Login" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <FlowBar {...parts} off={then ? "An older exchange is shown. Go back to now to act." : undefined} />
        <FlowHeading {...parts} copies={copies} />
      </section>
      {copies && <LazyStrip copies={copies} flows={lab.flows} away={lab.stream === "lost" || lab.problem !== null} />}
      <PageIndex
        entries={entries}
        belowStrip={copies !== null && copies.copies.length > 0}
        exchanges={caused}
        shown={picked}
        isNow={then === null}
        onShow={onPick}
      />
      <NowSection {...parts} picked={picked} exchanges={exchanges} then={then} />
      <FurtherSections {...parts} picked={picked} exchanges={exchanges} onPick={onPick} />
    </>
  );
}
