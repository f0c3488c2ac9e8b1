import { auth } from "../../../auth.js";

export async function GET(request) {
  const found = await auth.api.getSession({ headers: request.headers });
  return found
    ? Response.json({ user: found.user, expiresAt: found.session.expiresAt })
    : new Response(null, { status: 401 });
}
