import type { RefusalCode } from "../../core/refusal.ts";
import { ok, type Result } from "../../core/result.ts";
import { type Clock, minute, second } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";
import type { Stage } from "../../lab/stage.ts";
import { LessonLab } from "./lesson-lab.ts";
import type { LessonFrame, LessonView } from "./model.ts";
import { StoryPlayer } from "./play-step.ts";
import { findStory, stories } from "./stories.ts";
import type { Story } from "./story.ts";

/** Of all visitors of a process together. Between two steps a lesson does nothing; it keeps a lab. */
const lessonsAtOnce = 60;
/** A teacher may talk about one step. A lesson without a step for longer is ended. */
const longestPause = 60 * minute;
const sweepEvery = minute;
/** When all places are taken, a lesson without a step for so long gives its place to the next visitor. */
const sparedPause = 5 * minute;

type LessonsOptions = {
  readonly memory: Pick<LabMemory, "keep">;
  readonly stage: Stage;
  readonly manifests: readonly FlowManifest[];
  readonly systemClock: Clock;
  /** Aborted when this process is asked to end. */
  readonly stopping: AbortSignal;
  /** Told of a lab that could not be removed; it expires by itself. */
  readonly report: (error: unknown) => void;
};

type Lesson = {
  readonly id: string;
  readonly story: Story;
  /** `null`: it was ended before it had a lab. */
  readonly player: Promise<StoryPlayer | null>;
  hasLab: boolean;
  lastUsed: number;
  /** One step after the other, also where a page asks twice. */
  turn: Promise<unknown>;
};

type Declined = {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly retryAfter?: number;
};

export type Lessons = ReturnType<typeof createLessons>;

/**
 * Lessons, one at a time for each visitor's lab. Each is played in a lab of its own, which no page can open: its cookie
 * and its credentials stay here. It ends by `end`, by the next lesson of the same visitor, by a reset of the visitor's
 * lab, after an hour without a step, and when the process stops.
 */
export function createLessons({ stage, manifests, systemClock, stopping, report, memory }: LessonsOptions) {
  // Bounded by `lessonsAtOnce`.
  const lessons = new Map<string, Lesson>();
  memory.keep({
    name: "lessons",
    count: () => lessons.size,
    forget(gone) {
      for (const [visitor, lesson] of lessons) if (gone.has(visitor)) void end(visitor, lesson);
    },
  });
  /** Those that are ended, and whose labs are not removed yet. Bounded: each was a lesson, and ends soon. */
  const endings = new Set<Promise<void>>();
  /** How many of them have a lab still. */
  let closing = 0;
  let begun = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function end(visitor: string, lesson: Lesson): Promise<void> {
    if (lessons.get(visitor) === lesson) lessons.delete(visitor);
    if (lessons.size === 0) stopSweeping();
    const labs = Number(lesson.hasLab);
    closing += labs;
    const ending = removeLab(lesson).finally(() => {
      closing -= labs;
      endings.delete(ending);
    });
    endings.add(ending);
    return ending;
  }

  async function removeLab(lesson: Lesson): Promise<void> {
    const player = await lesson.player.catch(() => null);
    await lesson.turn.catch(() => {});
    await player?.close().catch(report);
  }

  function sweep(): void {
    const before = systemClock.now() - longestPause;
    for (const [visitor, lesson] of lessons) if (lesson.lastUsed < before) void end(visitor, lesson);
  }

  /** When this visitor's next lesson may have a lab; `null`: all places are taken. */
  function placeFor(visitor: string): Promise<void> | null {
    const earlier = lessons.get(visitor);
    if (earlier) return end(visitor, earlier);
    if (lessons.size + closing < lessonsAtOnce) return Promise.resolve();
    // Places are being left: it waits until their labs are removed.
    if (lessons.size < lessonsAtOnce) return Promise.all(endings).then(() => undefined);
    const [oldest] = [...lessons].sort(([, one], [, other]) => one.lastUsed - other.lastUsed);
    return oldest && oldest[1].lastUsed <= systemClock.now() - sparedPause ? end(...oldest) : null;
  }

  function stopSweeping(): void {
    clearInterval(timer);
    timer = undefined;
  }

  async function endAll(): Promise<void> {
    for (const [visitor, lesson] of lessons) void end(visitor, lesson);
    await Promise.all(endings);
  }

  /** `after`: until then the visitor's lesson before has a lab. */
  function open(visitor: string, story: Story, after: Promise<void>): Lesson {
    begun += 1;
    const player = after.then(async () => {
      // The next lesson of this visitor may have been begun meanwhile.
      if (lessons.get(visitor) !== lesson) return null;
      lesson.hasLab = true;
      return new StoryPlayer(story, await LessonLab.open(stage, manifests, story), systemClock);
    });
    const lesson: Lesson = {
      id: String(begun),
      story,
      player,
      hasLab: false,
      lastUsed: systemClock.now(),
      turn: player,
    };
    lessons.set(visitor, lesson);
    timer ??= setInterval(sweep, sweepEvery).unref();
    return lesson;
  }

  /** Plays up to this step, and answers the frames of all that were played; `null`: the lesson was ended meanwhile. */
  function playTo(visitor: string, lesson: Lesson, steps: number): Promise<readonly LessonFrame[] | null> {
    const isOn = () => lessons.get(visitor) === lesson;
    const played = lesson.turn.then(async () => {
      const player = await lesson.player;
      if (!player) return null;
      while (player.frames.length < steps && isOn()) {
        lesson.lastUsed = systemClock.now();
        await player.playNext();
      }
      return isOn() ? [...player.frames] : null;
    });
    lesson.turn = played.catch(() => {});
    return played;
  }

  function ofVisitor(visitor: string, id: string): Lesson | null {
    const lesson = lessons.get(visitor);
    return lesson?.id === id ? lesson : null;
  }

  stopping.addEventListener("abort", () => void endAll(), { once: true });

  return {
    /** Begins a lesson in a new lab, and plays its first `played` steps. An earlier lesson of this visitor ends. */
    async begin(
      visitor: string,
      wanted: { name: string; played: number },
    ): Promise<{ ok: true; value: LessonView } | Declined> {
      const story = findStory(wanted.name);
      if (!story) return unprocessable(`name: there are ${stories.map(({ name }) => name).join(", ")}.`);
      if (wanted.played > story.steps.length) return unprocessable(`played: it has ${story.steps.length} steps.`);
      if (stopping.aborted) return stopped;
      sweep();
      const free = placeFor(visitor);
      if (!free) return full([...lessons.values()], systemClock);
      const lesson = open(visitor, story, free);
      const frames = await playTo(visitor, lesson, wanted.played).catch((error: unknown) =>
        failed(visitor, lesson, error),
      );
      return frames ? ok({ id: lesson.id, name: story.name, frames }) : gone;
    },

    /** Plays the step of this number, counted from 0, if it is the next one. Answers it as recorded if it was played. */
    async play(visitor: string, { id, step }: { id: string; step: number }): Promise<Result<LessonFrame> | Declined> {
      const lesson = ofVisitor(visitor, id);
      if (!lesson) return gone;
      const player = await lesson.player;
      if (!player) return gone;
      if (step > player.frames.length || step >= lesson.story.steps.length) {
        return unprocessable(`step: the next one is ${player.frames.length}, of ${lesson.story.steps.length}.`);
      }
      const frames = await playTo(visitor, lesson, step + 1).catch((error: unknown) => failed(visitor, lesson, error));
      const frame = frames?.[step];
      return frame ? ok(frame) : gone;
    },

    /** Ends this lesson, and removes its lab. */
    async end(visitor: string, id: string): Promise<boolean> {
      const lesson = ofVisitor(visitor, id);
      if (lesson) await end(visitor, lesson);
      return lesson !== null;
    },

    /** Ends those that were not used for an hour. A timer calls it. */
    sweep,

    close: endAll,
  };

  async function failed(visitor: string, lesson: Lesson, error: unknown): Promise<null> {
    await end(visitor, lesson);
    if (stopping.aborted) return null;
    throw error;
  }
}

const gone: Declined = {
  ok: false,
  code: "NOT_FOUND",
  detail: "There is no such lesson here now: another one took its place, or it was left. Begin it again.",
};

const stopped: Declined = {
  ok: false,
  code: "STORE_UNAVAILABLE",
  detail: "The server is stopping. Ask again in a moment.",
};

function unprocessable(detail: string): Declined {
  return { ok: false, code: "UNPROCESSABLE", detail };
}

function full(running: readonly Lesson[], clock: Clock): Declined {
  const oldest = Math.min(clock.now(), ...running.map(({ lastUsed }) => lastUsed));
  const until = oldest + sparedPause;
  const retryAfter = Math.max(1, Math.ceil((until - clock.now()) / second));
  const detail = "Others have lessons here, and there are no more at once.";
  return { ok: false, code: "TOO_MANY_REQUESTS", detail, retryAfter };
}
