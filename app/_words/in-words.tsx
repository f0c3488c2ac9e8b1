import type { WordId } from "./definitions.ts";
import { partsOf, type WordPart } from "./word-parts.ts";

/** A sentence in which each word that has a definition shows it (`word-cards.tsx`). */
export function InWords({ children }: { readonly children: string }) {
  return <Parts parts={partsOf(children)} />;
}

/** The same for a sentence that is in pieces already. */
export function Parts({ parts }: { readonly parts: readonly WordPart[] }) {
  return parts.map((part) => (typeof part === "string" ? part : <Word key={part.id} id={part.id} text={part.text} />));
}

type WordProps = {
  readonly id: WordId;
  readonly text?: string;
  /** It stands in no sentence, and so has the size of a target (WCAG 2.5.8). */
  readonly alone?: boolean;
};

/** A word as it stands on a page. It has no script of its own: one listener of the page answers for all words. */
export function Word({ id, text = id, alone = false }: WordProps) {
  return (
    <button type="button" data-word={id} className={alone ? "word alone" : "word"}>
      {text}
    </button>
  );
}
