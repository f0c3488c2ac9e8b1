import type { SettingsChange } from "../../lab/lab-settings.ts";
import type { ConditionId } from "./model.ts";

/** Settings of a lab under which variants are measured, by name. */
type Condition = { readonly title: string; readonly settings: SettingsChange };

/**
 * Every variant is measured under each of these. A setting that turns on a memory of what a store said is measured as
 * `memory`; without a line for it here, the table has an empty column.
 */
export const conditions: { readonly [Id in ConditionId]?: Condition } = {
  usual: { title: "as it is", settings: {} },
};
