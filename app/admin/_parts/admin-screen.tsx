"use client";

import { useEffect, useEffectEvent } from "react";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { type Lab, useLab } from "../../_browser/lab-provider.tsx";
import { adminPrincipal, type RequestPrincipal } from "../../_browser/request-principal.ts";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { OutcomeLine } from "../../_ui/outcome-line.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import { AdminLogin } from "./admin-login.tsx";
import { CountsCard } from "./counts-card.tsx";
import { PersonCard } from "./person-card.tsx";
import { UnlistedCard } from "./unlisted-card.tsx";
import { useAdmin } from "./use-admin.ts";
import { useAdminActs } from "./use-admin-acts.ts";

/** The server writes an event shortly after its answer, so the page waits before it reads. */
const settle = 200;

/** The people of this lab and their live logins, for an admin of the lab. */
export function AdminScreen() {
  const lab = useLab();
  const { view } = lab;
  return (
    <>
      <LabNotices lab={lab} />
      <PageTitle
        lead={
          <>
            See the people of this lab and their live logins, and end these logins. An access token without a record
            cannot be ended: it lives until its exp.
          </>
        }
      >
        Admin
      </PageTitle>
      {view && <People lab={lab} view={view} />}
    </>
  );
}

function People({ lab, view }: { lab: Lab; view: LabView }) {
  const principal = adminPrincipal(view, lab.flows);
  const reading = useAdmin(principal ? { username: principal.user.username, withToken: principal.withToken } : null);
  const acting = useAdminActs(lab, reading.reread);
  useRereadOnChange(lab, reading.reread);
  if (!principal) return <AdminLogin lab={lab} view={view} acting={acting} />;

  const { pages, counts, problem } = reading;
  const people = pages.flatMap((page) => page.people);
  const last = pages.at(-1);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 @4xl:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <ReadAs principal={principal} />
        {problem && (
          <Card title="Not up to date" label="Refused">
            <p className="text-13">
              <span className="font-mono font-semibold text-refused">{problem.code}</span> {problem.detail}
            </p>
          </Card>
        )}
        <OutcomeLine outcome={acting.outcome} className="empty:hidden -mt-2" />
        <div className="-mb-4 gap-4 *:mb-4 *:break-inside-avoid @6xl:columns-2">
          {people.map((person) => (
            <PersonCard
              key={person.id}
              person={person}
              flows={lab.flows}
              busy={acting.busy}
              acts={acting.on(person, principal.withToken)}
            />
          ))}
        </div>
        {reading.more && (
          <div>
            <Button onPress={reading.older}>Show more people</Button>
          </div>
        )}
      </div>
      <aside className="grid grid-cols-[minmax(0,1fr)] gap-4" aria-label="Counts and limits">
        <CountsCard counts={counts} flows={lab.flows} />
        {last && <UnlistedCard cannotList={last.cannotList} unanswered={last.unanswered} flows={lab.flows} />}
      </aside>
    </div>
  );
}

function ReadAs({ principal }: { principal: RequestPrincipal }) {
  return (
    <p className="text-13 text-dim">
      Read as <span className="font-medium text-ink">{principal.user.username}</span>, by{" "}
      {principal.withToken ? "the access token" : "the cookies"} of this browser.
    </p>
  );
}

/** Reads the page again after each exchange and each move of the clock, because a login may have begun or ended. */
function useRereadOnChange(lab: Lab, reread: () => Promise<unknown>): void {
  const newest = lab.exchanges[0];
  const moved = lab.view?.clock.offsetSeconds;
  const ask = useEffectEvent(() => void reread().catch(() => undefined));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new exchange or a moved clock is the reason to read again; the read itself uses neither
  useEffect(() => {
    const timer = setTimeout(() => ask(), settle);
    return () => clearTimeout(timer);
  }, [newest, moved]);
}
