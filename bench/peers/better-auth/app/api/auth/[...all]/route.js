import { toNextJsHandler } from "better-auth/next-js";
import { auth, migrated } from "../../../../auth.js";

const handlers = toNextJsHandler(auth);

export const GET = handlers.GET;

export async function POST(request) {
  await migrated();
  return handlers.POST(request);
}
