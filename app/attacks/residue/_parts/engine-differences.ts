import {
  type DefenceTold,
  type ResidueEnd,
  type ResiduePlay,
  type ResidueVerdict,
  verdictOf,
  type WayTold,
} from "@/lib/features/attacks/residue/model.ts";

/** A cell that browsers do not agree on: what each of them was seen to do. */
export type EngineDifference = {
  readonly way: string;
  readonly defence: string;
  readonly by: readonly { readonly browser: string; readonly verdict: ResidueVerdict }[];
};

type Told = {
  readonly ways: readonly WayTold[];
  readonly defences: readonly DefenceTold[];
};

/** The cells of one end in which the recorded plays differ. */
export function engineDifferences(
  plays: readonly ResiduePlay[],
  end: ResidueEnd,
  { ways, defences }: Told,
): readonly EngineDifference[] {
  return ways.flatMap((way) =>
    defences.flatMap((defence) => {
      const by = plays.flatMap((play) => {
        const walk = play.walks.find((each) => each.end === end && each.defence === defence.id);
        return walk ? [{ browser: play.browser, verdict: verdictOf(play, way.id, walk) }] : [];
      });
      const outcomes = new Set(by.map(({ verdict }) => verdict.outcome));
      return outcomes.size > 1 ? [{ way: way.title, defence: defence.title, by }] : [];
    }),
  );
}
