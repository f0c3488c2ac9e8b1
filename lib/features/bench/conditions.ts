import type { VariantId } from "../../core/ids.ts";
import type { SettingsChange } from "../../lab/lab-settings.ts";
import type { ConditionId, Recording } from "./model.ts";
import { targets } from "./targets.ts";

/** Settings of a lab under which variants are measured, by name. */
type Condition = { readonly title: string; readonly settings: SettingsChange };

export const conditions: { readonly [Id in ConditionId]: Condition } = {
  usual: { title: "as it is", settings: {} },
  "read-cache": { title: "read cache", settings: { readCache: true } },
};

/** The conditions under which this variant is measured: with a read cache, if it has a target with one. */
export function conditionsOf({ id }: { readonly id: VariantId }): readonly ConditionId[] {
  return targets[id]?.readCache ? ["usual", "read-cache"] : ["usual"];
}

/** The conditions that a recording has. */
export function conditionsIn({ rows }: Pick<Recording, "rows">): Partial<typeof conditions> {
  const known = Object.entries(conditions).filter(([id]) => rows.some(({ condition }) => condition === id));
  return Object.fromEntries(known);
}
