import { type NextRequest, NextResponse } from "next/server";
import { createRequestJar } from "./lib/http/request/cookie-jar.ts";
import { labCookie, labCookieOf } from "./lib/http/request/lab-cookie.ts";
import { mayStartLab } from "./lib/http/request/origin.ts";
import { inNoFrame } from "./lib/http/security-headers.ts";
import { isLabMode } from "./lib/server/process/lab-mode.ts";

/**
 * Pages only. A page cannot set cookies while it renders, so a visitor's lab cookie is minted here and
 * handed to the same render; and the CSP's nonce has to differ on every answer. Never an auth decision.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);

  const jar = createRequestJar(request.headers.get("cookie"));
  const minted = isLabMode(process.env) && labCookieOf(jar) === null && mayStartLab(request) ? randomCookie() : null;
  if (minted) {
    jar.set(labCookie.name, minted, labCookie);
    const cookies = request.headers.get("cookie");
    // In front: the first one of a name counts.
    headers.set("cookie", `${labCookie.name}=${minted}${cookies ? `; ${cookies}` : ""}`);
  }
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "no-store");
  for (const line of jar.setCookieLines()) response.headers.append("set-cookie", line);
  return response;
}

export const config = {
  // Every address but those of data and files, which are matched by their whole names. Also a page that is asked for ahead.
  matcher: [
    {
      source: "/((?!api/|\\.well-known/|_next/static/|icon\\.svg$|conformance\\.json$|robots\\.txt$|social\\.png$).*)",
    },
  ],
};

/** ASVS 3.4.3. Nothing is reported: there is nobody who would read it (ASVS 3.4.7). */
function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    // React's error overlay evaluates code while developing; nothing does in production.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    inNoFrame,
  ].join("; ");
}

/** 256 random bits. */
function randomCookie(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Buffer.from(bytes).toString("base64url");
}
