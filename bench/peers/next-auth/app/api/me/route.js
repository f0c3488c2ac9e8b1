import { getServerSession } from "next-auth";
import { options } from "../../../options.js";

export async function GET() {
  const session = await getServerSession(options);
  return session
    ? Response.json({ user: session.user, expiresAt: session.expires })
    : new Response(null, { status: 401 });
}
