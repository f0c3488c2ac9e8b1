import type { CredentialKind } from "../../core/credential.ts";
import type { FlowId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Exchange } from "../../lab/feed/exchange.ts";
import type { LabView } from "../../lab/lab-view.ts";

/** Who holds a credential in a story: its owner, or the thief who copied it. */
export type Holder = "alice" | "thief";

/** What a row of a story follows: credentials of one flow, in the hands of one person. A guess is about a row. */
export type StoryRow = {
  readonly title: string;
  readonly flow: FlowId;
  readonly holder: Holder;
  readonly credentials: readonly CredentialKind[];
};

/**
 * What a visitor guesses of each row before it is shown. `entry`: whether a credential of it gets in. `records`: whether
 * the server keeps a live record of that flow.
 */
export type Question = {
  readonly about: "entry" | "records";
  /** The button that does the step and shows what came of it. */
  readonly press: string;
};

export const answersTo = {
  entry: ["still in", "refused"],
  records: ["a row", "nothing"],
} as const satisfies Record<Question["about"], readonly [yes: string, no: string]>;

/** What a step shows first: a lane for each credential, the panes of the dashboard, or why. */
export type Shown = "lanes" | "panes" | "reasons";

/** A step as a page has it before anything is played. */
export type StepWords = {
  readonly label: string;
  /** At most twenty words, in two lines. */
  readonly caption: readonly [string, string];
  /** The heading once a question is answered. The second line is what was measured, where the thief has a row. */
  readonly result?: readonly [string, string?];
  readonly shows: Shown;
  readonly question?: Question;
  /** What the lab has done then, in one sentence. */
  readonly done: string;
};

/** A story as a page has it. */
export type StoryWords = {
  readonly name: string;
  readonly title: string;
  /** For a list of stories. */
  readonly words: string;
  readonly rows: readonly StoryRow[];
  readonly steps: readonly StepWords[];
  /** What is said of the time from which lanes are counted: `log out`. */
  readonly mark: string;
};

/** What a look at one credential found. Seconds count from the story's mark, on the lab's clock. */
export type LessonLane = {
  readonly holder: Holder;
  readonly flow: FlowId;
  readonly credential: CredentialKind;
  readonly name: string;
  /** `null`: it gets in. */
  readonly code: RefusalCode | null;
  /** The last look after the mark at which it got in; `null`: none. */
  readonly inAfter: number | null;
  /** The end that this look told, if it is not used again. */
  readonly endsAfter: number | null;
  /** Why, in one sentence. */
  readonly reason: string;
};

/** What the panes of the dashboard are drawn from. The middle of each credential is left out. */
export type LessonPanes = Pick<LabView, "clock" | "people" | "variants" | "held"> & {
  readonly cookies: LabView["settings"]["cookies"];
  /** The requests of alice's browser, newest first, with the `Set-Cookie` lines of their answers. */
  readonly exchanges: readonly Exchange[];
};

/** What was recorded at one step, once the lab had done it. */
export type LessonFrame = {
  readonly step: number;
  /** Seconds since the story's mark; `null`: it is still to come. */
  readonly markedAfter: number | null;
  readonly lanes: readonly LessonLane[];
  /** Live records of each flow. */
  readonly records: Readonly<Record<FlowId, number>>;
  readonly panes: LessonPanes;
  /** How the lab differs from what the step says, a sentence each. None: the step is done. */
  readonly differs: readonly string[];
};

/** A lesson that a lab has begun. `frames`: of the steps that were played to get there. */
export type LessonView = { readonly id: string; readonly name: string; readonly frames: readonly LessonFrame[] };
