import { roleWords } from "@/lib/lab/claim-words.ts";
import { observedIn, reasonOf } from "@/lib/lab/reason/reason.ts";
import { InWords } from "../../_words/in-words.tsx";
import type { CellLine, CellReading, MatrixExperiment, MatrixVariant } from "./matrix-words.ts";

type CellReasonProps = {
  readonly variant: MatrixVariant;
  readonly experiment: Pick<MatrixExperiment, "id">;
  readonly reading: CellReading;
};

/** What became of each copy of a cell, in full: how long it still gets in, or the whole code, and why. */
export function CellReason({ variant, experiment, reading: { standing, lines } }: CellReasonProps) {
  return lines.map((line) => {
    const reason = reasonFor(line, variant, experiment, standing);
    return (
      <span key={line.credential} className={standing === "claimed" ? "italic" : undefined}>
        {lines.length > 1 && <span className="text-dim">{variant.words[line.credential]?.name}: </span>}
        <Verdict line={line} /> <InWords>{reason}</InWords>
        {line.claimed !== null && !reason.includes("Claimed:") && <b> Claimed: {line.claimed}.</b>}
      </span>
    );
  });
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

/** Why, by the observation; of a cell that was not played, by its claim. */
function reasonFor(
  { credential, line, thief }: CellLine,
  variant: MatrixVariant,
  { id }: Pick<MatrixExperiment, "id">,
  standing: CellReading["standing"],
): string {
  const observed = standing === "claimed" ? ({ seen: "nothing", thief } as const) : observedIn({ ...line, thief });
  return reasonOf(variant, variant.settings, id, credential, observed);
}
