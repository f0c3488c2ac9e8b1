import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { type Instant, isInstant } from "../../core/time.ts";

/** A time or a duration from a row. Throws StoreUnavailable for one out of range: this application writes none. */
export function instantOf(column: bigint): Instant {
  const instant = Number(column);
  if (isInstant(instant)) return instant;
  throw new StoreUnavailable("sql", { cause: new RangeError(`A row holds ${column} where a time was stored`) });
}
