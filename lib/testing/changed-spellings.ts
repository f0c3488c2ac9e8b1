import { otherSpellings, withCharacter } from "../features/attacks/forgery/other-spellings.ts";

/**
 * A credential in wrong spellings: each single character changed, cut off, lengthened, padded, and each base64url run
 * in the other spellings of the same bytes.
 */
export function changedSpellings(value: string): readonly string[] {
  return [
    ...[...value].map((_, at) => withCharacter(value, at, value[at] === "A" ? "B" : "A")),
    ...[1, 2, Math.floor(value.length / 2), value.length - 1].map((length) => value.slice(0, length)),
    ...["A", ".", "=", "==", "~2", "~", "*", " ", "\n", value].map((suffix) => value + suffix),
    ...[" ", ".", "\n", "Bearer "].map((prefix) => prefix + value),
    value.toUpperCase(),
    value.toLowerCase(),
    ...otherSpellings(value),
  ].filter((spelling) => spelling !== value);
}
