import { connection } from "next/server";
import { application } from "@/lib/server/application.ts";
import { securityText } from "@/lib/server/security-text.ts";

/** RFC 9116 §3: plain text in UTF-8. `timeOrigin` is when the process started. */
export async function GET(): Promise<Response> {
  // Reads the environment on each request, not at build time.
  await connection();
  const text = securityText((await application()).env, performance.timeOrigin);
  if (text === null) return new Response(null, { status: 404 });
  return new Response(text, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
