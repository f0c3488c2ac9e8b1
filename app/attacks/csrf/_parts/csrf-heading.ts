import type { CsrfTold, CsrfVerdict, JudgedPlay, PlayedCsrf } from "@/lib/features/attacks/csrf/model.ts";

/** The result: what happened in ink, what succeeds as an alarm, and a line below. */
export type CsrfHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `played` is `null`: this case was not reached. */
export function headingOf(
  { id, subject }: Pick<CsrfTold, "id" | "subject">,
  verdicts: Readonly<Record<string, CsrfVerdict>>,
  played: PlayedCsrf | null,
): CsrfHeading {
  if (!played) {
    const below = "A window of the attacker’s sends every case from alice’s browser. Each is kept as it arrived.";
    return { calm: `What does ${subject} make alice’s browser send?`, alarm: "", below };
  }
  const none = verdicts["none"];
  if (none?.outcome !== "succeeds" || !isSuccess(played.weak)) {
    return { calm: `The browser stops ${subject}.`, alarm: "", below: stoppedBelow(played) };
  }
  const does = /-login$/.test(id) ? "makes alice’s browser bob’s." : "spends alice’s coins.";
  const refusing = Object.entries(verdicts).filter(([, { outcome }]) => outcome !== "succeeds").length;
  const own = played.edge?.code ? `The flow’s own refuses it: ${played.edge.code}.` : "The flow’s own lets it in.";
  const below = `${refusing} of ${Object.keys(verdicts).length - 1} defences stop the same request. ${own}`;
  return { calm: "With no defence,", alarm: `${subject} ${does}`, below };
}

function isSuccess(answer: PlayedCsrf["weak"]): boolean {
  return answer !== null && answer.status < 300;
}

function stoppedBelow({ request, weak }: PlayedCsrf): string {
  if (!request)
    return "It first asks whether it may send it (a preflight). No answer says yes, so nothing else arrives.";
  if (weak?.code === "NO_CREDENTIAL") return "The request arrives without a credential of this flow.";
  return "The request arrives without a cookie: this browser sends none from here.";
}

/** When and where what is shown was played. `isLive`: in this lab, now. */
export function playedLine({ playedAt, browser, cases }: JudgedPlay, isLive: boolean): string {
  if (cases.length === 0) return "Not played yet.";
  return isLive
    ? `Played here, in ${browser}: ${cases.length} requests or attempts.`
    : `Played at ${playedAt.slice(0, 16).replace("T", " ")} UTC, in ${browser}. Play it to see it in this browser.`;
}
