const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

/** Unused bits at the end of a base64url run may have any value: the same bytes, another text. */
export function otherSpellings(value: string): readonly string[] {
  return [...value.matchAll(/[\w-]{16,}/g)].flatMap(({ 0: run, index }) => {
    const unused = [0, 0, 4, 2][run.length % 4] ?? 0;
    const at = index + run.length - 1;
    const last = alphabet.indexOf(value[at] ?? "");
    return Array.from({ length: 2 ** unused - 1 }, (_, bits) =>
      withCharacter(value, at, alphabet[last ^ (bits + 1)] ?? ""),
    );
  });
}

function withCharacter(value: string, at: number, character: string): string {
  return value.slice(0, at) + character + value.slice(at + 1);
}
