import type { AttackRow } from "@/lib/features/attacks/overview/model.ts";
import { capital, numberWord } from "../../_ui/number-words.ts";

export type Defended = "without" | "with";

/** The result: how many attacks succeed somewhere, and a line below that counts the cells. */
export function headingOf(rows: readonly AttackRow[], defended: Defended) {
  const open = rows.filter(({ cells }) => Object.values(cells).some((cell) => cell[defended].outcome === "succeeds"));
  const calm = defended === "with" ? "With every defence on," : "Without its defence,";
  const below = countsOf(rows);
  if (open.length === 0) return { calm: `${calm} none of these attacks succeeds.`, alarm: "", below };
  const words = numberWord(open.length);
  return { calm, alarm: `${words} ${open.length === 1 ? "attack succeeds" : "attacks succeed"} somewhere.`, below };
}

/** A cell without its defence is what the attack is worth there. Only where it succeeds does a refusal prove something. */
function countsOf(rows: readonly AttackRow[]): string {
  const outcomes = rows.flatMap(({ cells }) => Object.values(cells).map(({ without }) => without.outcome));
  const cannot = outcomes.filter((outcome) => outcome === "cannot").length;
  const succeeded = outcomes.filter((outcome) => outcome === "succeeds").length;
  const rest = cannot === 0 ? "" : ` ${capital(numberWord(cannot))} cannot be tried.`;
  return `Each attack first has to succeed without its defence: ${succeeded} of ${outcomes.length - cannot} did.${rest}`;
}
