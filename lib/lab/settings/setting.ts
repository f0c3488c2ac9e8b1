import type { FlowManifest } from "../../core/variant.ts";

export type SettingValue = string | number | boolean | null;

/** The context of a choice: a flow, and the variant of its next login. */
export type SettingPlace = {
  readonly flow: Pick<FlowManifest, "id" | "title" | "cookies"> & { readonly presents: "cookie" | "bearer" };
  readonly variant:
    | {
        readonly settings: Readonly<Record<"revocation" | "store" | "algorithm" | "encoding" | "proof", string | null>>;
      }
    | undefined;
  /** How a page writes a duration. */
  readonly inWords: (milliseconds: number) => string;
};

export type SettingOption = {
  readonly value: SettingValue;
  readonly label: string;
  /** Wrong on purpose, or weaker than the usual value. */
  readonly weaker?: true;
};

/**
 * The schema of a setting's values. `null` stands for the usual value, if it is accepted. `refused`: the text for all
 * other values.
 */
export type Takes =
  | { readonly kind: "choice"; readonly of: readonly string[] }
  | { readonly kind: "flag" }
  | { readonly kind: "count"; readonly least: number; readonly most: number }
  | {
      readonly kind: "count-or";
      readonly least: number;
      readonly most: number;
      readonly or: string;
      readonly refused: string;
    }
  | {
      readonly kind: "text";
      readonly longest: number;
      readonly like: (text: string) => boolean;
      readonly refused: string;
    };

/** One setting of a lab: a row of the table. The stored, accepted, shown and documented forms all derive from it. */
export type Setting = {
  readonly takes: Takes;
  /** The flows' own behaviour. `null`: the flow, the variant or another setting decides. */
  readonly usual: SettingValue;
  /** For docs/http.md: the meaning of `null`, and what the setting does and risks. */
  readonly document: { readonly usual?: string; readonly does: string };
  readonly name: string;
  readonly group: "Lifetimes" | "Records" | "Cookies" | "Contents";
  /** Does it have an effect for this flow and variant? */
  readonly concerns: (place: SettingPlace) => boolean;
  /** The values to choose from, including the usual one. */
  readonly options: (place: SettingPlace) => readonly SettingOption[];
  /** If other values may be typed as well. */
  readonly other?: { readonly type: "number" | "text"; readonly label: string; readonly hint: string };
  /** The effect and the risk of this value, in a sentence or two. */
  readonly means: (value: SettingValue, place: SettingPlace) => string;
};

/** Rows by name, or by the group of their names: `cookies.path`. */
export type SettingRows = { readonly [name: string]: Setting | { readonly [name: string]: Setting } };

export function isSetting(found: SettingRows[string]): found is Setting {
  return typeof found["takes"] === "object" && "kind" in found["takes"];
}

/** Is this a value that the setting takes? */
export function takesValue({ takes, usual }: Setting, value: unknown): boolean {
  if (value === null) return usual === null;
  const isCount = (least: number, most: number) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
  switch (takes.kind) {
    case "choice":
      return takes.of.some((each) => each === value);
    case "flag":
      return typeof value === "boolean";
    case "count":
      return isCount(takes.least, takes.most);
    case "count-or":
      return value === takes.or || isCount(takes.least, takes.most);
    case "text":
      return typeof value === "string" && value.length <= takes.longest && takes.like(value);
  }
}

type Typed = Pick<Setting, "takes" | "usual">;

type Taken<What extends Takes> = What extends { readonly kind: "choice" }
  ? What["of"][number]
  : What extends { readonly kind: "flag" }
    ? boolean
    : What extends { readonly kind: "count" }
      ? number
      : What extends { readonly kind: "count-or" }
        ? number | What["or"]
        : string;

/** A value for each of these rows. */
export type Chosen<Rows> = {
  readonly [Name in keyof Rows]: Rows[Name] extends Typed
    ? Taken<Rows[Name]["takes"]> | (null extends Rows[Name]["usual"] ? null : never)
    : Chosen<Rows[Name]>;
};

/** The path of each of these rows: `skewSeconds`, `binding.ip`. */
export type PathsOf<Rows> = {
  [Name in keyof Rows & string]: Rows[Name] extends Typed ? Name : `${Name}.${keyof Rows[Name] & string}`;
}[keyof Rows & string];
