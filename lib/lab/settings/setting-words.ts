import type { VariantId } from "../../core/ids.ts";
import { duration } from "../../core/time.ts";
import type { Variant } from "../../core/variant.ts";
import type { Setting, SettingOption, SettingPlace, SettingValue } from "./setting.ts";
import { type SettingPath, settingRows, usualValues } from "./setting-paths.ts";
import { typedValue } from "./setting-values.ts";

/** What a page says of one setting beside one flow. It is data: the table with its rules stays on the server. */
export type SettingWords = Pick<Setting, "name" | "group"> & {
  readonly path: SettingPath;
  readonly usual: SettingValue;
  /** The variants for which it has an effect. */
  readonly concerns: readonly VariantId[];
  readonly options: readonly (SettingOption & { readonly means: string })[];
  /** If other values may be typed as well: their sentence has `{value}` where the value stands. */
  readonly other?: NonNullable<Setting["other"]> & { readonly means: string };
};

type Flow = SettingPlace["flow"];

/** All settings in words, in the order of the table. */
export function settingWords(
  flow: Flow,
  variants: readonly Pick<Variant, "id" | "settings">[],
): readonly SettingWords[] {
  const places = variants.map(
    ({ id, settings: { revocation, store = null, algorithm = null, encoding = null, proof = null } }) => ({
      id,
      place: { flow, variant: { settings: { revocation, store, algorithm, encoding, proof } }, inWords: duration },
    }),
  );
  const anywhere: SettingPlace = { flow, variant: undefined, inWords: duration };
  return (Object.entries(settingRows) as [SettingPath, Setting][]).map(([path, row]) => ({
    ...{ path, name: row.name, group: row.group, usual: usualValues[path] },
    concerns: places.flatMap(({ id, place }) => (row.concerns(place) ? [id] : [])),
    options: row.options(anywhere).map((option) => ({ ...option, means: row.means(option.value, anywhere) })),
    ...(row.other && { other: { ...row.other, means: row.means(typedValue, anywhere) } }),
  }));
}
