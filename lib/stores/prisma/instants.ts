import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { type Instant, isInstant } from "../../core/time.ts";

/** A time, or a duration, out of a row. One that no date can tell was written by nobody of us: then nobody knows who is logged in. */
export function instantOf(column: bigint): Instant {
  const instant = Number(column);
  if (isInstant(instant)) return instant;
  throw new StoreUnavailable("sql", { cause: new RangeError(`A row holds ${column} where a time was stored`) });
}
