/**
 * What another process of the application sees of a record. `at once`: everything. `late`: an end after `staleFor` at
 * most. `overwritten`: everything, but a change at the same moment can undo an end. `never`: no record at all.
 */
export type Sharing = "at once" | "late" | "overwritten" | "never";

/** What a page says of a store. */
export type StoreView = {
  /** After "in": `SQL`, `a file`. */
  readonly title: string;
  /** Where a login's record is, and who sees it: a sentence or two. */
  readonly keeps: string;
  readonly sharing: Sharing;
};

/** Where a record really stands, by the name that its store knows it by. */
export type PlaceView = {
  readonly kind: "row" | "key" | "file" | "memory";
  readonly name: string;
  /** When the store deletes it by itself, which is clean-up and no decision; `null`: it does not. */
  readonly expiresInSeconds: number | null;
};
