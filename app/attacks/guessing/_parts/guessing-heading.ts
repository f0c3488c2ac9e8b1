import type { GuessingPlay } from "@/lib/features/attacks/guessing/model.ts";

/** The result: what happened in ink, what succeeded as an alarm, and a line below. */
export type GuessingHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `play` is `null`: nothing was played yet. */
export function headingOf(cases: number, play: GuessingPlay | null): GuessingHeading {
  if (play === null) {
    const below =
      "Each is played against limits with a known mistake, and against the right ones. The lab gives the addresses to requests of its own; a client's header is not believed.";
    return { calm: `${cases} ways to guess at alice’s password.`, alarm: "", below };
  }
  if (!play.tried) return { calm: "The attack could not be tried.", alarm: "", below: play.why };
  const through = play.cases.filter(({ defence }) => defence.succeeded).length;
  const fooled = play.cases.filter(({ weakness }) => weakness.succeeded).length;
  const below = `First checked, each time: a wrong password is refused and alice gets in. ${fooled} of ${play.cases.length} attacks succeed against limits with a known mistake. Hashes were counted here, and not paid for.`;
  if (through === 0) return { calm: "No guess got in, and alice was never locked out.", alarm: "", below };
  return {
    calm: `${play.cases.length - through} of ${play.cases.length} attacks were stopped.`,
    alarm: through === 1 ? "One succeeded." : `${through} succeeded.`,
    below,
  };
}
