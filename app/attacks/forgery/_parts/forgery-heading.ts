import type { ForgeryPlay, PlayedForgery } from "@/lib/features/attacks/forgery/model.ts";

/** The result: what happened in ink, what got in as an alarm, and a line below. */
export type ForgeryHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `play` is `null`: nothing was played yet. */
export function headingOf(variant: string, cases: number, play: ForgeryPlay | null): ForgeryHeading {
  if (play === null) {
    const below =
      "Each is sent to a verifier with a known mistake, and to the variant. The real credential goes first.";
    return { calm: `${cases} ways to forge the credential of ${variant}.`, alarm: "", below };
  }
  if (!play.tried) return { calm: "The attack could not be tried.", alarm: "", below: play.why };
  const through = play.cases.filter(gotThrough).length;
  const fooled = play.cases.filter(({ weakness }) => "gotIn" in weakness && weakness.gotIn).length;
  const sent = play.cases.filter(({ defence }) => defence !== null).length;
  const below = `First checked: the real credential got in, before and after. ${fooled} of ${play.cases.length} cases fool a verifier with a known mistake.${unsentWords(play.cases.length - sent)}`;
  if (through === 0) return { calm: `${variant} refused all ${sent} forgeries.`, alarm: "", below };
  return {
    calm: `${variant} refused ${sent - through} of ${sent} forgeries.`,
    alarm: through === 1 ? "One got in." : `${through} got in.`,
    below,
  };
}

function unsentWords(unsent: number): string {
  if (unsent === 0) return "";
  return unsent === 1
    ? " One could not be sent; its row says why."
    : ` ${unsent} could not be sent; their rows say why.`;
}

export function gotThrough({ defence }: Pick<PlayedForgery, "defence">): boolean {
  return defence !== null && defence.code === null;
}
