/** Follows the number of ended logins: which stores did not answer, if any. */
export function unansweredWords(variants: readonly string[]): string {
  return variants.length === 0 ? "" : `; the store of ${variants.join(", ")} did not answer`;
}
