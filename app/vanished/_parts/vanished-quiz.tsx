import Check from "lucide-react/icons/check";
import X from "lucide-react/icons/x";
import { useMemo, useState } from "react";
import type { Diagnosis } from "@/lib/features/vanished/diagnose.ts";
import { type VanishCause, vanishCauses } from "@/lib/features/vanished/vanish-causes.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import type { StreamState } from "../../_browser/shared-stream.ts";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { anotherOf, choicesFor } from "./quiz.ts";
import type { Vanished } from "./use-vanishing.ts";
import { type Vanishing, vanishings } from "./vanishing.ts";
import { EvidenceList } from "./vanishing-cards.tsx";

type VanishedQuizProps = {
  readonly vanished: Vanished;
  readonly flows: readonly FlowInfo[];
  readonly stream: StreamState;
};

/** A random fault takes a login of alice. The visitor guesses the cause first, and then sees the evidence. */
export function VanishedQuiz({ vanished, flows, stream }: VanishedQuizProps) {
  const { vanishing, busy, diagnosis, halted, play } = vanished;
  const [score, setScore] = useState({ right: 0, rounds: 0 });
  const [guess, setGuess] = useState<VanishCause>();
  const begin = () => {
    setGuess(undefined);
    play(anotherOf(vanishings, vanishing?.id, Math.random));
  };
  const judge = (cause: VanishCause) => {
    setGuess(cause);
    setScore({ right: score.right + (cause === diagnosis?.cause ? 1 : 0), rounds: score.rounds + 1 });
  };
  return (
    <Card
      title="A login of alice vanishes. What was it?"
      label="Quiz"
      note={score.rounds > 0 && `${score.right} of ${score.rounds} guessed`}
    >
      <div className="grid max-w-[70rem] gap-4">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button
            kind={busy === undefined && diagnosis && guess === undefined ? "plain" : "primary"}
            size="normal"
            onPress={begin}
            busy={busy !== undefined}
            unavailable={stream === "live" ? undefined : "The page is not live yet."}
          >
            {vanishing ? "Lose another login" : "Lose a login"}
          </Button>
          <p className="min-w-0 flex-1 basis-72 text-13 text-dim">
            It happens for real, in this lab: the fault can move the lab’s clock, change its keys, or end alice’s other
            logins.
          </p>
        </div>
        <div role="status">
          {busy !== undefined && <p className="text-dim">alice logs in, and something happens …</p>}
          {busy === undefined && halted !== null && (
            <p className="text-13 text-refused">It could not be played: {halted}</p>
          )}
          {busy === undefined && vanishing && diagnosis && (
            <Symptom vanishing={vanishing} flows={flows} diagnosis={diagnosis} />
          )}
        </div>
        {busy === undefined && vanishing && diagnosis && (
          <Round
            key={diagnosis.because.map(({ text }) => text).join()}
            diagnosis={diagnosis}
            guess={guess}
            onGuess={judge}
          />
        )}
      </div>
    </Card>
  );
}

type SymptomProps = {
  readonly vanishing: Vanishing;
  readonly flows: readonly FlowInfo[];
  readonly diagnosis: Diagnosis;
};

/** What a person sees who only knows that they are out: the last finding, which is the answer. */
function Symptom({ vanishing: { flow }, flows, diagnosis: { because } }: SymptomProps) {
  return (
    <p data-flow={flow} className="flex flex-wrap items-center gap-x-2 text-lg font-semibold tracking-[-0.02em]">
      <FlowIcon flow={flow} className="size-4.5" />
      {flows.find(({ id }) => id === flow)?.title}: alice was in, and is out.
      <span className="text-sm font-normal tracking-normal text-dim">{because.at(-1)?.text}</span>
    </p>
  );
}

type RoundProps = {
  readonly diagnosis: Diagnosis;
  readonly guess: VanishCause | undefined;
  readonly onGuess: (cause: VanishCause) => void;
};

/** The causes to choose among. Nothing moves when the answer is shown: each cause turns right or wrong in its place. */
function Round({ diagnosis, guess, onGuess }: RoundProps) {
  const choices = useMemo(() => choicesFor(diagnosis.cause, Math.random), [diagnosis.cause]);
  return (
    <>
      <ul className="grid gap-2 sm:grid-cols-2" aria-label="Possible causes">
        {choices.map((cause) => (
          <li key={cause}>
            <Choice
              cause={cause}
              isTrue={cause === diagnosis.cause}
              guess={guess}
              onGuess={() => guess === undefined && onGuess(cause)}
            />
          </li>
        ))}
      </ul>
      {guess !== undefined && (
        <section aria-label="Evidence">
          <h3 className="font-semibold">{guess === diagnosis.cause ? "Right." : "It was something else."}</h3>
          <EvidenceList diagnosis={diagnosis} />
        </section>
      )}
    </>
  );
}

type ChoiceProps = {
  readonly cause: VanishCause;
  readonly isTrue: boolean;
  readonly guess: VanishCause | undefined;
  readonly onGuess: () => void;
};

function Choice({ cause, isTrue, guess, onGuess }: ChoiceProps) {
  const isOver = guess !== undefined;
  const look = !isOver
    ? "border-strong hover:border-ink hover:bg-sunk"
    : isTrue
      ? "border-ink shadow-[inset_0_0_0_1px_var(--ink)]"
      : "border-line text-dim";
  return (
    <button
      type="button"
      aria-disabled={isOver || undefined}
      aria-pressed={guess === cause}
      className={`flex min-h-11 w-full items-center gap-2 rounded-control border px-3 py-2 text-left font-medium ${look}`}
      onClick={onGuess}
    >
      <span className="size-4 shrink-0">
        {isOver && isTrue && <Check className="size-4" aria-hidden />}
        {isOver && !isTrue && guess === cause && <X className="size-4" aria-hidden />}
      </span>
      {vanishCauses[cause][0]}
      {isOver && (isTrue || guess === cause) && (
        <span className="ml-auto text-13 font-normal text-dim">
          {isTrue ? (guess === cause ? "your guess, right" : "this was it") : "your guess"}
        </span>
      )}
    </button>
  );
}
