import { holdingOf } from "../../core/credential.ts";
import type { Variant } from "../../core/variant.ts";

/** A document that requirements come from. */
export type RequirementSource = {
  readonly id: string;
  readonly title: string;
  /** Where it can be read. */
  readonly address: string;
};

/** The kind of variant that a requirement is about. A flow without such a variant is not concerned. */
export type Concern = keyof typeof concerns;

export type Requirement = {
  /**
   * As it stands in titles of tests and in comments: `ASVS 7.4.1`, `NIST 5.1.1`, `RFC 9700 4.14.2`, `WSTG-SESS-06`. Where a
   * clause asks for several things a word of ours follows: `NIST 5.1 entropy`.
   */
  readonly id: string;
  readonly source: RequirementSource["id"];
  /** How binding it is, in the words of its document: `L1`, `MUST`, `SHOULD`. */
  readonly level: string;
  /** In our own words. */
  readonly text: string;
  /** Absent: every login. */
  readonly concerns?: Concern;
};

/** The kinds of variant, decided by their credentials and settings. */
const concerns = {
  cookies: ({ holds }: Variant) => holds.some(({ travels }) => travels === "cookie"),
  "records and refresh tokens": ({ settings }: Variant) => settings.store !== undefined,
  "self-contained credentials": ({ settings }: Variant) =>
    settings.encoding !== undefined || (settings.algorithm !== undefined && settings.inside === undefined),
  "state in cookies": ({ settings }: Variant) => settings.encoding !== undefined,
  // Behind a gateway they are for the services inside, and no client holds one.
  "signed tokens": ({ settings }: Variant) => settings.algorithm !== undefined && settings.inside === undefined,
  "tokens that a page holds": ({ holds }: Variant) => holds.some(({ travels }) => travels !== "cookie"),
  "the OAuth endpoints": ({ settings }: Variant) =>
    settings.proof === "id-introspected" || (settings.algorithm !== undefined && settings.proof === undefined),
  "refresh tokens": (variant: Variant) => holdingOf(variant, "refresh") !== undefined,
} as const satisfies Readonly<Record<string, (variant: Variant) => boolean>>;

export function isConcerned(variant: Variant, { concerns: concern }: Requirement): boolean {
  return concern === undefined || concerns[concern](variant);
}
