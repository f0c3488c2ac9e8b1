import type { EndReason } from "../../core/record.ts";

/** The step of a check that refuses, as the trace has it. */
export type DecidingStep = string;

/** The first words of a step that found an ended record; its reason follows. */
export const endedRecord = "ended record";

/** What ended a record, or overtook it: as the subject of a sentence, and as the end of the phrase "ended by". */
const enders: ReadonlyMap<string, readonly [subject: string, phrase: string]> = new Map(
  Object.entries({
    logout: ["A logout", "logout"],
    revoked: ["A revocation", "revocation"],
    replaced: ["A newer login", "a newer login"],
    "reuse-detected": ["Reuse of a refresh token", "reuse of a refresh token"],
    evicted: ["The cap on logins", "the cap on logins"],
    "user version raised": ["A raised version", "a raised version"],
    "user disabled": ["Disabling the person", "disabling the person"],
  } as const satisfies Record<EndReason | "user version raised" | "user disabled", readonly [string, string]>),
);

/** The reason in an ended record, as the end of the phrase "ended by". */
export function enderOf(reason: string): string {
  return enders.get(reason)?.[1] ?? reason;
}

/** What ended the record that this step found, as the subject of a sentence; `null`: the step does not say. */
export function enderIn(step: DecidingStep): string | null {
  const [found, reason = ""] = step.split(": ");
  return (found === endedRecord && enders.get(reason)?.[0]) || null;
}
