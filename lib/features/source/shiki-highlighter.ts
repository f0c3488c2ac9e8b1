import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import typescript from "shiki/langs/typescript.mjs";
import type { SourceToken } from "./model.ts";

const variablePrefix = "--code-";
const theme = createCssVariablesTheme({ name: "kinds", variablePrefix, fontStyle: false });
let made: Promise<HighlighterCore> | null = null;

/**
 * TypeScript, taken apart into lines of tokens, each with its kind. The theme names no colour but a variable for each
 * kind, so what a kind looks like, light or dark, is up to the palette of the page.
 */
export async function highlight(text: string): Promise<readonly (readonly SourceToken[])[]> {
  made ??= createHighlighterCore({ themes: [theme], langs: [typescript], engine: createJavaScriptRegexEngine() });
  const { tokens } = (await made).codeToTokens(text.replace(/\n$/, ""), { lang: "typescript", theme: "kinds" });
  return tokens.map((line) => merged(line.map(({ content, color }) => [kindOf(color), content])));
}

/** `var(--code-token-keyword)` is a keyword; what has no kind of its own is plain. */
function kindOf(color: string | undefined): string {
  // Cost: its text is a color of the theme below.
  return /token-([a-z-]+)\)/.exec(color ?? "")?.[1] ?? "";
}

/** Neighbours of one kind are one token: fewer of them travel to the page. */
function merged(tokens: readonly SourceToken[]): readonly SourceToken[] {
  const joined: [string, string][] = [];
  for (const [kind, text] of tokens) {
    const last = joined.at(-1);
    if (last && (last[0] === kind || text.trim() === "")) last[1] += text;
    else joined.push([kind, text]);
  }
  return joined;
}
