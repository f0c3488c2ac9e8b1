import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { SettingValue } from "@/lib/lab/settings/setting-paths.ts";
import type { FlowInfo } from "../../../app/_browser/flow-info.ts";

/** What a choice is made for: a flow, and the variant of its next login. */
export type SettingPlace = {
  readonly flow: Pick<FlowInfo, "id" | "title" | "presents" | "cookies">;
  readonly variant: VariantView | undefined;
};

export type SettingOption = {
  readonly value: SettingValue;
  readonly label: string;
  /** Wrong on purpose, or weaker than the usual. */
  readonly weaker?: true;
};

/** One setting, as a person chooses it. */
export type SettingDescription = {
  readonly name: string;
  readonly group: "Lifetimes" | "Records" | "Cookies" | "Contents";
  /** Does it change anything for this flow and variant? */
  readonly concerns: (place: SettingPlace) => boolean;
  /** Values to pick from; the usual one is among them. */
  readonly options: (place: SettingPlace) => readonly SettingOption[];
  /** Where any other value may be typed as well. */
  readonly other?: { readonly type: "number" | "text"; readonly label: string; readonly hint: string };
  /** What this value does and what it risks, in a sentence or two. */
  readonly means: (value: SettingValue, place: SettingPlace) => string;
};
