import { isKeyTaken } from "../_ui/taken-keys.ts";
import { isQuestionOn } from "./question-key.ts";

/** Whether this key opens the palette here and now. */
export function isPaletteKey(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, repeat } = event;
  if (altKey || repeat || isKeyTaken(event)) return false;
  if (key.toLowerCase() === "k") return ctrlKey !== metaKey;
  return key === "?" && !ctrlKey && !metaKey && isQuestionOn();
}
