import { duration } from "@/lib/core/time.ts";
import {
  answersTo,
  type LessonFrame,
  type LessonLane,
  type StepWords,
  type StoryRow,
  type StoryWords,
} from "@/lib/features/lessons/model.ts";
import { listed } from "../../_ui/listed.ts";

/** The first or the second of the two answers to a question. */
export type Guess = 0 | 1;

/** The guesses of one step, by row. */
export type Guesses = readonly (Guess | undefined)[];

/** The lanes of a row, in its order. */
export function lanesOf(
  { holder, flow, credentials }: StoryRow,
  frame: LessonFrame | undefined,
): readonly LessonLane[] {
  return credentials.flatMap(
    (credential) =>
      frame?.lanes.find((lane) => lane.holder === holder && lane.flow === flow && lane.credential === credential) ?? [],
  );
}

/** What was measured of a row, as one of the two answers. */
export function measured(question: NonNullable<StepWords["question"]>, row: StoryRow, frame: LessonFrame): Guess {
  if (question.about === "records") return (frame.records[row.flow] ?? 0) > 0 ? 0 : 1;
  return lanesOf(row, frame).some(({ code }) => code === null) ? 0 : 1;
}

/** Whether each row has a guess. */
export function isComplete(guesses: Guesses, { rows }: Pick<StoryWords, "rows">): boolean {
  return rows.every((_, row) => guesses[row] !== undefined);
}

/** `2 of 4 guesses right`; `null`: this step asks nothing, or nothing was guessed. */
export function scoreOf(story: StoryWords, step: StepWords, guesses: Guesses, frame: LessonFrame): string | null {
  const { question } = step;
  if (!question || !isComplete(guesses, story)) return null;
  const right = story.rows.filter((row, number) => guesses[number] === measured(question, row, frame)).length;
  return `${right} of ${story.rows.length} guesses right`;
}

/** The words of an answer to this question. */
export function answerWords({ about }: NonNullable<StepWords["question"]>, answer: Guess): string {
  return answersTo[about][answer];
}

/** The heading of a step in two lines. `alarm`: the second one says what still gets in. */
export type LessonHeading = { readonly first: string; readonly second: string; readonly alarm: boolean };

/** The caption before a step is done; then what came of it. */
export function headingOf(story: StoryWords, step: StepWords, frame: LessonFrame | undefined): LessonHeading {
  const [asked, question] = step.caption;
  if (!frame || !step.result) return { first: asked, second: question, alarm: false };
  const [first, second] = step.result;
  if (second !== undefined) return { first, second, alarm: false };
  const names = [...new Set(stolenIn(story, frame).map(({ name }) => name))];
  if (names.length === 0) return { first, second: "No copy gets in.", alarm: false };
  const verb = names.length === 1 ? "gets" : "get";
  return { first, second: `The thief’s ${listed(names)} still ${verb} in.`, alarm: true };
}

/** The copies that still get in. */
function stolenIn(story: StoryWords, frame: LessonFrame): readonly LessonLane[] {
  const rows = story.rows.filter(({ holder }) => holder === "thief");
  return rows.flatMap((row) => lanesOf(row, frame)).filter(({ code }) => code === null);
}

/** When the lab looked, counted from the mark: `after 12 s`. A step looks once, so this stays as it was recorded. */
export function lookedWords(markedAfter: number): string {
  if (markedAfter < 0.05) return "at once";
  return `after ${markedAfter < 1 ? `${markedAfter.toFixed(1)} s` : duration(markedAfter * 1000)}`;
}
