import { expect, test } from "vitest";
import { definitions } from "./definitions.ts";
import { wordAnchor } from "./word-anchor.ts";
import { forms, marked } from "./word-forms.ts";
import { wordGroups } from "./word-groups.ts";

const entries = Object.entries(definitions);

/**
 * The words that a definition may use without a definition of their own. Read the sentence aloud before you add one: a
 * word that a newcomer would have to ask about gets a definition instead.
 */
const plainWords = `
a about action address after again against all allowed along also an and another answer answers anybody
apart app application are as ask asks at be because before beforehand belongs both browser browsers by came can
cannot change changed check checked checks clock costs counts cross-site document does each else ended enough
even everybody exchange exchanges experiment find first five for forgery four fresh from front gave gets give
given gives go guess had hands has here higher hold holds how https if in internet is it its itself keep keeps
key keys kind know last leads lets levels list log logged login logins logout long look lost lowered made make
makes may means memory minutes moment more moves name named new no nobody not nothing number numbered of on once
one only or other others over own page part parts pass passes password people person program protected public
random read recognised refuse refused request requests role rules run runs safe safety same says script
scripting secret send sends sensitive server set settings short should shows sign site sites slow so somebody
something start still such takes tell tests text than that the their themselves this three time to two under up
use used uses value visitor waits was way ways web were what whether which who whom whose with works write
written wrote
`;
/** Parts of names: of documents, of an example, and what an abbreviation stands for. */
const names = "800-63b com example json l1 l3 sp states united";

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\w’-]+/g) ?? [];
}

const known = new Set([...wordsOf(plainWords), ...wordsOf(names)]);
const defined = new Set([...Object.keys(definitions), ...Object.keys(forms)].flatMap(wordsOf));

test("every definition is one sentence and has a source", () => {
  expect(entries.length).toBeGreaterThan(60);
  for (const [id, { means, source }] of entries) {
    expect(means, id).toMatch(/^[A-Z][^\n]{10,140}\.$/);
    expect(means.match(/[.!?](?:\s|$)/g), id).toHaveLength(1);
    expect(source.title.length, id).toBeGreaterThan(5);
  }
});

test("a source is a clause of a document with its address, or the word is one of this laboratory", () => {
  const own = entries.filter(([, { source }]) => source.href === null);
  expect(new Set(own.map(([, { source }]) => source.title))).toEqual(new Set(["a word of this laboratory"]));
  expect(own.length).toBeLessThan(entries.length / 4);
  for (const [id, { source }] of entries) if (source.href !== null) expect(source.href, id).toMatch(/^https:\/\/\S+$/);
});

test("no definition uses a word that is neither plain nor defined", () => {
  const unknown = entries.flatMap(([id, { means }]) =>
    wordsOf(means)
      .filter((word) => !known.has(word) && !defined.has(word) && !defined.has(word.replace(/s$/, "")))
      .map((word) => `${id}: ${word}`),
  );
  expect(unknown).toEqual([]);
});

test("the list of plain words has none that no definition uses", () => {
  const used = new Set(entries.flatMap(([, { means }]) => wordsOf(means)));
  expect([...known].filter((word) => !used.has(word))).toEqual([]);
});

test("the page has each word once, and each under an address of its own", () => {
  const listed = wordGroups.flatMap(({ words }) => words);
  expect(listed.toSorted()).toEqual(Object.keys(definitions).sort());
  expect(new Set(listed.map(wordAnchor)).size).toBe(listed.length);
});

test("a word is marked once, and no other form of it is the word or its plural", () => {
  expect(new Set(marked).size).toBe(marked.length);
  const usual = new Set<string>(marked.flatMap((id) => [id, `${id}s`]));
  expect(Object.keys(forms).filter((form) => usual.has(form))).toEqual([]);
});
