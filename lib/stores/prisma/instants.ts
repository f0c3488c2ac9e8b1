import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { type Instant, isInstant } from "../../core/time.ts";

/** A time or a duration from a row. With one out of range, which this application never writes, nobody knows who is logged in. */
export function instantOf(column: bigint): Instant {
  const instant = Number(column);
  if (isInstant(instant)) return instant;
  throw new StoreUnavailable("sql", { cause: new RangeError(`A row holds ${column} where a time was stored`) });
}
