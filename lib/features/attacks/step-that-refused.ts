import type { Exchange } from "../../lab/feed/exchange.ts";

/** A step that refused says `INVALID_CREDENTIAL at signature`. The last one of the last exchange decided. */
export function stepThatRefused(exchanges: readonly Pick<Exchange, "steps">[]): string | null {
  const steps = exchanges.at(-1)?.steps ?? [];
  return steps.flatMap(({ found }) => found.split(" at ")[1] ?? []).at(-1) ?? null;
}
