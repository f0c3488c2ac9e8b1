import { useEffect, useState } from "react";
import type { MatrixRun } from "@/lib/lab/played-cells.ts";

/** The duration of the run in milliseconds, counted while it runs. */
export function useElapsed(run: MatrixRun | null): number {
  const [now, setNow] = useState(0);
  const isPlaying = run?.state === "playing";
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isPlaying]);
  return run ? Math.max(0, (run.endedAt ?? now) - run.beganAt) : 0;
}
