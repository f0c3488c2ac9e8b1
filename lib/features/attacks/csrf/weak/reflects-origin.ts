/**
 * The mistake: CORS that takes any origin that asks, with credentials. A page of that origin then reads what this browser
 * is answered, a token too, and sends any header after a preflight (Fetch §3.2).
 */
export function reflectingOrigin(request: Request, answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("access-control-allow-origin", request.headers.get("origin") ?? "*");
  headers.set("access-control-allow-credentials", "true");
  if (request.method === "OPTIONS") {
    headers.set("access-control-allow-methods", "POST");
    headers.set("access-control-allow-headers", request.headers.get("access-control-request-headers") ?? "");
  }
  return new Response(answer.body, { status: answer.status, headers });
}

/** The answer at the address from which alice's page gets its token. The weak edge answers it to whoever asks with her session. */
export function tokenAnswer(token: string): Response {
  return Response.json({ token }, { headers: { "cache-control": "no-store" } });
}
