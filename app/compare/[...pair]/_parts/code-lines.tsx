"use client";

import type { NumberedLine } from "@/lib/features/compare/difference.ts";
import { Tokens } from "../../../_source/source-tokens.tsx";

type CodeLinesProps = { readonly lines: readonly NumberedLine[]; readonly marked: readonly number[] };

/** Numbered lines of one function, less the indent that all of them have. */
export function CodeLines({ lines, marked }: CodeLinesProps) {
  const indent = Math.min(...lines.map(indentOf));
  return (
    <div className="pair-lines">
      {lines.map((line) => (
        <div key={line.number} data-acted={marked.includes(line.number) || undefined}>
          <span>{line.number}</span>
          <code>
            <Tokens tokens={withoutIndent(line.tokens, indent)} />
          </code>
        </div>
      ))}
    </div>
  );
}

function textOf({ tokens }: NumberedLine): string {
  return tokens.map(([, text]) => text).join("");
}

/** Empty lines have no say. */
function indentOf(line: NumberedLine): number {
  const text = textOf(line);
  return text.trim() === "" ? Number.POSITIVE_INFINITY : text.length - text.trimStart().length;
}

function withoutIndent([first, ...rest]: NumberedLine["tokens"], indent: number): NumberedLine["tokens"] {
  if (!first) return [];
  const [kind, text] = first;
  const cut = Math.min(indent, text.length - text.trimStart().length);
  return [[kind, text.slice(cut)], ...rest];
}
