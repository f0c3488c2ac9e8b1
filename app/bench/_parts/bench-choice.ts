import { type ConditionId, conditionIds, type TimedAction, timedActions } from "@/lib/features/bench/model.ts";

export type Measure = "over-http" | "in-place";
export type BenchChoice = {
  readonly measure: Measure;
  readonly action: TimedAction;
  readonly condition: ConditionId;
};

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The choice in a link: `?measure=in-place&action=cold`. Unknown values are the usual ones. */
export function benchChoice({ measure, action, condition }: Query, conditions: readonly string[]): BenchChoice {
  return {
    measure: measure === "in-place" ? "in-place" : "over-http",
    action: timedActions.find((each) => each === action) ?? "hot",
    condition: conditionIds.find((each) => each === condition && conditions.includes(each)) ?? "usual",
  };
}

/** The link to a choice. What is usual is left out. */
export function linkTo({ measure, action, condition }: BenchChoice): string {
  const query = new URLSearchParams();
  if (measure !== "over-http") query.set("measure", measure);
  if (measure === "in-place" && action !== "hot") query.set("action", action);
  if (condition !== "usual") query.set("condition", condition);
  return query.size === 0 ? "/bench" : `/bench?${query}`;
}
