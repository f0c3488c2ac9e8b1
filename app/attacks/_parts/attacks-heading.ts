import type { AttackRow } from "@/lib/features/attacks/overview/model.ts";
import { numberWord } from "../../_ui/number-words.ts";

export type Defended = "without" | "with";

/** The result: how many attacks succeed somewhere. */
export function headingOf(rows: readonly AttackRow[], defended: Defended) {
  const open = rows.filter(({ cells }) => Object.values(cells).some((cell) => cell[defended].outcome === "succeeds"));
  const calm = defended === "with" ? "With every defence on," : "Without its defence,";
  if (open.length === 0) return { calm: `${calm} none of these attacks succeeds.`, alarm: "" };
  const words = numberWord(open.length);
  return { calm, alarm: `${words} ${open.length === 1 ? "attack succeeds" : "attacks succeed"} somewhere.` };
}
