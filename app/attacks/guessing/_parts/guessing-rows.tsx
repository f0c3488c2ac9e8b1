import { duration } from "@/lib/core/time.ts";
import type { GuessingOutcome, GuessingTold, PlayedGuessing } from "@/lib/features/attacks/guessing/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";

type RowsProps = { readonly cases: readonly GuessingTold[]; readonly played: readonly PlayedGuessing[] };

const columns = "@4xl:grid @4xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)] @4xl:gap-x-8";

/** A row an attack: what is done, what limits with a mistake make of it, and what the right ones do. */
export function GuessingRows({ cases, played }: RowsProps) {
  return (
    <div className="@container mt-5">
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>What must be so, and what the attacker does</span>
        <span>Against limits with a known mistake</span>
        <span>Against these limits, and the line that decides</span>
      </p>
      <ul>
        {cases.map((each) => (
          <Row key={each.id} told={each} played={played.find(({ id }) => id === each.id)} />
        ))}
      </ul>
    </div>
  );
}

function Row({ told, played }: { readonly told: GuessingTold; readonly played: PlayedGuessing | undefined }) {
  const isAlarm = played?.defence.succeeded === true;
  return (
    <li className={`border-b border-line py-3 ${columns} ${isAlarm ? "-mx-2 bg-refused-ground px-2" : ""}`}>
      <div className="min-w-0">
        <p className="font-medium">{told.title}</p>
        <p className="mt-0.5 text-13 text-dim">{told.does}</p>
        <p className="mt-0.5 text-xs text-faint">
          {told.source}; what decides is the answer to {told.decidedBy}
        </p>
      </div>
      <div className="mt-2 min-w-0 @4xl:mt-0">
        {played ? <Outcome id={told.id} outcome={played.weakness} by={played.weakness.mistake} /> : <NotPlayed />}
      </div>
      <div className="mt-2 min-w-0 @4xl:mt-0">
        {played ? <Outcome id={told.id} outcome={played.defence} /> : <NotPlayed />}
      </div>
    </li>
  );
}

function NotPlayed() {
  return <p className="text-13 text-faint italic">not played yet</p>;
}

type OutcomeProps = { readonly id: string; readonly outcome: GuessingOutcome; readonly by?: string };

function Outcome({ id, outcome, by }: OutcomeProps) {
  const aim = aims[id];
  const { status, code, wait, succeeded, line } = outcome;
  return (
    <>
      <p className="text-13">
        <b className={`font-semibold ${succeeded ? "text-refused" : ""}`}>{wordOf(outcome)}</b>{" "}
        <span className="font-mono text-dim">
          {status} {code}
        </span>
        {wait !== null && <span className="text-dim">, wait {duration(wait * 1000)}</span>}
      </p>
      {aim && <p className="text-13">{succeeded ? aim.reached : aim.missed}</p>}
      {by && <p className="text-13 text-dim">{by}</p>}
      <Hashed outcome={outcome} />
      <p className="mt-1 font-mono text-xs">
        <a href={sourceHref(line.file, line.line)} className="text-dim underline underline-offset-3 hover:text-ink">
          {line.file.split("/").at(-1)}:{line.line}
        </a>{" "}
        <code className="wrap-anywhere">{line.text}</code>
      </p>
    </>
  );
}

function wordOf({ succeeded, status }: GuessingOutcome): string {
  if (succeeded) return "SUCCEEDS";
  return status === 200 ? "alice gets in" : "refused";
}

/** Of attacks that do not aim at getting in. There a refusal of the deciding request can be the attacker’s success. */
const aims: Readonly<Record<string, { readonly reached: string; readonly missed: string }>> = {
  "lock-out": { reached: "alice herself is locked out.", missed: "Nobody locks her out." },
  "which-names": { reached: "The work tells the two names apart.", missed: "Both names cost the same work." },
};

/** How many of the attacker's passwords were compared with the stored one, of those that were sent. */
function Hashed({ outcome: { sent, hashed, succeeded } }: { readonly outcome: GuessingOutcome }) {
  return (
    <div className="mt-1 flex items-center gap-2">
      <span aria-hidden="true" className="block h-1.5 w-28 shrink-0 overflow-hidden rounded-full bg-line">
        <span
          className={`block h-full rounded-full ${succeeded ? "bg-refused" : "bg-dim"}`}
          style={{ width: `${(100 * hashed) / sent}%` }}
        />
      </span>
      <span className="text-xs text-dim tabular-nums">
        {hashed.toLocaleString("en")} of {sent.toLocaleString("en")} hashed and compared
      </span>
    </div>
  );
}
