import ArrowLeft from "lucide-react/icons/arrow-left";
import ArrowRight from "lucide-react/icons/arrow-right";
import Check from "lucide-react/icons/check";
import Link from "next/link";
import type { StoryWords } from "@/lib/features/lessons/model.ts";
import { Button } from "../../_ui/controls/button.tsx";
import { isComplete } from "./lesson-words.ts";
import type { Lesson } from "./use-lesson.ts";

type LessonFootProps = {
  readonly story: StoryWords;
  readonly lesson: Lesson;
  readonly shown: number;
  readonly showsPanes: boolean;
  readonly onTogglePanes: () => void;
};

const quiet = "min-h-8 px-2 text-xs";

/** The way back, what the lab has done, and the way on. */
export function LessonFoot({ story, lesson, shown, showsPanes, onTogglePanes }: LessonFootProps) {
  const { frames, goBack, begin, leave } = lesson;
  const earlier = story.steps[shown - 1];
  return (
    <footer className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line px-4 py-2 text-xs text-dim lg:min-h-12 lg:px-8">
      {earlier && (
        <Button kind="quiet" className={`${quiet} -ml-2 text-ink`} onPress={goBack}>
          <ArrowLeft className="size-4" aria-hidden /> {shown} {earlier.label}
        </Button>
      )}
      <State story={story} lesson={lesson} shown={shown} />
      <span className="ml-auto flex flex-wrap items-center gap-x-1 gap-y-2">
        {frames[shown] && (
          <Button kind="quiet" className={quiet} onPress={onTogglePanes}>
            {showsPanes ? "Hide panes" : "Panes"}
          </Button>
        )}
        {shown < story.steps.length - 1 && shown > 0 && (
          <Button kind="quiet" className={quiet} onPress={begin}>
            Again
          </Button>
        )}
        <Link href="/" prefetch={false} onClick={leave} className="rounded-md px-2 py-1.5 hover:bg-sunk hover:text-ink">
          Leave
        </Link>
        <Onward story={story} lesson={lesson} shown={shown} />
      </span>
    </footer>
  );
}

type PartProps = Pick<LessonFootProps, "story" | "lesson" | "shown">;

function State({ story, lesson, shown }: PartProps) {
  const { frames, isBusy, problem, reopen } = lesson;
  const step = story.steps[shown];
  const frame = frames[shown];
  if (problem) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-warn">
        {problem.detail}
        <Button className={quiet} onPress={reopen}>
          Open this step in a new lab
        </Button>
      </p>
    );
  }
  if (isBusy)
    return <p>{frames.length < shown ? `A new lab is brought to step ${shown + 1} …` : "The lab is doing it …"}</p>;
  if (!frame) {
    return (
      <p>
        Guess each row<span className="max-lg:hidden">: keys 1 to {story.rows.length} change a guess</span>.
      </p>
    );
  }
  if (frame.differs.length > 0) {
    return (
      <p role="alert" className="text-warn">
        The lab did not do what this step says. {frame.differs.join(" ")}
      </p>
    );
  }
  if (shown < frames.length - 1) return <p>As it was. → shows the next step.</p>;
  return (
    <p className="flex items-center gap-2">
      <Check className="size-4 text-accepted" aria-hidden /> Done in this lab: {step?.done}
    </p>
  );
}

/** Held until the lab has done the step, and until each row has a guess. */
function Onward({ story, lesson, shown }: PartProps) {
  const { frames, goOn, begin } = lesson;
  const step = story.steps[shown];
  const next = story.steps[shown + 1];
  const isDone = shown < frames.length;
  const look = { kind: "primary", size: "normal", className: "ml-2 min-h-9 px-4 text-sm" } as const;
  if (isDone && !next) {
    return (
      <Button {...look} onPress={begin}>
        Again
      </Button>
    );
  }
  return (
    <Button {...look} unavailable={heldBecause(lesson, story, isDone)} onPress={goOn}>
      {isDone || !step?.question ? `${shown + 2} ${next?.label}` : step.question.press}{" "}
      <ArrowRight className="size-4" aria-hidden />
    </Button>
  );
}

/** Why the way on is held; `undefined`: it is not. */
function heldBecause(lesson: Lesson, story: StoryWords, isDone: boolean): string | undefined {
  const { frames, guesses, isBusy, problem } = lesson;
  if (problem) return "This lesson was interrupted.";
  if (isBusy) return "The lab is doing the step.";
  if (!isDone) return isComplete(guesses, story) ? undefined : "Guess each row first.";
  const isAsSaid = frames.every(({ differs }) => differs.length === 0);
  return isAsSaid ? undefined : "The lab did not do what this step says.";
}
