import type { XssCell } from "@/lib/features/attacks/xss/model.ts";
import { outcomeWords } from "./xss-words.ts";

/** What came of it. What succeeds is an alarm, and what a defence took away stands below. */
export function CellWords({ cell }: { readonly cell: XssCell }) {
  const { outcome, words, gone } = cell;
  return (
    <>
      {outcome === "succeeds" ? (
        <span className="font-semibold text-refused">{words}</span>
      ) : (
        <Quiet outcome={outcome} words={words} />
      )}
      {gone !== undefined && (
        <span className="mt-0.5 block text-dim">
          <span className="text-faint">gone: </span>
          {gone}
        </span>
      )}
    </>
  );
}

function Quiet({ outcome, words }: Pick<XssCell, "outcome" | "words">) {
  if (outcome === "cannot") return <span className="text-faint">{words}</span>;
  if (outcome === "refused")
    return (
      <>
        <b className="font-semibold">refused</b> <span className="font-mono break-words text-dim">{words}</span>
      </>
    );
  return <span className="text-dim">{outcomeWords[outcome]}</span>;
}

/** The ground of a cell. */
export function groundOf(cell: XssCell | undefined): string {
  return cell?.outcome === "succeeds" ? "bg-refused-ground" : "";
}
