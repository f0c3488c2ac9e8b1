import {
  type PlayedWalk,
  type ResidueEnd,
  type ResiduePlay,
  residueDefences,
  verdictOf,
  type WayTold,
} from "@/lib/features/attacks/residue/model.ts";
import { capital } from "../../../_ui/number-words.ts";
import { endWords, sourceWords } from "./residue-words.ts";

/** The result: what happened in ink, what is still shown as an alarm, and a line below. */
export type ResidueHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `walks`: those of one end and flow, one a defence. */
export function headingOf(
  play: Pick<ResiduePlay, "restores" | "prefetches">,
  walks: readonly PlayedWalk[],
  { id, subject }: Pick<WayTold, "id" | "subject">,
  end: ResidueEnd,
): ResidueHeading {
  const verdicts = new Map(walks.map((walk) => [walk.defence, verdictOf(play, id, walk)] as const));
  const open = verdicts.get("none");
  const { after } = endWords[end];
  if (!open || open.outcome === "untried") {
    const below = "This browser has nothing of that kind, or was told not to.";
    return { calm: `${capital(subject)} could not be tried.`, alarm: "", below };
  }
  if (open.outcome === "cannot") {
    const below =
      id === "tab" ? "Each tab has a login of its own." : "Without a cookie the server writes no balance into a page.";
    return { calm: `${after} there is no such page.`, alarm: "", below };
  }
  if (open.outcome === "refused") {
    return { calm: `${after} ${subject} shows nothing.`, alarm: "", below: `It is refused: ${open.code}.` };
  }
  const defences = residueDefences.filter((each) => each !== "none");
  const ending = defences.filter((each) => verdicts.get(each)?.outcome === "refused").length;
  const source = walks.find(({ defence }) => defence === "none")?.seen[id]?.source;
  const below = `It comes ${source ? sourceWords[source] : ""}, and the server is not asked. ${ending} of ${defences.length} defences end it.`;
  return { calm: after, alarm: `${subject} still shows alice’s balance.`, below };
}

/** When and where what is shown was played. `isLive`: in this lab, now. */
export function playedLine({ playedAt, browser, walks }: ResiduePlay, isLive: boolean): string {
  const played = isLive
    ? `Played here, in ${browser}`
    : `Played at ${playedAt.slice(0, 16).replace("T", " ")} UTC, in ${browser}`;
  return isLive
    ? `${played}: ${walks.length} logins, each ended once.`
    : `${played}. Playing logs alice in here, and out again.`;
}
