import type { FlowId } from "../../../core/ids.ts";
import { type ResidueDefence, type ResidueVerdict, residueWays, verdictOf } from "../residue/model.ts";
import { recordedPlays } from "../residue/recorded-plays.ts";
import type { AttackCell, AttackRow } from "./model.ts";

/** What is still shown after a logout of each flow, in the first browser that it was recorded in. */
export function residueRow(): AttackRow {
  const [play] = recordedPlays;
  if (!play) throw new Error("No play of what is left behind was recorded.");
  const cell = (flow: FlowId, defence: ResidueDefence) =>
    cellOf(
      play.walks
        .filter((walk) => walk.flow === flow && walk.defence === defence && walk.end !== "revoked")
        .flatMap((walk) => residueWays.map((way) => verdictOf(play, way, walk))),
    );
  const flows = [...new Set(play.walks.map(({ flow }) => flow))];
  return {
    id: "residue",
    group: "Uses alice’s browser",
    title: "The back button, and caches",
    words: "The next person at her browser looks at what is left.",
    href: "/attacks/residue",
    stops: "no-store, a page that asks again",
    cells: Object.fromEntries(flows.map((flow) => [flow, { without: cell(flow, "none"), with: cell(flow, "all") }])),
  };
}

function cellOf(verdicts: readonly ResidueVerdict[]): AttackCell {
  const shown = verdicts.filter(({ outcome }) => outcome === "shown").length;
  if (shown > 0) return { outcome: "succeeds", words: `shown in ${shown} of ${residueWays.length} ways` };
  const code = verdicts.find(({ outcome }) => outcome === "refused")?.code;
  return code ? { outcome: "refused", words: code } : { outcome: "stopped", words: "nothing is shown" };
}
