/** Behind how many logins were ended: which stores were not reached, if any. */
export function unansweredWords(variants: readonly string[]): string {
  return variants.length === 0 ? "" : `; the store of ${variants.join(", ")} did not answer`;
}
