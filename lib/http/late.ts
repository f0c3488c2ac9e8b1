import { setTimeout as sleep } from "node:timers/promises";
import { type Duration, second } from "../core/time.ts";

/**
 * `Loginscope-Late: <milliseconds>` on a request, in lab mode: it is done at once, and its answer is held back for so
 * long. So a page can play an answer that arrives after that of a later request. The answer says so by the same header.
 */
export const lateHeader = "loginscope-late";

const longest = 3 * second;

/** 0: its answer is not held back. */
export function lateness(request: Request, labMode: boolean): Duration {
  const asked = Number(labMode ? request.headers.get(lateHeader) : 0);
  return Number.isFinite(asked) ? Math.min(Math.max(0, Math.floor(asked)), longest) : 0;
}

/** Ends early if the client is gone. */
export async function holdBack(request: Request, milliseconds: Duration): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: request.signal }).catch(() => {});
}
