const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

export function withCharacter(value: string, at: number, character: string): string {
  return value.slice(0, at) + character + value.slice(at + 1);
}
