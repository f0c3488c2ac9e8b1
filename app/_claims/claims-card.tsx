import Link from "next/link";
import { claimWords, groupTitles, isWrong } from "@/lib/lab/claim-words.ts";
import {
  type ClaimOrReading,
  type ClaimSheet,
  claimLines,
  type Experiment,
  type StepReport,
  type Verdict,
} from "@/lib/lab/experiment.ts";
import type { ReasonedSheet } from "@/lib/lab/reason/reasoned-claims.ts";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { Disclosure } from "../_ui/controls/disclosure.tsx";
import { SystemMoment } from "../_ui/lab-time.tsx";
import { StatusWords } from "../_ui/status-words.tsx";
import { InWords } from "../_words/in-words.tsx";

/** The state of one claim's verification. */
export type ShownClaim =
  | { readonly state: "playing"; readonly steps: readonly StepReport[] }
  | { readonly state: "played"; readonly verdict: Verdict & { readonly playedAt: string } }
  | { readonly state: "unjudged"; readonly reason: string }
  | { readonly state: "failed"; readonly problem: { readonly code: string; readonly detail: string } };

/** The experiments: each has a question and the script that answers it. */
export type ExperimentInfo = Pick<Experiment, "id" | "title" | "question" | "group" | "replay">;

type ClaimsCardProps = {
  /** The variant's. */
  readonly title: string;
  readonly sheet: ReasonedSheet;
  readonly experiments: readonly ExperimentInfo[];
  readonly shown: (experiment: string) => ShownClaim | undefined;
  readonly onVerify: (experiment: string) => void;
  readonly onVerifyAll: () => void;
};

/** The claims of a variant on each experiment, and on demand the observed results. */
export function ClaimsCard({ title, sheet, experiments, shown, onVerify, onVerifyAll }: ClaimsCardProps) {
  const playing = experiments.some(({ id }) => shown(id)?.state === "playing");
  const rows = (group: string) =>
    experiments.filter((each) => each.group === group && (sheet.claims[each.id] ?? []).length > 0);
  return (
    <Card
      title="Claims"
      label="Claims"
      note={
        <Button onPress={onVerifyAll} busy={playing}>
          Verify all
        </Button>
      }
    >
      <p className="mb-1 text-xs text-dim">
        A credential of {title} was copied. What happens to the copy?{" "}
        <Link href="/who-still-gets-in" prefetch={false} className="underline hover:text-ink">
          All variants
        </Link>
      </p>
      {Object.entries(groupTitles).map(([group, words]) => (
        <details key={group} open={group === "owner"} className="border-t border-line py-1.5">
          <summary className="rounded-sm text-13 font-medium hover:text-ink">
            {words} <span className="font-normal text-dim">{rows(group).length}</span>
          </summary>
          <ul>
            {rows(group).map((experiment) => (
              <li key={experiment.id} className="border-t border-line py-2 first:border-t-0">
                <ClaimRow
                  experiment={experiment}
                  sheet={sheet}
                  shown={shown(experiment.id)}
                  onVerify={() => onVerify(experiment.id)}
                />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </Card>
  );
}

type ClaimRowProps = {
  readonly experiment: ExperimentInfo;
  readonly sheet: ReasonedSheet;
  readonly shown: ShownClaim | undefined;
  readonly onVerify: () => void;
};

function ClaimRow({ experiment, sheet: { claims, settings, reasons }, shown, onVerify }: ClaimRowProps) {
  const { title, question } = experiment;
  return (
    <>
      <div className="mb-0.5 flex items-start gap-2">
        <h3 className="text-13 font-medium" title={question}>
          {title}
        </h3>
        <span className="ml-auto">
          <Button onPress={onVerify} busy={shown?.state === "playing"} label={`Verify now: ${title}`}>
            Verify now
          </Button>
        </span>
      </div>
      <ul className="text-xs">
        {(claims[experiment.id] ?? []).map((claim, at) => (
          <li key={`${claim.credential} ${claim.thief}`} className="flex gap-x-2">
            <span className="w-12 shrink-0 text-dim">{claim.credential}</span>
            <span>
              <Words claim={claim} settings={settings} replay={experiment.replay} />
              <Reason words={reasons[experiment.id]?.[at] ?? null} />
            </span>
          </li>
        ))}
      </ul>
      <div role="status">{shown && <Shown shown={shown} settings={settings} replay={experiment.replay} />}</div>
    </>
  );
}

function Reason({ words }: { words: string | null }) {
  return words === null ? null : (
    <span className="block text-dim">
      <InWords>{words}</InWords>
    </span>
  );
}

type Settings = ClaimSheet["settings"];

type WordsProps = { readonly claim: ClaimOrReading; readonly settings: Settings } & Pick<Experiment, "replay">;

function Words({ claim, settings, replay }: WordsProps) {
  const words = claimWords(claim, settings);
  return isWrong(claim, replay) ? (
    <span className="font-medium text-refused">{words}</span>
  ) : (
    <span className="font-mono">{words}</span>
  );
}

function Shown({ shown, ...sheet }: { shown: ShownClaim } & Omit<WordsProps, "claim">) {
  if (shown.state === "playing") {
    const last = shown.steps.at(-1);
    return (
      <p className="mt-1 text-xs text-dim">
        playing… {last && `step ${shown.steps.length}: ${last.actor}, ${last.action}`}
      </p>
    );
  }
  if (shown.state === "unjudged")
    return <p className="mt-1 text-xs text-refused">could not be judged: {shown.reason}</p>;
  if (shown.state === "failed") {
    return (
      <p className="mt-1 text-xs text-refused">
        not played: <span className="font-mono">{shown.problem.code}</span> {shown.problem.detail}
      </p>
    );
  }
  return <Played verdict={shown.verdict} {...sheet} />;
}

type PlayedProps = { readonly verdict: Verdict & { readonly playedAt: string } } & Omit<WordsProps, "claim">;

function Played({ verdict, settings, replay }: PlayedProps) {
  const { observed, expected, holds, steps, playedAt } = verdict;
  const claimed = claimLines(expected);
  const other = observed.filter((reading) => !claimLines([reading]).every((line) => claimed.includes(line)));
  return (
    <div className="mt-1 text-xs">
      <p>
        <span className={`font-semibold ${holds ? "text-accepted" : "text-refused"}`}>
          {holds ? "holds: observed as claimed" : "differs from what was observed"}
        </span>
        <span className="text-dim">
          , verified <SystemMoment at={playedAt} />
        </span>
      </p>
      {other.map((claim) => (
        <p key={`${claim.credential} ${claim.thief}`}>
          observed for {claim.credential}: <Words claim={claim} settings={settings} replay={replay} />
        </p>
      ))}
      <Disclosure summary={`${steps.length} steps`} className="mt-0.5">
        <Steps steps={steps} />
      </Disclosure>
    </div>
  );
}

/** Steps are only added at the end, so an index is a stable key. */
function numbered(steps: readonly StepReport[]) {
  return steps.map((step, before) => ({ number: before + 1, step }));
}

function Steps({ steps }: { steps: readonly StepReport[] }) {
  return (
    <ol className="grid gap-1">
      {numbered(steps).map(({ number, step }) => (
        <li key={number} className="wrap-anywhere">
          <span className="text-faint">{number}</span> <span className="font-medium">{step.actor}</span> {step.action}
          {step.request !== undefined && <span className="block font-mono text-dim">{step.request}</span>}
          {step.status !== undefined && (
            <span className="block">
              <StatusWords status={step.status} code={step.code ?? null} />
            </span>
          )}
          {step.note !== undefined && <span className="block text-dim">{step.note}</span>}
        </li>
      ))}
    </ol>
  );
}
