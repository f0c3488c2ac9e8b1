/** Something that the palette finds: where it leads, and by which texts it is found. */
export type Entry = {
  readonly kind: "page" | "flow" | "variant" | "requirement" | "word";
  readonly href: string;
  readonly title: string;
  readonly words: string;
};

/** The most entries that the list shows. */
const most = 40;

/**
 * The entries in which each typed word is found, the nearest first: an entry of that very name, one whose title begins so,
 * one with a word that begins so, any other place. Of equal ones the order stays. Nothing typed finds the pages.
 */
export function findEntries(entries: readonly Entry[], typed: string): readonly Entry[] {
  const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.length === 0) return entries.filter(({ kind }) => kind === "page" || kind === "flow");
  return entries
    .map((entry) => ({ entry, distance: distanceOf(entry, asked) }))
    .filter(({ distance }) => Number.isFinite(distance))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** Infinite if one of the words is nowhere in it. */
function distanceOf({ title, words }: Entry, asked: readonly string[]): number {
  const name = title.toLowerCase();
  const rest = words.toLowerCase();
  if (name === asked.join(" ")) return 0;
  return Math.max(
    ...asked.map((word) => {
      if (name.startsWith(word)) return 1;
      if (beginsIn(name, word)) return 2;
      if (name.includes(word)) return 3;
      if (beginsIn(rest, word)) return 4;
      return rest.includes(word) ? 5 : Number.POSITIVE_INFINITY;
    }),
  );
}

/** Whether a word of the text begins so. */
function beginsIn(text: string, word: string): boolean {
  return text.split(/[\s/.,:;()-]+/).some((each) => each.startsWith(word));
}
