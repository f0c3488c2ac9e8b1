import type { IncomingMessage, ServerResponse } from "node:http";
import { dataPolicy, securityHeaders } from "../../http/security-headers.ts";
import { isData } from "./framework-forms.ts";

const onEveryAnswer = Object.entries(securityHeaders({ production: process.env.NODE_ENV === "production" }));

/**
 * Sets what every answer has, before Next.js sees the request, so its own answers have it as well. Data has its policy
 * too; that of a page names a nonce, and `proxy.ts` adds it. The same rules as `headers` in `next.config.ts` would cost
 * each request a comparison with each of their patterns.
 */
export function setAnswerHeaders({ url = "" }: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of onEveryAnswer) response.setHeader(name, value);
  if (isData(url.split("?")[0] ?? "")) response.setHeader("Content-Security-Policy", dataPolicy);
}
