import Check from "lucide-react/icons/check";
import X from "lucide-react/icons/x";
import type { LessonFrame, StepWords, StoryRow, StoryWords } from "@/lib/features/lessons/model.ts";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { HeldLanes, TimeLanes } from "./lesson-lanes.tsx";
import { Measured, showsRecords } from "./lesson-measured.tsx";
import { RowReasons } from "./lesson-reasons.tsx";
import { answerWords, type Guess, type Guesses, lanesOf, lookedWords, measured, scoreOf } from "./lesson-words.ts";

type LessonRowsProps = {
  readonly story: StoryWords;
  readonly step: StepWords;
  /** What was recorded at this step; absent: it is still to be done. */
  readonly frame: LessonFrame | undefined;
  readonly before: LessonFrame | undefined;
  readonly guesses: Guesses;
  readonly onGuess: (row: number, answer: Guess) => void;
};

const columns = "lg:grid-cols-[14rem_14.75rem_16.375rem_1fr]";
const row = `grid gap-2 border-t border-line py-2 max-lg:grid-cols-[15.125rem_minmax(0,1fr)] lg:col-span-4 lg:gap-x-0 lg:grid-cols-subgrid lg:min-h-14 lg:items-center`;

/** A row for each flow, or for each credential: what it is, the guess, its life, and what was measured. */
export function LessonRows(props: LessonRowsProps) {
  const { story, step, frame, before, guesses, onGuess } = props;
  const isReasons = step.shows === "reasons" && frame !== undefined;
  return (
    <ul aria-label="What each one does" className={`grid lg:grid ${columns}`}>
      <Head story={story} step={step} frame={frame} guesses={guesses} />
      {story.rows.map((each, number) => (
        <li key={each.title} data-flow={each.flow} data-row={number + 1} className={row}>
          <p className="flex items-center gap-2.5 text-base max-lg:col-span-2 font-semibold tracking-[-0.03em] whitespace-nowrap lg:text-[1.25rem]">
            {step.question && (
              <kbd className="w-5.25 rounded-[0.25rem] border border-strong text-center font-mono text-xs leading-5 font-medium text-dim">
                {number + 1}
              </kbd>
            )}
            <FlowIcon flow={each.flow} className="size-5" />
            {each.title}
          </p>
          {isReasons ? (
            <RowReasons
              row={each}
              frame={frame}
              hasOwnFlow={story.rows.filter(({ flow }) => flow === each.flow).length === 1}
            />
          ) : (
            <>
              <RowGuess
                step={step}
                row={each}
                number={number}
                frame={frame}
                guess={guesses[number]}
                onGuess={onGuess}
              />
              <RowLanes step={step} row={each} frame={frame} before={before} />
            </>
          )}
          {frame && <Measured step={step} row={each} frame={frame} />}
        </li>
      ))}
    </ul>
  );
}

type HeadProps = Pick<LessonRowsProps, "story" | "step" | "frame" | "guesses">;

function Head({ story, step, frame, guesses }: HeadProps) {
  const isRecords = step.question?.about === "records";
  const score = frame && scoreOf(story, step, guesses, frame);
  const hasMark = step.question?.about === "entry" || (frame !== undefined && frame.markedAfter !== null);
  return (
    <li className="min-h-5.5 pb-1 text-xs text-dim max-lg:flex max-lg:justify-between lg:col-span-4 lg:grid lg:grid-cols-subgrid lg:items-end">
      <span className="max-lg:hidden" />
      <span className={score ? "font-semibold text-ink" : ""}>
        {score ?? (step.question && !frame ? "Your guess" : step.shows === "reasons" ? "Why" : "")}
      </span>
      <span className="relative max-lg:hidden">
        {isRecords && "in alice’s browser"}
        {!isRecords && step.shows !== "reasons" && hasMark && (
          <>
            <span className="absolute bottom-0 left-[6.375rem] -translate-x-1/2 whitespace-nowrap text-ink">
              {story.mark}
            </span>
            {frame && frame.markedAfter !== null && (
              <span className="absolute bottom-0 left-[15.125rem] -translate-x-full whitespace-nowrap text-ink">
                {lookedWords(frame.markedAfter)}
              </span>
            )}
          </>
        )}
      </span>
      <span>{frame && (showsRecords(step, frame) ? "on the server" : "Measured")}</span>
    </li>
  );
}

type RowGuessProps = Pick<LessonRowsProps, "step" | "frame" | "onGuess"> & {
  readonly row: StoryRow;
  readonly number: number;
  readonly guess: Guess | undefined;
};

/** Two answers to choose from; once the step is done, the chosen one turns into right or wrong in their place. */
function RowGuess({ step, row: each, number, frame, guess, onGuess }: RowGuessProps) {
  const { question } = step;
  if (!question) return <span className="max-lg:hidden" />;
  if (frame) {
    if (guess === undefined) return <span className="max-lg:hidden" />;
    const isRight = guess === measured(question, each, frame);
    const Icon = isRight ? Check : X;
    return (
      <p className="flex min-h-8 items-center gap-1.5 max-lg:col-span-2 text-[0.9375rem] whitespace-nowrap text-dim lg:pr-6">
        You said {answerWords(question, guess)}
        <b className="ml-auto flex items-center gap-1 font-[650] text-ink">
          <Icon className="size-4" aria-hidden /> {isRight ? "right" : "wrong"}
        </b>
      </p>
    );
  }
  return (
    <fieldset aria-label={`Guess for ${each.title}`} className="flex gap-1.5 max-lg:col-span-2">
      {([0, 1] as const).map((answer) => (
        <button
          key={answer}
          type="button"
          aria-pressed={guess === answer}
          onClick={() => onGuess(number, answer)}
          className={`flex h-8 flex-1 items-center justify-center rounded-[0.3125rem] border text-base lg:w-[6.4375rem] lg:flex-none ${guess === answer ? "border-ink bg-ink font-semibold text-panel" : "border-strong text-dim hover:bg-sunk"}`}
        >
          {answerWords(question, answer)}
        </button>
      ))}
    </fieldset>
  );
}

type RowLanesProps = Pick<LessonRowsProps, "step" | "frame" | "before"> & { readonly row: StoryRow };

function RowLanes({ step, row: each, frame, before }: RowLanesProps) {
  if (step.question?.about === "records") return <HeldLanes row={each} frame={frame ?? before} />;
  const lanes = lanesOf(each, frame ?? before);
  return <TimeLanes row={each} lanes={lanes} frame={frame} isAsked={step.question !== undefined} />;
}
