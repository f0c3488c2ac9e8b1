import type { VanishCause } from "@/lib/features/vanished/vanish-causes.ts";

/** The causes that a round can have. Each is named for one of the ways in which the page makes a login vanish. */
export const guessable = [
  "wrong-path",
  "wrong-domain",
  "rejected-prefix",
  "refused-line",
  "expired-in-browser",
  "expired",
  "memory-lost",
  "other-node",
  "changed-key",
  "evicted",
  "ended-by-somebody",
  "not-told",
  "deleted",
] as const satisfies readonly VanishCause[];

/** How many causes one may choose among. */
const offered = 4;

/** Returns a number from 0 to below 1, as `Math.random` does. */
type Random = () => number;

/** One of the list, but not the one before. */
export function anotherOf<T extends { readonly id: string }>(
  list: readonly T[],
  before: string | undefined,
  random: Random,
): T {
  const others = list.filter(({ id }) => id !== before);
  const picked = others[Math.floor(random() * others.length)];
  if (!picked) throw new Error("There is nothing else to pick.");
  return picked;
}

/** The true cause among others, in any order. */
export function choicesFor(cause: VanishCause, random: Random): readonly VanishCause[] {
  const others = shuffled(
    guessable.filter((each) => each !== cause),
    random,
  );
  return shuffled([cause, ...others.slice(0, offered - 1)], random);
}

function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((each) => ({ each, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ each }) => each);
}
