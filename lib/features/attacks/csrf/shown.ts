import { randomBytes } from "node:crypto";
import type { FlowId } from "../../../core/ids.ts";
import type { SenderOrigins } from "../hosts/model.ts";
import { csrfCases, notPlayed } from "./cases.ts";
import { verdictsOf } from "./judge.ts";
import type { ActionPlay, CsrfPlay, CsrfShown, JudgedPlay } from "./model.ts";
import action from "./recorded-action.json" with { type: "json" };
import { atHosts, recordedInFirefox, recordedPlay } from "./recorded-play.ts";
import { csrfTold, defencesTold } from "./told.ts";

/** What the page shows before anything is played in its lab. Among the defences is one that is weak on purpose, so lab mode alone loads this. */
export function csrfShown(origins: SenderOrigins, flows: readonly FlowId[]): CsrfShown {
  const told = Object.fromEntries(flows.map((flow) => [flow, csrfTold(origins, flow)]));
  return {
    told,
    notPlayed,
    defences: defencesTold(),
    action: action satisfies ActionPlay,
    recorded: [recordedPlay, recordedInFirefox].map((play) => judged(play, origins)),
  };
}

/** A play of the repository, with the names of this server's hosts, judged by the defences as they are now. */
function judged(recorded: CsrfPlay, origins: SenderOrigins): JudgedPlay {
  const play = atHosts(recorded, origins);
  const verdicts = verdictsOf(play, () => randomBytes(16).toString("base64url"));
  return { ...play, verdicts, done: play.cases.length >= csrfCases.length };
}
