/**
 * On every answer, API, pages and refusals at the socket alike (ASVS 3.4.1, 3.4.4, 3.4.5, 3.4.6, 3.4.8, 3.5.8). `production`:
 * a browser that was once told to use https would refuse http on this host name for a year, also to whoever develops there.
 */
export function securityHeaders({ production }: { readonly production: boolean }): Readonly<Record<string, string>> {
  return {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    ...(production && { "Strict-Transport-Security": "max-age=31536000" }),
  };
}

/** No page of another origin, and none of this one, shows an answer in a frame (ASVS 3.4.6). */
export const inNoFrame = "frame-ancestors 'none'";

/** Data is never run as a page (ASVS 3.2.1). */
export const dataPolicy = `default-src 'none'; ${inNoFrame}`;
