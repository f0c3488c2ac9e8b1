import type { SourceToken } from "@/lib/features/source/model.ts";
import "./source.css";

/** A line of source with syntax colours. */
export function Tokens({ tokens }: { tokens: readonly SourceToken[] }) {
  return tokens.map(([kind, text], index) =>
    kind === "" ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line
      <span key={index} data-kind={kind}>
        {text}
      </span>
    ),
  );
}
