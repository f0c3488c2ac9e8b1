"use client";

import { useEffect } from "react";
import { PaletteKeys } from "../_palette/palette-keys.tsx";
import { WordCards } from "../_words/word-cards.tsx";

type PartsProps = {
  /** The events for which they were loaded, and those since. */
  readonly heard: readonly Event[];
  /** They hear all later events themselves. */
  readonly onLoad: (isLoaded: true) => void;
};

export function Parts({ heard, onLoad }: PartsProps) {
  useEffect(() => onLoad(true), [onLoad]);
  return (
    <>
      <WordCards heard={heard} />
      <PaletteKeys heard={heard} />
    </>
  );
}
