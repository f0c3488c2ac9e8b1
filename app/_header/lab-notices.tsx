"use client";

import { Suspense } from "react";
import type { Lab } from "../_browser/lab-provider.tsx";
import { useBackNews } from "../_browser/life/use-back-news.ts";
import { useLabNews } from "../_browser/life/use-lab-news.ts";
import { NoLab } from "../_ui/no-lab.tsx";
import { AwayNotice } from "../_ui/notices.tsx";
import { onUse } from "../_ui/on-use.ts";

// A page does not fail for want of a notice.
const RareNotices = onUse(() =>
  import("./rare-notices.tsx").then(
    (part) => part.RareNotices,
    () => () => null,
  ),
);

/** Notices at the top of a page when there is a problem with the lab itself, or was until just now. */
export function LabNotices({ lab }: { lab: Lab }) {
  const { view, problem, cookieLost, labMode, reread } = lab;
  // Without the lab's cookie each answer is about another lab.
  const news = useLabNews(cookieLost ? null : view);
  const back = useBackNews(lab);
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
      {(cookieLost || news || back) && (
        <Suspense>
          <RareNotices lab={lab} news={news} back={back} />
        </Suspense>
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
