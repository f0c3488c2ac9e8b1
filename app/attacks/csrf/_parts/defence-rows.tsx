import type { CsrfVerdict, DefenceTold, PlayedCsrf } from "@/lib/features/attacks/csrf/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import { outcomeWords } from "./csrf-words.ts";
import { verdictOf } from "./verdict-of.ts";

type RowsProps = {
  readonly defences: readonly DefenceTold[];
  readonly verdicts: Readonly<Record<string, CsrfVerdict>>;
  readonly played: PlayedCsrf | null;
};

const columns = "@4xl:grid @4xl:grid-cols-[11rem_minmax(0,1fr)_17rem] @4xl:gap-x-6";

/** A row a defence: its line, and what it makes of the request that is shown. */
export function DefenceRows({ defences, verdicts, played }: RowsProps) {
  return (
    <div className="@container mt-4">
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>Defence</span>
        <span>The line that decides</span>
        <span>The same request against it</span>
      </p>
      <ul aria-label="Defences">
        {defences.map((defence) => (
          <Row key={defence.id} defence={defence} verdict={verdictOf(defence.id, verdicts, played)} />
        ))}
      </ul>
    </div>
  );
}

type RowProps = { readonly defence: DefenceTold; readonly verdict: CsrfVerdict | null };

function Row({ defence: { title, words, line, source }, verdict }: RowProps) {
  const isAlarm = verdict?.outcome === "succeeds";
  return (
    <li className={`border-b border-line py-2 ${columns} ${isAlarm ? "-mx-2 bg-refused-ground px-2" : ""}`}>
      <p className="font-medium">
        {title} <span className="block text-xs font-normal text-dim">{source}</span>
      </p>
      <p className="min-w-0 text-13 @4xl:self-center">
        {words}
        {line && (
          <span className="font-mono text-xs">
            <a href={sourceHref(line.file, line.line)} className="text-dim underline underline-offset-3 hover:text-ink">
              {line.file.split("/").at(-1)}:{line.line}
            </a>{" "}
            <code className="wrap-anywhere">{line.text}</code>
          </span>
        )}
      </p>
      <p className="text-13 @4xl:self-center">
        {verdict ? <Verdict verdict={verdict} /> : <span className="text-faint italic">not played yet</span>}
      </p>
    </li>
  );
}

function Verdict({ verdict: { outcome, code } }: { readonly verdict: CsrfVerdict }) {
  return (
    <>
      <b className={`font-semibold ${outcome === "succeeds" ? "text-refused" : ""}`}>{outcomeWords[outcome]}</b>{" "}
      {outcome === "stopped" ? (
        <span className="text-dim">by the browser</span>
      ) : (
        <span className="font-mono text-xs text-dim">{code}</span>
      )}
    </>
  );
}
