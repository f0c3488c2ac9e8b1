import type { ReactNode } from "react";
import { useLab } from "../../_browser/lab-provider.tsx";
import { LabNotices } from "../../_header/lab-notices.tsx";

type FrameProps = {
  /** White from edge to edge: the rows are the page. */
  readonly isWhite?: boolean;
  readonly children: ReactNode;
};

/** The notices about the lab, and the attack once the lab is known. */
export function AttackFrame({ isWhite = false, children }: FrameProps) {
  const lab = useLab();
  if (!isWhite)
    return (
      <>
        <LabNotices lab={lab} />
        {lab.view && children}
      </>
    );
  return (
    <div className="-mt-4.5 -mb-8 min-h-[calc(100dvh-3rem-1px)] bg-panel pt-4.5 pb-8 shadow-[0_0_0_100vmax_var(--panel)] [clip-path:inset(0_-100vmax)]">
      <div className="grid gap-4 not-empty:mb-4">
        <LabNotices lab={lab} />
      </div>
      {lab.view && children}
    </div>
  );
}
