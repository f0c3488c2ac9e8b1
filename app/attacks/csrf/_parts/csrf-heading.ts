import {
  type CsrfPlace,
  type CsrfTold,
  type CsrfVerdict,
  isFramedCase,
  isLoginCase,
  type JudgedPlay,
  type PlayedCsrf,
  verdictOfAnswer,
} from "@/lib/features/attacks/csrf/model.ts";
import { capital } from "../../../_ui/number-words.ts";

/** The result: what happened in ink, what succeeds as an alarm, and a line below. */
export type CsrfHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `played` is `null`: this case was not reached. `leftOut`: the places from which nothing can be sent here. */
export function headingOf(
  { id, subject, place }: Pick<CsrfTold, "id" | "subject" | "place">,
  verdicts: Readonly<Record<string, CsrfVerdict>>,
  played: PlayedCsrf | null,
  leftOut: readonly { readonly place: CsrfPlace; readonly setting: string }[] = [],
): CsrfHeading {
  if (!played) {
    const missing = leftOut.find((each) => each.place === place);
    const below = missing
      ? `It cannot be played here: ${missing.setting} does not lead to this server.`
      : beforePlay(id);
    return { calm: `What does ${subject} make alice’s browser send?`, alarm: "", below };
  }
  if (verdicts["none"]?.outcome === "untried") return untriedHeading(subject, played);
  if (verdicts["none"]?.outcome !== "succeeds") return stoppedHeading(subject, played);
  const does = isLoginCase(id) ? "makes alice’s browser bob’s." : "spends alice’s coins.";
  const refusing = Object.entries(verdicts).filter(([, { outcome }]) => outcome !== "succeeds").length;
  const own = ownWords(played);
  const below = `${refusing} of ${Object.keys(verdicts).length - 1} defences stop the same request. ${own}`;
  return { calm: "With no defence,", alarm: `${subject} ${does}`, below };
}

function beforePlay(id: string): string {
  return isFramedCase(id)
    ? "A window of the attacker’s waits ten seconds for a press. Without one nothing is tried."
    : "A window of the attacker’s sends every case from alice’s browser. Each is kept as it arrived.";
}

function ownWords({ edge, frame }: PlayedCsrf): string {
  if (frame && !frame.closed) return "The pages of the flows themselves are shown in no frame.";
  const { outcome, code } = verdictOfAnswer(edge);
  if (outcome === "untried") return `The flow’s own could not be tried: it answered ${edge?.status}.`;
  return code === null ? "The flow’s own lets it in." : `The flow’s own refuses it: ${code}.`;
}

function untriedHeading(subject: string, { weak }: PlayedCsrf): CsrfHeading {
  const below = `Without a defence the server answered ${weak?.status}, which says nothing of any.`;
  return { calm: `${capital(subject)} could not be tried.`, alarm: "", below };
}

function stoppedHeading(subject: string, { request }: PlayedCsrf): CsrfHeading {
  const calm = `The browser stops ${subject}.`;
  if (!request) {
    const below = "It first asks whether it may send this (a preflight). No answer says yes, so nothing else arrives.";
    return { calm, alarm: "", below };
  }
  if (request.cookies.length === 0) {
    return { calm, alarm: "", below: "The request arrives without a cookie: this browser sends none from here." };
  }
  const below = "This flow’s credential is in a header, and no browser adds that by itself.";
  return { calm: `${capital(subject)} arrives, and proves nobody.`, alarm: "", below };
}

/** When and where what is shown was played. `isLive`: in this lab, now. */
export function playedLine({ playedAt, browser, cases }: JudgedPlay, isLive: boolean): string {
  if (cases.length === 0) return "Not played yet.";
  return isLive
    ? `Played here, in ${browser}: ${cases.length} requests or attempts.`
    : `Played at ${playedAt.slice(0, 16).replace("T", " ")} UTC, in ${browser}. Playing logs alice in here, and out again.`;
}
