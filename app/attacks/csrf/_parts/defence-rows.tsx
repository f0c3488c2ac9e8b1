import type { CsrfVerdict, DefenceTold, PlayedCsrf } from "@/lib/features/attacks/csrf/model.ts";
import { DefenceList, DefenceRow } from "../../_parts/defence-list.tsx";
import { outcomeWords } from "./csrf-words.ts";
import { verdictOf } from "./verdict-of.ts";

type RowsProps = {
  readonly defences: readonly DefenceTold[];
  readonly verdicts: Readonly<Record<string, CsrfVerdict>>;
  readonly played: PlayedCsrf | null;
};

/** Each defence, and its verdict on the request that is shown. */
export function DefenceRows({ defences, verdicts, played }: RowsProps) {
  return (
    <DefenceList tells="The same request against it">
      {defences.map((defence) => {
        const verdict = verdictOf(defence.id, verdicts, played);
        return (
          <DefenceRow key={defence.id} defence={defence} isAlarm={verdict?.outcome === "succeeds"}>
            {verdict ? <Verdict verdict={verdict} /> : <span className="text-faint italic">not played yet</span>}
          </DefenceRow>
        );
      })}
    </DefenceList>
  );
}

function Verdict({ verdict: { outcome, code } }: { readonly verdict: CsrfVerdict }) {
  return (
    <>
      <b className={`font-semibold ${outcome === "succeeds" ? "text-refused" : ""}`}>{outcomeWords[outcome]}</b>{" "}
      {outcome === "stopped" && <span className="text-dim">by the browser</span>}
      {code !== null && <span className="font-mono text-xs text-dim">{code}</span>}
    </>
  );
}
