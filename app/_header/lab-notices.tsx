"use client";

import type { Lab } from "../_browser/lab-provider.tsx";
import { useLabNews } from "../_browser/life/use-lab-news.ts";
import { NoLab } from "../_ui/no-lab.tsx";
import { AwayNotice, CookieLostNotice, NewLabNotice } from "../_ui/notices.tsx";

/** Notices at the top of a page when there is a problem with the lab itself. */
export function LabNotices({ lab }: { lab: Lab }) {
  const { view, problem, cookieLost, labMode, flows, reread } = lab;
  // Without the lab's cookie each answer is about another lab.
  const news = useLabNews(cookieLost ? null : view);
  if (!labMode) {
    return (
      <NoLab
        title="Lab mode is off"
        detail="Here the flows run as a plain reference implementation, over their HTTP interface. The pages need a lab: set LAB_MODE=on."
      />
    );
  }
  return (
    <>
      {cookieLost && <CookieLostNotice />}
      {news && (
        <NewLabNotice
          endedAt={news.endedAt}
          flows={flows.flatMap(({ id, title }) => (news.flows.includes(id) ? title : []))}
        />
      )}
      {view && problem && <AwayNotice since={view.clock.now} detail={problem.detail} />}
      {!view && (
        <NoLab
          title="This lab cannot be read"
          detail={`${problem?.detail ?? "The server could not read it."} The page keeps trying.`}
          onRetry={() => void reread()}
        />
      )}
    </>
  );
}
