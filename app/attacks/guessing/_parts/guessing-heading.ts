import type { GuessingState } from "./use-guessing.ts";

/** The result: what happened in ink, what succeeded as an alarm, and a line below. */
export type GuessingHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `cases`: so many attacks there are. */
export function headingOf(cases: number, { played, untried }: GuessingState): GuessingHeading {
  if (untried !== null) return { calm: "The attack could not be tried.", alarm: "", below: untried };
  if (played.length === 0) {
    const below =
      "Each is played against limits with a known mistake, and against the right ones. The lab gives the addresses to requests of its own; a client’s header is not believed.";
    return { calm: `${cases} ways to guess at alice’s password.`, alarm: "", below };
  }
  const through = played.filter(({ defence }) => defence.succeeded).length;
  const fooled = played.filter(({ weakness }) => weakness.succeeded).length;
  const below = `First checked, each time: a wrong password is refused and alice gets in. ${fooled} of ${played.length} attacks succeed against limits with a known mistake. Hashes were counted here, and not paid for.`;
  if (through === 0 && played.length === cases)
    return { calm: "No guess got in, and alice was never locked out.", alarm: "", below };
  return {
    calm: `${played.length - through} of ${cases} attacks were stopped${played.length < cases ? " so far" : ""}.`,
    alarm: through === 0 ? "" : through === 1 ? "One succeeded." : `${through} succeeded.`,
    below,
  };
}
