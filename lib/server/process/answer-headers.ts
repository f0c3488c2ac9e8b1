import type { IncomingMessage, ServerResponse } from "node:http";
import { dataPolicy, securityHeaders } from "../../http/security-headers.ts";
import { hasSlashTooMany, isData } from "./framework-forms.ts";

const onEveryAnswer = Object.entries(securityHeaders({ production: process.env.NODE_ENV === "production" }));

/**
 * Sets what every answer has, before Next.js sees the request, so its own answers have it as well. Data has its policy
 * too; that of a page names a nonce, and `proxy.ts` adds it. The same rules as `headers` in `next.config.ts` would cost
 * each request a comparison with each of their patterns.
 */
export function setAnswerHeaders({ url = "" }: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of onEveryAnswer) response.setHeader(name, value);
  const path = url.split("?")[0] ?? "";
  if (isData(path)) response.setHeader("Content-Security-Policy", dataPolicy);
  // The redirect has the new address as its text, and Next.js does not say that it is text.
  else if (hasSlashTooMany(path)) response.setHeader("Content-Type", "text/plain; charset=utf-8");
}
