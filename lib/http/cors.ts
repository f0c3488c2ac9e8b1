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
    ["access-control-max-age", "600"],
  ];
}
