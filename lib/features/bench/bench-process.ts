import type { ReadsBy, RoundTrips } from "./model.ts";

/** What the bench asks of the process that it measures. */
export type BenchProcess = {
  /** How it reads rows by SQL. */
  readonly reads: ReadsBy;
  /** CPU that the process has used so far, its threads included, in microseconds. */
  cpu(): number;
  /** Microseconds spent in requests to other parts of this application since the last call. */
  takeInner(): number;
  /** What these requests asked of SQL and Redis in all. */
  countTrips(work: () => Promise<void>): Promise<RoundTrips>;
  /** Logins in `work` do not compute the hash of a password that was right before. */
  quickly<T>(work: () => Promise<T>): Promise<T>;
};
