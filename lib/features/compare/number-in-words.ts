import { second, wholeDuration } from "../../core/time.ts";

/** A setting's number: a duration of seconds at least, or a count of a few. */
export function numberInWords(number: number): string {
  return number < second ? String(number) : wholeDuration(number);
}
