"use client";

import { PaletteKeys } from "../_palette/palette-keys.tsx";
import { WordCards } from "../_words/word-cards.tsx";

/** `first`: the event for which they were loaded. */
export function Parts({ first }: { readonly first: Event }) {
  return (
    <>
      <WordCards first={first} />
      <PaletteKeys first={first} />
    </>
  );
}
