import { z } from "zod";
import { codePoints } from "../../core/text/code-points.ts";

/** A sentence on what is wrong with a text, or `null`. It sees none that is longer than its bound. */
type Objection = (text: string) => string | null;

/**
 * A text of 1 to so many code points, which is what JSON Schema counts as well (`maxLength`), and what a person takes for characters.
 * The bound comes first, and alone: what is asked besides never sees a longer text.
 */
export function boundedText(most: number, objectionTo: Objection = () => null): z.ZodString {
  const tooLong = `Too big: expected string to have <=${most} characters`;
  return (
    z
      .string()
      .min(1)
      // A code point is one or two units of UTF-16, so it is not counted through a text of any length.
      .max(2 * most, { abort: true, error: tooLong })
      .superRefine((text, { addIssue }) => {
        const objection = codePoints(text) > most ? tooLong : objectionTo(text);
        if (objection) addIssue(objection);
      })
      .meta({ maxLength: most })
  );
}

/**
 * Without control characters, which password hashing and log files read in ways of their own, without halves of a
 * character, which all become the same one in UTF-8, and without what is never one (`lib/core/text/read-json.ts` takes neither).
 */
export function ofOneForm(text: string): string | null {
  return /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(text)
    ? "must not contain control characters or broken ones"
    : null;
}

export const shortText = boundedText(256, ofOneForm);
