import type { Strictness } from "@/lib/core/settings.ts";
import type { PlayedTheft, SenderTold, TheftPlay } from "@/lib/features/attacks/theft/model.ts";
import { capital, numberWord } from "../../../_ui/number-words.ts";
import type { StolenCredential } from "./stolen.ts";

/** The result: what happened in ink, who got in as an alarm, and a line below. */
export type TheftHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

type Shown = {
  readonly credential: StolenCredential;
  readonly binding: Strictness;
  readonly senders: readonly SenderTold[];
  readonly play: TheftPlay | null;
};

export function headingOf({ credential, binding, senders, play }: Shown): TheftHeading {
  if (play === null) {
    const below =
      "Thieves send it, and alice’s own phone from another network. Each does so with real requests to a lab of its own; the lab gives the addresses.";
    return { calm: `A copy of alice’s ${credential.name} is in other hands.`, alarm: "", below };
  }
  if (!play.tried) return { calm: "The attack could not be tried.", alarm: "", below: play.why };
  const cells = play.played.filter((each) => each.credential === credential.kind && each.binding === binding);
  const whoIs = (who: SenderTold["who"]) => cells.filter(({ sender }) => isOf(senders, sender, who));
  const falseAlarm = whoIs("owner").some(({ answer }) => answer.code !== null)
    ? " When alice changes networks she is refused as a thief is: a false alarm."
    : "";
  const below = `First checked: alice gets in from home, and a client without a credential does not.${falseAlarm}`;
  return { ...verdictOf(whoIs("thief"), credential, binding), below };
}

function verdictOf(thieves: readonly PlayedTheft[], { isBound }: StolenCredential, binding: Strictness) {
  const inside = thieves.filter(({ answer }) => answer.code === null);
  const refused = thieves.length - inside.length;
  if (refused === 0) return { calm: whyAllGetIn(isBound, binding), alarm: "a copy gets in from anywhere." };
  const calm = `${capital(numberWord(refused))} of ${numberWord(thieves.length)} thieves are refused.`;
  if (inside.length === 0) return { calm, alarm: "" };
  const isAlike = inside.every(({ sender }) => sender === "alike");
  return { calm, alarm: isAlike ? "The one who looks like alice gets in." : `${inside.length} get in.` };
}

function whyAllGetIn(isBound: boolean, binding: Strictness): string {
  if (!isBound) return "No record is asked, so nothing is bound:";
  return binding === "warn" ? "alice is warned, and" : "Bound to nothing,";
}

function isOf(senders: readonly SenderTold[], id: string, who: SenderTold["who"]): boolean {
  return senders.some((each) => each.id === id && each.who === who);
}
