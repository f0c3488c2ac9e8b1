import {
  namings,
  type PlayedTossing,
  type TossedRequest,
  type TossingPlay,
} from "@/lib/features/attacks/tossing/model.ts";
import { outcomeOf } from "./outcome-of.ts";

/** The result: what happened in ink, what succeeds as an alarm, and a line below. */
export type TossingHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `request`: alice's own request that is shown; `null`: it was not played. */
export function headingOf(naming: PlayedTossing["naming"], request: TossedRequest | null): TossingHeading {
  if (!request) {
    const below = "A window of a sibling subdomain plants a cookie, and alice’s own page then asks who she is.";
    return { calm: "A sibling subdomain sets cookies for alice’s browser.", alarm: "", below };
  }
  const { first, own, sent } = request;
  const title = namings.find(({ id }) => id === naming)?.title ?? "";
  const below =
    "First checked: alice gets in as herself. The thief’s cookie is that of a real login of his own. Each request is judged by an edge at which the first cookie counts and by the flow’s own.";
  if (outcomeOf(own).isAlarm)
    return { calm: "Even at the flow’s own edge", alarm: "alice is in the thief’s account.", below };
  if (outcomeOf(first).isAlarm) {
    return { calm: "Where the first cookie counts,", alarm: "alice is in the thief’s account.", below };
  }
  if (sent.includes("thief")) return { calm: "The planted cookie arrives, and does not count.", alarm: "", below };
  const calm = sent.includes("alice")
    ? `The browser takes no such cookie${naming === "host" ? ` named ${title}` : ""}.`
    : "alice’s cookie is gone, and nothing took its place.";
  return { calm, alarm: "", below };
}

/** When and where what is shown was played. `isLive`: in this lab, now. */
export function playedLine({ playedAt, browser, played }: TossingPlay, isLive: boolean): string {
  const cases = played.filter(({ way }) => way !== "own").length;
  if (cases === 0) return "Not played yet.";
  return isLive
    ? `Played here, in ${browser}: ${cases} cases, each in every flow.`
    : `Played at ${playedAt.slice(0, 16).replace("T", " ")} UTC, in ${browser}. Playing logs alice in here, and out again.`;
}
