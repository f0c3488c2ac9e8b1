import type { FlowId } from "../../core/ids.ts";
import { isSuccess } from "../../lab/device.ts";
import type { ActAnswer } from "./lesson-lab.ts";
import type { LessonLane } from "./model.ts";
import type { StepCheck } from "./story.ts";

/** What the lab shows after a step. */
export type Recorded = {
  readonly lanes: readonly LessonLane[];
  readonly records: Readonly<Record<FlowId, number>>;
  readonly held: Readonly<Record<FlowId, number>>;
  readonly answers: readonly ActAnswer[];
  /** Seconds since the story's mark; `null`: it is still to come. */
  readonly markedAfter: number | null;
};

/** How the lab differs from what a step says, a sentence each. */
export function differencesOf(
  check: StepCheck,
  { lanes, records, held, answers, markedAfter }: Recorded,
): readonly string[] {
  const seen = new Map(lanes.map(({ holder, flow, credential, code }) => [`${holder} ${flow} ${credential}`, code]));
  const answered = new Map(answers.map(({ act, flow, reply }) => [`${act} ${flow}`, reply]));
  const codeOf = (name: string) => {
    const code = seen.get(name);
    return code === undefined ? "not held" : (code ?? "in");
  };
  const answerOf = (name: string) => {
    const reply = answered.get(name);
    if (!reply) return "not asked";
    return isSuccess(reply) ? "done" : (reply.code ?? `status ${reply.status}`);
  };
  const { sinceMark = 0 } = check;
  const isEarly = sinceMark > 0 && (markedAfter === null || markedAfter < sinceMark);
  return [
    ...(isEarly ? [`since the mark: ${markedAfter ?? "no"} seconds, and the step says ${sinceMark}.`] : []),
    ...compared("", check.lanes, codeOf),
    ...compared("records of ", check.records, (flow) => records[flow] ?? 0),
    ...compared("credentials of ", check.held, (flow) => held[flow] ?? 0),
    ...compared("", check.answered, answerOf),
  ];
}

function compared(
  what: string,
  expected: object | undefined,
  observe: (name: string) => string | number,
): readonly string[] {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(expected ?? {});
  return entries.flatMap(([name, value]) => {
    const observed = observe(name);
    return observed === value ? [] : [`${what}${name}: ${observed}, and the step says ${value}.`];
  });
}
