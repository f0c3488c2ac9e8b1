import type { ReactNode } from "react";
import { InWords } from "../../_words/in-words.tsx";
import { type RaceRow, type Standing, secondsIn } from "./race-rows.ts";
import type { RaceState } from "./race-state.ts";
import { claimed } from "./race-words.ts";

type RaceVerdictProps = {
  readonly row: RaceRow;
  readonly race: RaceState | null;
  readonly isOver: boolean;
  readonly isTall: boolean;
};

/** The word, and for how long: whole seconds, of the last look that got in. */
export function RaceVerdict({ row: { unused, used }, race, isOver, isTall }: RaceVerdictProps) {
  const shared = { race, isOver, isTall };
  const apart = used !== null && used.is !== unused.is;
  return (
    <div
      className="row-start-2 min-w-0 @4xl:col-start-3 @4xl:row-start-1"
      title={isTall ? undefined : (unused.reason ?? undefined)}
    >
      {apart && <Words {...shared} standing={used} who="uses" />}
      <Words {...shared} standing={unused} who={apart ? "waits" : null} used={apart ? null : used} />
      {unused.reason !== null && (
        <p className={isTall ? "mt-0.5 text-13" : "sr-only"}>
          {isTall ? <InWords>{unused.reason}</InWords> : unused.reason}
        </p>
      )}
      {race && <Notes standings={used ? [unused, used] : [unused]} race={race} />}
    </div>
  );
}

type WordsProps = Omit<RaceVerdictProps, "row"> & {
  readonly standing: Standing;
  /** Whose copy it is, where the two thieves differ. */
  readonly who: "uses" | "waits" | null;
  /** The copy of the active thief, which stands as this one does. */
  readonly used?: Standing | null;
};

function Words({ standing, who, used = null, race, isOver, isTall }: WordsProps) {
  const { is, gotIn, code, copy, lane } = standing;
  switch (is) {
    case "failed":
      return <Line word="no login" rest={<Code>{`${lane.failed?.status} ${lane.failed?.code ?? ""}`}</Code>} />;
    case "waiting":
      return <Quiet>{race === null ? "" : waitingWords(copy.sighting !== null, isOver)}</Quiet>;
    case "in":
      return <Line alarm word="STILL IN" rest={joined(whose(who), leftWords(standing, used, race))} />;
    case "left":
      return <Line word="stopped" rest={joined(whose(who), <Got>got in for {secondsIn(gotIn)}</Got>)} />;
    case "refused":
      return (
        <Line
          word="refused"
          rest={
            <>
              <Code className={isTall ? "@4xl:sr-only" : ""}>{code}</Code>
              {joined(whose(who), refusedWords(standing, used))}
            </>
          }
        />
      );
  }
}

function waitingWords(isSeen: boolean, isOver: boolean): string {
  if (isOver) return "did not start";
  return isSeen ? "in, before the plug" : "logging in …";
}

function whose(who: WordsProps["who"]): string | null {
  if (who === null) return null;
  return who === "uses" ? "for a thief who keeps using it" : "for a thief who waits";
}

function joined(first: string | null, second: ReactNode): ReactNode {
  return (
    <>
      {first !== null && <span>{first},</span>} {second}
    </>
  );
}

function leftWords({ copy, isStale }: Standing, used: Standing | null, race: RaceState | null): string {
  const now = race?.seconds ?? 0;
  const left = ({ claimedEnd }: Standing["copy"]) =>
    claimedEnd === null ? null : Math.max(0, Math.ceil(claimedEnd - now));
  const role = isStale ? ", with the old role" : "";
  const [unusedLeft, usedLeft] = [left(copy), used && left(used.copy)];
  if (copy.verdict || unusedLeft === null) return `to the end of the race${role}`;
  const inUse = usedLeft === null ? "" : `, ${usedLeft} s if kept in use`;
  return `${unusedLeft} s left${inUse}${role}`;
}

function refusedWords({ gotIn, copy, isStale }: Standing, used: Standing | null): ReactNode {
  if (gotIn === null) return copy.verdict?.refusedAfter === null ? "before the plug" : "at once";
  return (
    <Got>
      got in for {secondsIn(gotIn)}
      {used && used.gotIn !== null && `, ${secondsIn(used.gotIn)} in use`}
      {isStale && ", with the old role"}
    </Got>
  );
}

/** What differs from its claim, and a plug that the variant lacks. */
function Notes({ standings, race }: { readonly standings: readonly Standing[]; readonly race: RaceState }) {
  const { pulled } = standings[0]?.lane ?? {};
  return (
    <>
      {standings
        .filter(({ copy }) => copy.verdict?.holds === false)
        .map(({ copy, lane }) => (
          <p key={lane.thief} className="mt-1 text-13">
            <span className="rounded-xs px-1 ring-1 ring-ink">differs from its claim: {claimed(copy, race)}</span>
          </p>
        ))}
      {pulled?.code && (
        <p className="text-13 text-dim">
          the plug was answered{" "}
          <Code>
            {pulled.status} {pulled.code}
          </Code>
        </p>
      )}
    </>
  );
}

type LineProps = { readonly word: string; readonly rest: ReactNode; readonly alarm?: boolean };

function Line({ word, rest, alarm = false }: LineProps) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <strong className={alarm ? "text-lg font-bold text-refused" : "text-base font-semibold"}>{word}</strong>{" "}
      <span className="inline-flex flex-wrap gap-x-1.5">{rest}</span>
    </p>
  );
}

function Got({ children }: { readonly children: ReactNode }) {
  return <span className="font-semibold text-refused">{children}</span>;
}

function Code({ children, className = "" }: { readonly children: ReactNode; readonly className?: string }) {
  return <span className={`font-mono text-13 text-dim ${className}`}>{children}</span>;
}

function Quiet({ children }: { readonly children: ReactNode }) {
  return <p className="text-dim">{children}</p>;
}
