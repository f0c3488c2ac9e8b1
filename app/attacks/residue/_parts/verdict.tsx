import type { ResidueVerdict, Seen } from "@/lib/features/attacks/residue/model.ts";
import { outcomeWords, sourceWords } from "./residue-words.ts";

type VerdictProps = { readonly verdict: ResidueVerdict | null; readonly seen?: Seen | null };

/** The word of a verdict, and the code or the place that the page came from. */
export function Verdict({ verdict, seen = null }: VerdictProps) {
  if (!verdict) return <span className="text-faint italic">not played yet</span>;
  const { outcome, code } = verdict;
  const isAlarm = outcome === "shown";
  return (
    <>
      <b
        className={`font-semibold ${isAlarm ? "text-refused" : ""} ${outcome === "cannot" ? "font-normal text-dim" : ""}`}
      >
        {outcomeWords[outcome]}
      </b>{" "}
      {code !== null && <span className="font-mono text-xs wrap-anywhere text-dim">{code}</span>}
      {isAlarm && seen && <span className="text-xs text-dim">{sourceWords[seen.source]}</span>}
    </>
  );
}
