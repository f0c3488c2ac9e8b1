import { z } from "zod";
import { boundedText } from "../../http/request/text.ts";
import type { SettingsChange } from "../../lab/lab-settings.ts";
import { isSetting, type Setting, type SettingRows, type Takes } from "../../lab/settings/setting.ts";
import { settingsTable } from "../../lab/settings/settings-table.ts";

/** `PATCH /api/lab/settings`: any part of a lab's settings; the rest stays as it is. `null` goes back to the usual. */
export const settingsBody = partOf(settingsTable)
  .refine((change) => Object.keys(change).length > 0, "must have at least one setting")
  .transform((change) => withoutGaps(change));

/** Every setting of a lab, as answers have them. */
export const settingsAnswer = wholeOf(settingsTable).meta({
  id: "LabSettings",
  description: "What one lab chooses for all of its variants.",
});

function partOf(rows: SettingRows): z.ZodObject {
  return objectOf(rows, (found) => (isSetting(found) ? one(found) : partOf(found)).optional());
}

function wholeOf(rows: SettingRows): z.ZodObject {
  return objectOf(rows, (found) => (isSetting(found) ? one(found) : wholeOf(found)));
}

function objectOf(rows: SettingRows, schemaOf: (found: SettingRows[string]) => z.ZodType): z.ZodObject {
  return z.strictObject(Object.fromEntries(Object.entries(rows).map(([name, found]) => [name, schemaOf(found)])));
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
      return boundedText(takes.longest, (text) => (takes.like(text) ? null : takes.refused));
  }
}

/** `undefined` leaves the setting as it is. */
function withoutGaps(change: object): SettingsChange {
  return JSON.parse(JSON.stringify(change));
}
