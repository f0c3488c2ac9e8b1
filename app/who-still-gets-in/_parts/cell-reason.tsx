import type { RefusalCode } from "@/lib/core/refusal.ts";
import { refusals } from "@/lib/core/refusal.ts";
import { endNames, roleWords } from "@/lib/lab/claim-words.ts";
import type { ClaimOrReading } from "@/lib/lab/experiment.ts";
import type { CellLine, CellReading, MatrixVariant } from "./matrix-words.ts";

type CellReasonProps = {
  readonly variant: MatrixVariant;
  readonly reading: CellReading;
};

/** What became of each copy of a cell, in full: how long it still gets in, or the whole code, and why. */
export function CellReason({ variant, reading: { standing, lines } }: CellReasonProps) {
  return lines.map((line) => (
    <span key={line.credential} className="matrix-reason">
      {lines.length > 1 && <span className="text-dim">{variant.words[line.credential]?.name}: </span>}
      <Verdict line={line} /> {reasonOf(line.line, variant)}
      {line.claimed !== null && <b className="font-semibold"> Claimed: {line.claimed}.</b>}
      {standing === "claimed" && <i className="text-dim"> Claimed, not played yet.</i>}
    </span>
  ));
}

function Verdict({ line: { line, word } }: { line: CellLine }) {
  const alarm = word.depth > 0 ? "font-semibold text-refused" : "font-semibold";
  if (line.outcome !== "exposed")
    return (
      <>
        <b className={alarm}>Refused</b> <code className="font-mono text-dim">{line.outcome}</code>
      </>
    );
  const role = roleWords(line.authority);
  const how = word.text === "without end" ? word.text : `for ${word.text}`;
  return (
    <b className={alarm}>
      Still in {how}
      {role === "" ? "" : `, ${role}`}.
    </b>
  );
}

function reasonOf({ outcome, until }: ClaimOrReading, { means }: Pick<MatrixVariant, "means">): string {
  if (outcome !== "exposed") return means[outcome] ?? detailOf(outcome);
  if (until === null) return "It ended where no lifetime of it ends.";
  if (until === "never" || until === "at-once") return "No lifetime ends it.";
  return `It gets in until ${endNames[until]}.`;
}

function detailOf(code: RefusalCode): string {
  return refusals[code].detail;
}
