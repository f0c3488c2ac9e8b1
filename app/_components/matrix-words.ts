import {
  type Claim,
  type ClaimOrReading,
  type ClaimSheet,
  type Experiment,
  type Reading,
  staysFor,
  type Thief,
} from "@/lib/core/experiment.ts";
import type { FlowId, Safety, VariantId } from "@/lib/core/flow.ts";
import type { RefusalCode } from "@/lib/core/refusal.ts";
import { duration } from "./format-time.ts";

/** A column of the matrix. */
export type MatrixVariant = ClaimSheet & {
  readonly flow: FlowId;
  readonly title: string;
  readonly safety: Safety;
  /** What a browser holds of it. */
  readonly credentials: readonly Claim["credential"][];
};

/** A row of the matrix. */
export type MatrixExperiment = Pick<Experiment, "id" | "title" | "question" | "group" | "steps" | "replay">;

export type CellName = { readonly variant: VariantId; readonly experiment: string };

/** What stands in a cell for one credential: short enough for a column, and never only a colour. */
export type CellWord = {
  readonly text: string;
  readonly getsIn: boolean;
  readonly stale: boolean;
};

const short: Partial<Record<RefusalCode, string>> = {
  INVALID_CREDENTIAL: "INVALID",
  REUSE_DETECTED: "REUSE",
  CLIENT_CHANGED: "CLIENT",
};

/** The claim, or the reading, of that thief with that credential. */
export function lineOf<T extends ClaimOrReading>(
  lines: readonly T[],
  credential: Claim["credential"],
  thief: Thief,
): T | undefined {
  return lines.find((line) => line.credential === credential && (line.thief ?? thief) === thief);
}

/** `30 min`, `REVOKED`: for how long a copy still gets in, or the reason why it does not. */
export function cellWord(line: ClaimOrReading, settings: ClaimSheet["settings"]): CellWord {
  if (line.outcome !== "exposed") return { text: short[line.outcome] ?? line.outcome, getsIn: false, stale: false };
  const length = staysFor(line, settings);
  const text = length === null ? "no end" : duration(length);
  return { text, getsIn: true, stale: line.authority === "stale" };
}

/** `accepted 14 min 55 s after the login, refused 15 min 2 s after it`. */
export function endWords({ outcome, ended }: Reading): string {
  if (outcome !== "exposed") return "refused at once";
  if (!ended) return "accepted, and nothing ended it that was waited for";
  const [accepted, refused] = [ended.acceptedAfter, ended.refusedAfter].map((seconds) => duration(seconds * 1000));
  return `accepted ${accepted} after the login, refused ${refused} after it`;
}
