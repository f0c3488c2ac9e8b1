"use client";

import { useEffect, useEffectEvent } from "react";
import type { AuditView } from "@/lib/lab/lab-view.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";
import { EventTable } from "./event-table.tsx";
import { useAudit } from "./use-audit.ts";

/** The server writes an event shortly after its answer, so the page waits before it reads. */
const settle = 200;

/** The events of this lab, updated in every open tab as they happen. */
export function AuditScreen({ first }: { first: AuditView | null }) {
  const lab = useLab();
  const audit = useAudit(first);
  const newest = lab.exchanges[0];
  const reread = useEffectEvent(() => void audit.reread());
  useEffect(() => {
    if (!newest) return undefined;
    const timer = setTimeout(() => reread(), settle);
    return () => clearTimeout(timer);
  }, [newest]);

  const events = audit.pages.flatMap((page) => page.events);
  return (
    <>
      <LabNotices lab={lab} />
      <PageTitle
        lead={
          <>
            Every login, refresh, logout and revocation in this lab, and what was refused, as an operator sees it. No
            event contains a credential, a password or a name that nobody has.
          </>
        }
      >
        Audit
      </PageTitle>
      {lab.labMode && (
        <Card title="Events" note={audit.problem ? `not up to date: ${audit.problem.detail}` : undefined}>
          {events.length === 0 ? (
            <EmptyNote>No events yet. Each login, refresh, logout and revocation is written down here.</EmptyNote>
          ) : (
            <EventTable events={events} flows={lab.flows} />
          )}
          {audit.more && (
            <div className="mt-3">
              <Button onPress={audit.older}>Show older</Button>
            </div>
          )}
        </Card>
      )}
    </>
  );
}
