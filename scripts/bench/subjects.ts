import { conditionsOf } from "../../lib/features/bench/conditions.ts";
import type { ConditionId } from "../../lib/features/bench/model.ts";
import type { FlowVariant } from "../../lib/flows/registry.ts";

/** What is measured: a variant under a condition. */
export type Subject = { readonly variant: FlowVariant; readonly condition: ConditionId };

/** Each variant under its conditions, of those that are wanted. They follow each other, so they are measured in one minute. */
export function subjectsOf(variants: readonly FlowVariant[], wanted: readonly ConditionId[]): readonly Subject[] {
  return variants.flatMap((variant) =>
    conditionsOf(variant)
      .filter((condition) => wanted.includes(condition))
      .map((condition) => ({ variant, condition })),
  );
}
