import type { SourceToken } from "@/lib/features/source/model.ts";
import "./source.css";

/** A line of source with syntax colours. */
export function Tokens({ tokens }: { tokens: readonly SourceToken[] }) {
  return placed(tokens).map(({ column, kind, text }) =>
    kind === "" ? (
      text
    ) : (
      <span key={column} data-kind={kind}>
        {text}
      </span>
    ),
  );
}

/** Each token with the column where it begins. */
function placed(tokens: readonly SourceToken[]) {
  let end = 0;
  return tokens.map(([kind, text]) => {
    const column = end;
    end += text.length;
    return { column, kind, text };
  });
}
