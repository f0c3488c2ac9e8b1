/**
 * How another process of the application sees a record. `at once`: all changes. `late`: an end after `staleFor` at
 * most. `overwritten`: all changes, but a concurrent write can undo an end. `never`: no record at all.
 */
export type Sharing = "at once" | "late" | "overwritten" | "never";

/** A page's description of a store. */
export type StoreView = {
  /** After "in": `SQL`, `a file`. */
  readonly title: string;
  /** Where a login's record is kept, and which processes see it: a sentence or two. */
  readonly keeps: string;
  readonly sharing: Sharing;
};

/** The key or row of a record in its store. */
export type PlaceView = {
  readonly kind: "row" | "key" | "file" | "memory";
  readonly name: string;
  /** When the store deletes it by itself, as a clean-up and not as an end of the login; `null`: it does not. */
  readonly expiresInSeconds: number | null;
};
