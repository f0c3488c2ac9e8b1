import type { FixationPlay, PlayedFixation } from "@/lib/features/attacks/fixation/model.ts";

/** The result: what happened in ink, who got in as an alarm, and a line below. */
export type FixationHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `played`: the case that is shown. */
export function headingOf(play: FixationPlay | null, played: PlayedFixation | null): FixationHeading {
  if (play === null) {
    const below =
      "A thief who knows it before the login must know nothing after it (ASVS 7.2.4). Both windows send real requests to a lab of their own.";
    return { calm: "A session id is planted in alice’s browser, before she logs in.", alarm: "", below };
  }
  if (!play.tried) return { calm: "The attack could not be tried.", alarm: "", below: play.why };
  const below =
    "First checked: the planted id was not alice’s before, and alice gets in with her own id after her login.";
  if (played?.thief.code === null) {
    return { calm: "The login keeps the id that came in:", alarm: `the thief is in as ${played.thief.as}.`, below };
  }
  const calm = played?.keeps
    ? "The login would keep an id that came in, and this one is not genuine."
    : "The login gives alice a new id, and the planted one leads nowhere.";
  return { calm, alarm: "", below };
}
