import type { Strictness } from "@/lib/core/settings.ts";
import type { SenderTold, TheftAnswer } from "@/lib/features/attacks/theft/model.ts";

export const bindingTitles: Readonly<Record<Strictness, string>> = { off: "Off", warn: "Warn", enforce: "Enforce" };

/** A thief who gets in is the alarm. Of the owner it is a refusal. */
export function wordOf(
  { who }: Pick<SenderTold, "who">,
  { code }: Pick<TheftAnswer, "code">,
): { readonly word: string; readonly isAlarm: boolean } {
  if (who === "owner") return { word: code === null ? "gets in" : "FALSE ALARM", isAlarm: code !== null };
  return { word: code === null ? "GETS IN" : "refused", isAlarm: code === null };
}
