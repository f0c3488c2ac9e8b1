import type { SourceToken } from "../source/model.ts";

export type NumberedLine = { readonly number: number; readonly tokens: readonly SourceToken[] };

/** Lines that both sides have, or those that each has in place of the other's. */
export type DiffPart = {
  readonly kind: "same" | "changed";
  readonly left: readonly NumberedLine[];
  readonly right: readonly NumberedLine[];
};

/** Two files beside each other; `null`: this side has none. */
export type FilePair = {
  readonly left: string | null;
  readonly right: string | null;
  /** Empty where they are one file. */
  readonly parts: readonly DiffPart[];
  readonly changed: { readonly left: number; readonly right: number };
};

/** A fact that can be put beside another one; `null`: this side has none. */
export type FactPair = { readonly name: string; readonly left: string | null; readonly right: string | null };

export type ComparedSide = {
  readonly id: string;
  readonly flow: string;
  readonly title: string;
  readonly summary: string;
};

export type Comparison = {
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  /** Settings, where two variants are compared: what is the same comes last. */
  readonly settings: readonly FactPair[];
  readonly claims: readonly FactPair[];
  readonly files: readonly FilePair[];
};
