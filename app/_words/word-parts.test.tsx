import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { InWords, Word } from "./in-words.tsx";
import { partsOf } from "./word-parts.ts";

const word = (id: string, text = id) => ({ id, text });

describe("a sentence in pieces", () => {
  test("has each word that has a definition, in the form in which it stands there", () => {
    expect(partsOf("Looks up all families, by the hash of a jti.")).toEqual([
      "Looks up all ",
      word("family", "families"),
      ", by the ",
      word("hash"),
      " of a ",
      word("jti"),
      ".",
    ]);
  });

  test("has a word with a capital, and a word at its end", () => {
    expect(partsOf("Introspection asks the denylist")).toEqual([
      word("introspection", "Introspection"),
      " asks the ",
      word("denylist"),
    ]);
  });

  test("has the longest word that fits", () => {
    expect(partsOf("a refresh token of a family")).toEqual(["a ", word("refresh token"), " of a ", word("family")]);
  });

  test("has no word inside of a longer one or of a name", () => {
    for (const sentence of ["expected", "the revoked-at column", "short-jti", "a subject"])
      expect(partsOf(sentence)).toEqual([sentence]);
  });

  test("has a word once, and none that an earlier sentence had", () => {
    const seen = new Set<never>();
    expect(partsOf("exp, and exp again", seen)).toEqual([word("exp"), ", and exp again"]);
    expect(partsOf("the exp of a jti", seen)).toEqual(["the exp of a ", word("jti")]);
  });

  test("is the sentence as it was where it has no such word", () => {
    expect(partsOf("Nobody asks.")).toEqual(["Nobody asks."]);
    expect(partsOf("")).toEqual([]);
  });
});

test("a word on a page is a button with its text, so it can be reached with the keyboard", () => {
  const drawn = renderToStaticMarkup(<InWords>Lives to exp.</InWords>);
  expect(drawn).toMatch(/^Lives to <button type="button" data-word="exp" class="[^"]+">exp<\/button>\.$/);
});

test("a word that stands alone has the size of a target", () => {
  expect(renderToStaticMarkup(<Word id="exp" alone />)).toContain('class="word alone"');
});
