import { z } from "zod";
import type { SettingsChange } from "../../lab/lab-settings.ts";
import { isSetting, type Setting, type SettingRows, type Takes } from "../../lab/settings/setting.ts";
import { settingsTable } from "../../lab/settings/settings-table.ts";

/** `PATCH /api/lab/settings`: any part of a lab's settings; the rest stays as it is. `null` goes back to the usual. */
export const settingsBody = partOf(settingsTable)
  .refine((change) => Object.keys(change).length > 0, "must have at least one setting")
  .transform((change) => withoutGaps(change));

function partOf(rows: SettingRows): z.ZodObject {
  const shape = Object.entries(rows).map(([name, found]): readonly [string, z.ZodType] => {
    const schema = isSetting(found) ? one(found) : partOf(found);
    return [name, schema.optional()];
  });
  return z.strictObject(Object.fromEntries(shape));
}

function one({ takes, usual }: Setting): z.ZodType {
  const schema = taken(takes);
  return usual === null ? schema.nullable() : schema;
}

function taken(takes: Takes): z.ZodType {
  switch (takes.kind) {
    case "choice":
      return z.enum(takes.of);
    case "flag":
      return z.boolean();
    case "count":
      return z.int().min(takes.least).max(takes.most);
    case "count-or":
      return z.union([z.int().min(takes.least).max(takes.most), z.literal(takes.or)], takes.refused);
    case "text":
      return z.string().max(takes.longest).regex(takes.like, takes.refused);
  }
}

/** `undefined` leaves the setting as it is. */
function withoutGaps(change: object): SettingsChange {
  return JSON.parse(JSON.stringify(change));
}
