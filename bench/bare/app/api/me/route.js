// The JSON of `GET /api/<flow>/me`, and nothing that finds out whose it is.
const answer = {
  user: { id: "0c1d2e3f405162738495a6b7", username: "alice", displayName: "Alice", role: "user" },
  flow: "server-session",
  variant: "server-session/sql",
  issuedAt: "2026-01-01T00:00:00.000Z",
  expiresAt: "2026-01-01T08:00:00.000Z",
};

// Reads the request, so that the framework does not answer from its cache.
export async function GET(request) {
  return request.headers.has("x-nothing") ? new Response(null, { status: 404 }) : Response.json(answer);
}
