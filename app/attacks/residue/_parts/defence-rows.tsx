import {
  type DefenceTold,
  type PlayedWalk,
  type ResiduePlay,
  type ResidueWay,
  verdictOf,
} from "@/lib/features/attacks/residue/model.ts";
import { DefenceList, DefenceRow } from "../../_parts/defence-list.tsx";
import { Verdict } from "./verdict.tsx";

type RowsProps = {
  readonly defences: readonly DefenceTold[];
  readonly play: ResiduePlay;
  readonly walks: readonly PlayedWalk[];
  readonly way: ResidueWay;
};

/** Each defence, with what the chosen way still shows in spite of it. */
export function DefenceRows({ defences, play, walks, way }: RowsProps) {
  return (
    <DefenceList tells="The same page with it">
      {defences.map((defence) => {
        const walk = walks.find((each) => each.defence === defence.id);
        const verdict = walk ? verdictOf(play, way, walk) : null;
        return (
          <DefenceRow key={defence.id} defence={defence} isAlarm={verdict?.outcome === "shown"}>
            <Verdict verdict={verdict} seen={walk?.seen[way] ?? null} />
          </DefenceRow>
        );
      })}
    </DefenceList>
  );
}
