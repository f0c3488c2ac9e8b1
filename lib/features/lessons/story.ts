import type { CredentialKind } from "../../core/credential.ts";
import type { FlowId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { EventName } from "../../lab/reason/lab-events.ts";
import type { Holder, StepWords, StoryWords } from "./model.ts";

/** What somebody does in the lab of a lesson, in each flow of the story. */
export type LessonAct =
  | { readonly does: "log-in"; readonly password?: "new" }
  /** alice's browser asks who she is. */
  | { readonly does: "ask" }
  /** The thief copies every credential that alice's browser holds. */
  | { readonly does: "copy" }
  | { readonly does: "log-out" }
  | { readonly does: "refresh" }
  | { readonly does: "change-password" }
  | { readonly does: "rotate-keys" }
  | { readonly does: "clear-browser" }
  | { readonly does: "advance"; readonly seconds: number }
  /** The thief asks who they are, with each copy that proves it. */
  | { readonly does: "use-copies" }
  /** The thief exchanges the copied refresh token. */
  | { readonly does: "replay-refresh" };

/**
 * What must be so once a step is done. Every entry that is named is compared with the lab; what was answered, with the
 * answers to this step's own acts.
 */
export type StepCheck = {
  readonly lanes?: Readonly<Partial<Record<`${Holder} ${FlowId} ${CredentialKind}`, "in" | RefusalCode>>>;
  /** Live records of each flow on the server. */
  readonly records?: Readonly<Record<FlowId, number>>;
  /** Credentials of each flow in alice's browser. */
  readonly held?: Readonly<Record<FlowId, number>>;
  /** Seconds since the mark, at least, on the lab's clock. */
  readonly sinceMark?: number;
  readonly answered?: Readonly<Partial<Record<`${LessonAct["does"]} ${FlowId}`, "done" | RefusalCode>>>;
};

/** A step of a story: its words, what is done, and what must be so then. */
export type StoryStep = StepWords & {
  readonly acts: readonly LessonAct[];
  readonly check: StepCheck;
  /** The event after which reasons are given. From this step on, unless a later one names another. */
  readonly event?: EventName;
  /** Lanes are counted from the end of this step's first act. */
  readonly isMark?: true;
};

/** A lesson as data. */
export type Story = Omit<StoryWords, "steps"> & { readonly steps: readonly StoryStep[] };

/** The flows of a story, in the order of its rows. */
export function flowsIn({ rows }: Pick<Story, "rows">): readonly FlowId[] {
  return [...new Set(rows.map(({ flow }) => flow))];
}

/** What a page has of a story: nothing of what is to come. */
export function wordsOf({ steps, ...story }: Story): StoryWords {
  return {
    ...story,
    steps: steps.map(({ label, caption, result, shows, question, done }) => ({
      ...{ label, caption, shows, done },
      ...(result && { result }),
      ...(question && { question }),
    })),
  };
}
