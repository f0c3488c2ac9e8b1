import type { Claim, Experiment, StepReport, Verdict } from "@/lib/core/experiment.ts";
import type { VariantView } from "@/lib/core/lab-view.ts";
import { Button } from "./button.tsx";
import { claimWords, sameClaim } from "./claim-words.ts";
import { Disclosure } from "./disclosure.tsx";
import { SystemMoment } from "./lab-time.tsx";
import { Card } from "./pane.tsx";
import { StatusWords } from "./status-words.tsx";

/** How it stands with showing one claim. */
export type ShownClaim =
  | { readonly state: "playing"; readonly steps: readonly StepReport[] }
  | { readonly state: "played"; readonly verdict: Verdict & { readonly playedAt: string } }
  | { readonly state: "failed"; readonly problem: { readonly code: string; readonly detail: string } };

/** What a person wants to know, and the script that tells. */
export type ExperimentInfo = Pick<Experiment, "id" | "title" | "question">;

type ClaimsCardProps = {
  readonly variant: VariantView;
  readonly experiments: readonly ExperimentInfo[];
  readonly shown: (experiment: string) => ShownClaim | undefined;
  readonly onVerify: (experiment: string) => void;
  readonly onVerifyAll: () => void;
};

/** What a variant says each experiment will show for a copied credential; and, on demand, what it does show. */
export function ClaimsCard({ variant, experiments, shown, onVerify, onVerifyAll }: ClaimsCardProps) {
  const claimed = experiments.filter(({ id }) => id in variant.claims);
  const playing = claimed.some(({ id }) => shown(id)?.state === "playing");
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
        Somebody copied a credential of {variant.title}. What becomes of the copy?
      </p>
      <ul>
        {claimed.map((experiment) => (
          <li key={experiment.id} className="border-t border-line py-2">
            <ClaimRow
              experiment={experiment}
              expected={variant.claims[experiment.id] ?? []}
              variant={variant}
              shown={shown(experiment.id)}
              onVerify={() => onVerify(experiment.id)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

type ClaimRowProps = {
  readonly experiment: ExperimentInfo;
  readonly expected: readonly Claim[];
  readonly variant: VariantView;
  readonly shown: ShownClaim | undefined;
  readonly onVerify: () => void;
};

function ClaimRow({ experiment, expected, variant, shown, onVerify }: ClaimRowProps) {
  const { title, question } = experiment;
  const lifetimes = variant.settings.lifetimesSeconds;
  return (
    <>
      <div className="mb-0.5 flex items-start gap-2">
        <h3 className="text-13 font-medium" title={question}>
          {title}
        </h3>
        {expected.length > 0 && (
          <span className="ml-auto">
            <Button onPress={onVerify} busy={shown?.state === "playing"} label={`Verify now: ${title}`}>
              Verify now
            </Button>
          </span>
        )}
      </div>
      {expected.length === 0 && <p className="text-xs text-dim italic">Not for this one: it has no refresh token.</p>}
      <ul className="text-xs">
        {expected.map((claim) => (
          <li key={claim.credential} className="flex gap-x-2">
            <span className="w-12 shrink-0 text-dim">{claim.credential}</span>
            <Words claim={claim} lifetimes={lifetimes} />
          </li>
        ))}
      </ul>
      <div role="status">{shown && <Shown shown={shown} lifetimes={lifetimes} />}</div>
    </>
  );
}

type Lifetimes = VariantView["settings"]["lifetimesSeconds"];

function Words({ claim, lifetimes }: { claim: Claim; lifetimes: Lifetimes }) {
  const words = claimWords(claim, lifetimes);
  return claim.outcome === "exposed" ? (
    <span className="font-medium text-refused">{words}</span>
  ) : (
    <span className="font-mono">{words}</span>
  );
}

function Shown({ shown, lifetimes }: { shown: ShownClaim; lifetimes: Lifetimes }) {
  if (shown.state === "playing") {
    const last = shown.steps.at(-1);
    return (
      <p className="mt-1 text-xs text-dim">
        playing… {last && `step ${shown.steps.length}: ${last.actor}, ${last.action}`}
      </p>
    );
  }
  if (shown.state === "failed") {
    return (
      <p className="mt-1 text-xs text-refused">
        not played: <span className="font-mono">{shown.problem.code}</span> {shown.problem.detail}
      </p>
    );
  }
  return <Played verdict={shown.verdict} lifetimes={lifetimes} />;
}

function Played({ verdict, lifetimes }: { verdict: Verdict & { playedAt: string }; lifetimes: Lifetimes }) {
  const { observed, expected, holds, steps, playedAt } = verdict;
  const other = observed.filter((claim) => !expected.some((one) => sameClaim(one, claim)));
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
        <p key={claim.credential}>
          observed for {claim.credential}: <Words claim={claim} lifetimes={lifetimes} />
        </p>
      ))}
      <Disclosure summary={`${steps.length} steps`} className="mt-0.5">
        <Steps steps={steps} />
      </Disclosure>
    </div>
  );
}

/** Steps are only ever added at the end, so their numbers are their names. */
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
