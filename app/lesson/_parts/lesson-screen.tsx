"use client";

import { useState } from "react";
import type { StoryWords } from "@/lib/features/lessons/model.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { NoLab } from "../../_ui/no-lab.tsx";
import "./lesson.css";
import { LessonBar } from "./lesson-bar.tsx";
import { LessonFoot } from "./lesson-foot.tsx";
import { LessonPanes } from "./lesson-panes.tsx";
import { LessonRows } from "./lesson-rows.tsx";
import { LessonStart } from "./lesson-start.tsx";
import { headingOf } from "./lesson-words.ts";
import { type Lesson, useLesson } from "./use-lesson.ts";
import { useLessonKeys } from "./use-lesson-keys.ts";

type LessonScreenProps = {
  readonly story: StoryWords;
  readonly others: readonly { readonly name: string; readonly title: string }[];
  /** The step that a link opens, from 0; `null`: the lesson waits for its beginning. */
  readonly linked: number | null;
};

/** A story in steps: a caption, a guess, what the lab then shows. Nothing of the application is around it. */
export function LessonScreen(props: LessonScreenProps) {
  const { labMode } = useLab();
  if (!labMode) {
    return (
      <NoLab
        title="Lab mode is off"
        detail="A lesson plays in a lab, and here the flows run without one: set LAB_MODE=on."
      />
    );
  }
  return <LessonInLab {...props} />;
}

function LessonInLab({ story, others, linked }: LessonScreenProps) {
  const lesson = useLesson(story, linked);
  return (
    <div data-lesson={story.name} className="flex min-h-dvh flex-col bg-panel lg:h-dvh lg:min-h-0 lg:overflow-hidden">
      {lesson.shown === null ? (
        <LessonStart story={story} others={others} onBegin={lesson.begin} />
      ) : (
        <Stage story={story} lesson={lesson} shown={lesson.shown} />
      )}
    </div>
  );
}

type StageProps = { readonly story: StoryWords; readonly lesson: Lesson; readonly shown: number };

function Stage({ story, lesson, shown }: StageProps) {
  const { frames, guesses, guess, goOn, goBack } = lesson;
  const step = story.steps[shown];
  const frame = frames[shown];
  const [flipped, setFlipped] = useState<number | null>(null);
  const [paneFlow, setPaneFlow] = useState<string | null>(null);
  const flows = [...new Set(story.rows.map(({ flow }) => flow))];
  const isFlipped = flipped === shown;
  const showsPanes = frame !== undefined && (step?.shows === "panes") !== isFlipped;
  useLessonKeys({
    ...{ goOn, goBack },
    choose: (number) => (showsPanes ? setPaneFlow(flows[number] ?? null) : guess(number)),
    togglePanes: () => frame && setFlipped(isFlipped ? null : shown),
  });
  if (!step) return null;
  const heading = headingOf(story, step, frame);
  return (
    <>
      <LessonBar story={story} shown={shown} />
      <h1 className="min-h-21 px-4 pt-3 text-[1.75rem] leading-[1.135] font-[650] tracking-[-0.035em] text-balance lg:min-h-[6rem] lg:px-8 lg:text-[2.3125rem]">
        <span className="block">{heading.first}</span>{" "}
        <span className={`block ${heading.alarm ? "text-refused" : ""}`}>{heading.second}</span>
      </h1>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-3.5 lg:px-8">
        {showsPanes ? (
          <LessonPanes
            frame={frame}
            flows={flows}
            chosen={paneFlow}
            onChoose={setPaneFlow}
            isRecorded={shown < frames.length - 1}
          />
        ) : (
          <LessonRows
            story={story}
            step={step}
            frame={frame}
            before={frames[shown - 1]}
            guesses={guesses}
            onGuess={guess}
          />
        )}
      </div>
      <LessonFoot
        story={story}
        lesson={lesson}
        shown={shown}
        showsPanes={showsPanes}
        onTogglePanes={() => setFlipped(isFlipped ? null : shown)}
      />
      <p role="status" className="sr-only">
        Step {shown + 1} of {story.steps.length}. {heading.first} {heading.second}
      </p>
    </>
  );
}
