"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { LessonFrame, StoryWords } from "@/lib/features/lessons/model.ts";
import { writeParameters } from "../../_browser/address.ts";
import type { Answer, Problem } from "../../_browser/api.ts";
import { beginLesson, leaveLesson, playStep } from "./lesson-calls.ts";
import { type Guesses, isComplete } from "./lesson-words.ts";

export type Lesson = {
  /** The number of the step that is shown, from 0; `null`: the lesson has not begun. */
  readonly shown: number | null;
  /** What was recorded at each step that was played. */
  readonly frames: readonly LessonFrame[];
  /** The guesses of the shown step. */
  readonly guesses: Guesses;
  /** The lab is doing a step, or is brought to one. */
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  readonly begin: () => void;
  /** Opens the shown step in a new lab. */
  readonly reopen: () => void;
  /** Does the shown step if it is still to be done, else shows the next one. */
  readonly goOn: () => void;
  readonly goBack: () => void;
  /** Changes the guess of a row, to the given one or to the other one. */
  readonly guess: (row: number, answer?: 0 | 1) => void;
  readonly leave: () => void;
};

/** The lesson that this page plays. The server has its lab; the page has an id that only its own lab cookie can use. */
export function useLesson(story: StoryWords, linked: number | null): Lesson {
  const [shown, setShown] = useState<number | null>(linked);
  const [frames, setFrames] = useState<readonly LessonFrame[]>([]);
  const [guessed, setGuessed] = useState<Readonly<Record<number, Guesses>>>({});
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const own = useRef<{ id: string | null; turn: number }>({ id: null, turn: 0 });

  const asks = (step: number) => story.steps[step]?.question !== undefined;
  const show = (step: number) => {
    setShown(step);
    writeParameters({ step: [String(step + 1)] });
  };

  function leave(): void {
    own.current.turn += 1;
    if (own.current.id !== null) leaveLesson(own.current.id);
    own.current.id = null;
  }

  /** Waits for an answer. `null`: it was refused, or the page has left this lesson meanwhile. */
  async function answered<T>(asked: Promise<Answer<T>>): Promise<T | null> {
    const { turn } = own.current;
    setBusy(true);
    setProblem(null);
    const answer = await asked;
    if (turn !== own.current.turn) return null;
    setBusy(false);
    if (answer.ok) return answer.body;
    setProblem(answer);
    return null;
  }

  /** A step that asks is opened before it is done. */
  async function openAt(step: number): Promise<void> {
    leave();
    const { turn } = own.current;
    setFrames([]);
    show(step);
    const asked = beginLesson(story.name, asks(step) ? step : step + 1);
    const begun = await answered(asked);
    if (begun) {
      own.current.id = begun.id;
      setFrames(begun.frames);
      return;
    }
    const late = await asked;
    if (late.ok && turn !== own.current.turn) leaveLesson(late.body.id);
  }

  async function play(step: number): Promise<void> {
    if (own.current.id === null) return;
    const frame = await answered(playStep(own.current.id, step));
    if (frame) setFrames((before) => [...before.slice(0, step), frame]);
  }

  const last = story.steps.length - 1;
  const guesses = (shown !== null && guessed[shown]) || [];
  const isHeld = isBusy || shown === null || (frames.at(-1)?.differs.length ?? 0) > 0;

  function goOn(): void {
    if (isHeld || problem) return;
    if (shown >= frames.length) {
      if (isComplete(guesses, story)) void play(shown);
      return;
    }
    if (shown === last) return;
    show(shown + 1);
    if (shown + 1 >= frames.length && !asks(shown + 1)) void play(shown + 1);
  }

  function guess(row: number, answer?: 0 | 1): void {
    if (shown === null || !asks(shown) || !story.rows[row]) return;
    // A class may guess while a new lab is brought there, and not once the step is done.
    if (shown < frames.length || (isBusy && shown === frames.length)) return;
    setGuessed((before) => {
      const next = [...(before[shown] ?? [])];
      next[row] = answer ?? (next[row] === 0 ? 1 : 0);
      return { ...before, [shown]: next };
    });
  }

  const openLinked = useEffectEvent(() => {
    // By the way back the browser may show the page as it was drawn for another step than the address has.
    const step = stepInAddress(story.steps.length);
    if (own.current.id !== null) return;
    if (step === null) setShown(null);
    else void openAt(step);
  });
  const leaveNow = useEffectEvent(leave);
  const comeBack = useEffectEvent((event: PageTransitionEvent) => {
    // A page from the back/forward cache has left its lesson.
    if (event.persisted && shown !== null) void openAt(shown);
  });
  useEffect(() => {
    openLinked();
    const away = () => leaveNow();
    const back = (event: PageTransitionEvent) => comeBack(event);
    window.addEventListener("pagehide", away);
    window.addEventListener("pageshow", back);
    return () => {
      window.removeEventListener("pagehide", away);
      window.removeEventListener("pageshow", back);
      away();
    };
  }, []);

  return {
    ...{ shown, frames, guesses, isBusy, problem, goOn, guess, leave },
    begin() {
      setGuessed({});
      void openAt(0);
    },
    reopen: () => void openAt(shown ?? 0),
    goBack() {
      if (!isBusy && shown !== null && shown > 0) show(shown - 1);
    },
  };
}

/** The step in the address, from 0; `null`: it names none of these. */
function stepInAddress(steps: number): number | null {
  const step = Number(new URLSearchParams(window.location.search).get("step"));
  return Number.isInteger(step) && step >= 1 && step <= steps ? step - 1 : null;
}
