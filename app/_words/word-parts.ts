import type { WordId } from "./definitions.ts";
import { forms, marked } from "./word-forms.ts";

/** A piece of a sentence: text as it is, or a word that has a definition. */
export type WordPart = string | { readonly id: WordId; readonly text: string };

const idOf = new Map<string, WordId>([
  ...marked.flatMap((id) => [[id, id] as const, [`${id}s`, id] as const]),
  ...(Object.entries(forms) as [string, WordId][]),
]);

/** The longest form first, so that `refresh token` is found before a word in it. */
const alternatives = [...idOf.keys()]
  .sort((one, other) => other.length - one.length)
  .map((form) => (/^[a-z]/.test(form) ? `[${form[0]}${form[0]?.toUpperCase()}]${form.slice(1)}` : form))
  .join("|");

// Cost: an alternative is a fixed text, so each place of a sentence is compared with each of them once.
const anyWord = new RegExp(`(?<![\\w-])(?:${alternatives})(?![\\w-])`, "g");

/** The word of which this text is a form. */
export function wordOf(text: string): WordId | undefined {
  return idOf.get(text);
}

/**
 * A sentence in pieces. Each word counts at its first place only. `seen` has the words of earlier sentences, and takes
 * the new ones.
 */
export function partsOf(sentence: string, seen: Set<WordId> = new Set()): readonly WordPart[] {
  const parts: WordPart[] = [];
  let from = 0;
  for (const { 0: text, index } of sentence.matchAll(anyWord)) {
    const id = idOf.get(text) ?? idOf.get(`${text[0]?.toLowerCase()}${text.slice(1)}`);
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    if (index > from) parts.push(sentence.slice(from, index));
    parts.push({ id, text });
    from = index + text.length;
  }
  if (from < sentence.length) parts.push(sentence.slice(from));
  return parts;
}
