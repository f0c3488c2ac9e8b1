"use client";

import { useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { definitions, type WordId } from "./definitions.ts";
import { hearWords } from "./hear-words.ts";
import { wordAnchor } from "./word-anchor.ts";

/** The card of the word that is pointed at, focused or tapped. One for the page: it hears of each word by its events. */
export function WordCards({ heard }: { readonly heard: readonly Event[] }) {
  const [word, setWord] = useState<HTMLElement | null>(null);
  useEffect(() => hearWords(setWord, heard.at(-1)), [heard]);
  return word && <WordCard word={word} />;
}

/**
 * The definition of a word, in the platform's popover. It stands in the order of the Tab key behind its word, and
 * closes only when it is dismissed or left (WCAG 1.4.13).
 */
function WordCard({ word }: { readonly word: HTMLElement }) {
  const card = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = card.current;
    shown?.showPopover({ source: word });
    word.setAttribute("aria-describedby", id);
    return () => {
      shown?.hidePopover();
      word.removeAttribute("aria-describedby");
    };
  }, [word, id]);
  const name = word.dataset["word"] ?? "";
  if (!isDefined(name)) return null;
  const { means, source } = definitions[name];
  // What is outside of an open dialog cannot be pointed at.
  return createPortal(
    <div
      ref={card}
      popover="manual"
      data-word-card=""
      className="menu from-start max-w-80 p-2.5! font-sans text-13 font-normal"
    >
      <p id={id}>
        <b className="font-semibold">{name}</b>: {means}
      </p>
      <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-dim">
        {source.href === null ? (
          <span>{source.title}</span>
        ) : (
          <a href={source.href} rel="noreferrer" className="underline underline-offset-3">
            {source.title}
          </a>
        )}
        <a href={`/words#${wordAnchor(name)}`} className="ml-auto underline underline-offset-3">
          All words
        </a>
      </p>
    </div>,
    word.closest("dialog, main") ?? document.body,
  );
}

function isDefined(name: string): name is WordId {
  return Object.hasOwn(definitions, name);
}
