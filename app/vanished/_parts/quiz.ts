import type { VanishCause } from "@/lib/features/vanished/vanish-causes.ts";

/**
 * The causes that a round can have. Those of a group look alike to a person who only sees the answer: the cookie did not
 * come, or it came and was refused.
 */
const alike = [
  ["wrong-path", "wrong-domain", "rejected-prefix", "refused-line", "expired-in-browser", "deleted"],
  ["expired", "memory-lost", "other-node", "changed-key", "evicted", "ended-by-somebody", "not-told"],
] as const satisfies readonly (readonly VanishCause[])[];

export const guessable: readonly VanishCause[] = alike.flat();

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

/** The true cause among others that look like it, in any order. */
export function choicesFor(cause: VanishCause, random: Random): readonly VanishCause[] {
  const group: readonly VanishCause[] = alike.find((each) => each.some((one) => one === cause)) ?? guessable;
  const others = shuffled(
    group.filter((each) => each !== cause),
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
