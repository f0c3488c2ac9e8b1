import type { VariantId } from "../../core/ids.ts";
import { cachedFor } from "../../core/settings.ts";
import { wholeDuration } from "../../core/time.ts";
import type { SettingsChange } from "../../lab/lab-settings.ts";
import { type ConditionId, conditionIds, type ReadsBy, type Recording } from "./model.ts";
import { askedOf } from "./targets.ts";

type Condition = {
  readonly title: string;
  /** What differs from the usual, in a sentence. */
  readonly about: string | null;
  /** Of the lab. */
  readonly settings: SettingsChange;
  readonly reads: ReadsBy;
};

const believed = wholeDuration(cachedFor);

export const conditions: { readonly [Id in ConditionId]: Condition } = {
  usual: { title: "as it is", about: null, settings: {}, reads: "prisma" },
  "read-cache": {
    title: "read cache",
    about: `What a store said is believed for ${believed}: a setting of the lab.`,
    settings: { readCache: true },
    reads: "prisma",
  },
  "prepared-reads": {
    title: "prepared reads",
    about: "The same SQL, by prepared statements of the driver in place of Prisma: a setting of the process.",
    settings: {},
    reads: "prepared",
  },
};

/** The conditions under which this variant is measured: those under which something is asked of it. */
export function conditionsOf({ id }: { readonly id: VariantId }): readonly ConditionId[] {
  return conditionIds.filter((condition) => condition === "usual" || askedOf(id, condition) !== null);
}

/** The conditions that a recording has. */
export function conditionsIn({ rows }: Pick<Recording, "rows">): Partial<typeof conditions> {
  const known = Object.entries(conditions).filter(([id]) => rows.some(({ condition }) => condition === id));
  return Object.fromEntries(known);
}
