/** Plays the Server Action of the cross-site requests again, and compares with what was recorded. */

import { isDeepStrictEqual } from "node:util";
import recorded from "../../lib/features/attacks/csrf/recorded-action.json" with { type: "json" };
import { giveUp } from "../processes.ts";
import { playServerAction } from "../record/play-server-action.ts";

const { next, senders } = await playServerAction();
if (!isDeepStrictEqual({ next, senders }, { next: recorded.next, senders: recorded.senders })) {
  console.error("Recorded:", recorded.senders, "\nPlayed:", senders);
  giveUp(`A Server Action of Next.js ${next} answers something else than was recorded with ${recorded.next}.`);
}
console.log(`  ✓ ${senders.length} senders, in Next.js ${next}`);
