import type { OtherEngine } from "@/lib/features/attacks/hosts/model.ts";

/** What another engine came to, in a sentence. `part`: what a play has many of. */
export function otherEngineLine({ browser, tried, differences }: OtherEngine, part: string): string {
  if (differences.length === 0) return `${browser} came to the same in all ${tried} ${part}s.`;
  return `${browser} came to something else in ${differences.length} of ${tried} ${part}s: ${differences.join(", ")}.`;
}
