import { codePoints } from "./code-points.ts";

/** With names of this length every variant's cookie fits, under every setting of a lab. */
const longestName = 64;

/** A name as it is kept: é is one character, however it was typed, and no blank is around it (RFC 8265 §3.3). */
export function nameAsKept(text: string): string {
  return text.normalize("NFC").trim();
}

/**
 * A sentence on what is wrong with a name as it is kept, or `null`. Control characters include those that break a line
 * or turn the direction of writing: such a name looks like another one in a list.
 */
export function objectionToName(name: string): string | null {
  const length = codePoints(name);
  if (length < 1 || length > longestName) return `must have 1 to ${longestName} characters`;
  return /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u.test(name)
    ? "must not contain control characters or broken ones"
    : null;
}

/**
 * Do two names differ at most in case or in normal form? To a reader they are one (RFC 8265 §3.3, UAX 15). By way of
 * the upper case, in which ß and ss are one, and both forms of σ.
 */
export function isSameName(one: string, other: string): boolean {
  return foldedName(one) === foldedName(other);
}

/** What two names have in common that are one to a reader. */
export function foldedName(name: string): string {
  return nameAsKept(name).normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}

type Names = { readonly username: string; readonly displayName: string };

/** The names of a person who is made, as they are kept. Throws where one is refused: its sender is asked before. */
export function namesOfNewPerson({ username, displayName }: Names): Names {
  const names = { username: nameAsKept(username), displayName: nameAsKept(displayName) };
  for (const [field, name] of Object.entries(names)) {
    const objection = objectionToName(name);
    if (objection) throw new RangeError(`The ${field} of a person ${objection}`);
  }
  return names;
}
