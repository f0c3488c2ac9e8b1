/** `node scripts/record/record-server-action.ts`: asks a Server Action of the installed Next.js, and keeps what it answers. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "../processes.ts";
import { playServerAction } from "./play-server-action.ts";

const play = await playServerAction();
writeFileSync(join(project, "lib/features/attacks/csrf/recorded-action.json"), `${JSON.stringify(play, null, 2)}\n`);
console.log(play.senders);
