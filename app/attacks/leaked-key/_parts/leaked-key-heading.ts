import type { KeyTold, LeakedKeyPlay } from "@/lib/features/attacks/leaked-key/model.ts";

/** The result: what happened in ink, what got in as an alarm, and a line below. */
export type LeakedKeyHeading = { readonly calm: string; readonly alarm: string; readonly below: string };

/** `play` is `null`: nothing was played yet. */
export function headingOf({ title }: KeyTold, as: string, play: LeakedKeyPlay | null): LeakedKeyHeading {
  if (play === null) {
    const below =
      "A credential is written with it for every variant, as the server would write it, and sent. A real login goes first.";
    return { calm: `Leaked: ${title}.`, alarm: "", below };
  }
  if (!play.tried) return { calm: "The attack could not be tried.", alarm: "", below: play.why };
  const { variants } = play;
  const gotIn = variants.filter(({ reads }) => reads.code === null).length;
  const below = "First checked: a real login of each gets in, and the same credential under another key does not.";
  if (gotIn === 0) {
    const calm =
      variants.length === 1 ? "A perfect credential, and it is refused." : `All ${variants.length} variants refuse it.`;
    return { calm, alarm: "", below };
  }
  const who = variants.length === 1 ? "Its variant lets" : `${gotIn} of ${variants.length} variants let`;
  const alarm = `${who} the thief in as ${as}.`;
  return { calm: "No login, no password:", alarm, below };
}
