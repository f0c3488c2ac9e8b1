import type { TossingAnswer } from "@/lib/features/attacks/tossing/model.ts";

/** What it means for alice. In the thief's account she acts for him: what she enters there is his to read. */
export function outcomeOf({ as, code }: TossingAnswer): { readonly word: string; readonly isAlarm: boolean } {
  if (as === "bob") return { word: "IN THE THIEF’S ACCOUNT", isAlarm: true };
  if (as === "alice") return { word: "as alice", isAlarm: false };
  return { word: code === "NO_CREDENTIAL" ? "logged out" : "refused", isAlarm: false };
}
