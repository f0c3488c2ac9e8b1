import type { Exchange } from "@/lib/lab/exchange.ts";

/** An exchange's own name: numbers begin anew with the server's process and with a lab that nobody watched for a while. */
export function exchangeKey({ id, at }: Exchange): string {
  return `${id} ${at}`;
}

/** What was told since then; `exchanges` in any order. */
export function exchangesSince(then: readonly Exchange[], exchanges: readonly Exchange[]): readonly Exchange[] {
  const before = new Set(then.map(exchangeKey));
  return exchanges.filter((exchange) => !before.has(exchangeKey(exchange)));
}

/** What a page asks by itself, and what the application asks inside: no news of what a person did. */
const byItself: ReadonlySet<string> = new Set(["sessions", "introspect"]);

/** The page asks for what is kept with a login by itself. */
function isDataRead({ action, request }: Exchange): boolean {
  return action === "data" && request.method === "GET";
}

/** The last thing that a person asked for. `exchanges` newest first. */
export function newestPersonRequest(exchanges: readonly Exchange[]): Exchange | undefined {
  return exchanges.find((exchange) => !byItself.has(exchange.action) && !isDataRead(exchange));
}
