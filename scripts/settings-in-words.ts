import type { Setting, SettingValue } from "../lib/lab/settings/setting.ts";
import { settingRows } from "../lib/lab/settings/setting-paths.ts";

/** A lab's settings for docs/http.md, one line each. */
export const settingsInWords = Object.entries(settingRows).map(([path, row]): readonly string[] => [
  `\`${path}\``,
  takenBy(row),
  usualOf(row),
  row.document.does,
]);

function takenBy({ takes, usual }: Setting): string {
  const values = ((): readonly string[] => {
    switch (takes.kind) {
      case "choice":
        return takes.of.map(written);
      case "flag":
        return ["`true`", "`false`"];
      case "count":
        return [`${takes.least} to ${takes.most}`];
      case "count-or":
        return [`${takes.least} to ${takes.most}`, written(takes.or)];
      case "text":
        return [`text, at most ${takes.longest} characters`];
    }
  })();
  return [...values, ...(usual === null ? ["`null`"] : [])].join(", ");
}

function usualOf({ usual, document }: Setting): string {
  return `${written(usual)}${document.usual ? `: ${document.usual}` : ""}`;
}

/** A value as code in a table. An empty text is shown with quotes. */
function written(value: SettingValue): string {
  return `\`${value === "" ? '""' : value}\``;
}
