/**
 * CORS for pages of other origins that hold a bearer token themselves: an allow-list, and never with
 * credentials of the browser's own (ASVS 3.4.2).
 */
export function corsHeaders(allowedOrigins: readonly string[], request: Request): readonly [string, string][] {
  const origin = request.headers.get("origin");
  if (!origin || !allowedOrigins.includes(origin)) return [];
  return [
    ["access-control-allow-origin", origin],
    ["access-control-allow-headers", "authorization, content-type"],
    ["access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE"],
    // What a refusal says beside its body, and a script is not shown unless told (Fetch §3.3.5).
    ["access-control-expose-headers", "Retry-After, WWW-Authenticate, Allow"],
    ["access-control-max-age", "600"],
  ];
}
