import { type CsrfAnswer, verdictOfAnswer } from "../csrf/model.ts";
import { recordedPlay } from "../csrf/recorded-play.ts";
import type { AttackCell, AttackRow } from "./model.ts";

/** A form from that place, as it was recorded in a browser and answered by each flow. */
function csrfRow(place: "sibling" | "another-site", told: Pick<AttackRow, "title" | "words" | "stops">): AttackRow {
  const played = recordedPlay.cases.find(({ id }) => id === `${place}-form`);
  const own = played ? [{ flow: recordedPlay.flow, weak: played.weak, edge: played.edge }] : [];
  const cells = [...own, ...(played?.flows ?? [])].map(({ flow, weak, edge }) => {
    const without = cellOf(weak);
    return [flow, { without, with: without.outcome === "cannot" ? without : cellOf(edge) }] as const;
  });
  return {
    ...{ id: `csrf-${place}`, group: "Uses alice’s browser", href: "/attacks/csrf", ...told },
    cells: Object.fromEntries(cells),
  };
}

function cellOf(answer: CsrfAnswer | null): AttackCell {
  const { outcome, code } = verdictOfAnswer(answer);
  if (outcome === "untried") return { outcome, words: `the server answered ${answer?.status}` };
  if (outcome === "stopped") return { outcome, words: "the browser sends nothing" };
  if (outcome === "succeeds") return { outcome, words: "a coin is gone" };
  if (code === "NO_CREDENTIAL") return { outcome: "cannot", words: "the browser adds no header" };
  return { outcome, words: code ?? String(answer?.status) };
}

export const csrfRows: readonly AttackRow[] = [
  csrfRow("sibling", {
    title: "CSRF from a sibling subdomain",
    words: "A form on a neighbour’s page.",
    stops: "Fetch Metadata, Origin, a token",
  }),
  csrfRow("another-site", {
    title: "CSRF from another site",
    words: "A form on a stranger’s page.",
    stops: "SameSite, and the three above",
  }),
];
