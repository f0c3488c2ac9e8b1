import type { IncomingMessage } from "node:http";
import type { RefusalCode } from "../../core/refusal.ts";

/** Why a request goes no further than the socket. */
export type Objection = { readonly code: RefusalCode; readonly detail?: string };

/** What Next.js would answer with a fault of its own, or not at all. `null`: the request may go on. */
export function objectionTo({ method, url = "" }: IncomingMessage): Objection | null {
  if (method === "TRACE") return { code: "METHOD_NOT_ALLOWED" };
  try {
    decodeURIComponent(url.split("?")[0] ?? "");
    return null;
  } catch {
    return { code: "BAD_REQUEST", detail: "The address is not percent-encoded UTF-8." };
  }
}
