import type { FlowId, VariantId } from "../../core/ids.ts";
import type { SourceToken } from "../source/model.ts";
import type { Cell, CopyWord } from "./model.ts";

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
  /** Names it in an address. */
  readonly id: string;
  /** `null`: it was not asked for, or both are one file. */
  readonly parts: readonly DiffPart[] | null;
  readonly changed: { readonly left: number; readonly right: number };
};

/** A fact that can be put beside another one; `null`: this side has none. */
export type FactPair = { readonly name: string; readonly left: string | null; readonly right: string | null };

/** The same of two cells of the table of variants, which lead to their sources. */
export type CellPair = { readonly id: string; readonly title: string; readonly left: Cell; readonly right: Cell };

/** What becomes of a copy of one side, and why. `null`: the event does not concern the variant. */
export type EventSide = { readonly word: CopyWord; readonly said: Cell["said"]; readonly why: string } | null;

/** One event on both sides. `standing`: whether the two behave the same, or one of them alone is concerned. */
export type EventPair = {
  readonly experiment: string;
  readonly title: string;
  readonly standing: "differs" | "same" | "alone";
  readonly left: EventSide;
  readonly right: EventSide;
};

export type ComparedSide = {
  /** As the address has it: a flow, or a variant. */
  readonly id: string;
  readonly flow: FlowId;
  readonly flowTitle: string;
  readonly variant: VariantId;
  readonly variantTitle: string;
  /** What it believes and what it looks up. */
  readonly belief: string;
  readonly summary: string;
};

/** A function of a flow as it stands in its file. `acted`: the lines that called a port in a request that was measured. */
export type ActingFunction = {
  readonly file: string;
  readonly name: string;
  readonly lines: readonly NumberedLine[];
  readonly acted: readonly number[];
};

/** How each side does one operation: its own function, and those whose lines acted. */
export type OperationPair = {
  readonly operation: "authenticate" | "logout";
  readonly left: readonly ActingFunction[];
  readonly right: readonly ActingFunction[];
};

export type Comparison = {
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  readonly headline: Headline;
  readonly events: readonly EventPair[];
  /** What differs comes first. */
  readonly settings: readonly FactPair[];
  readonly facts: readonly CellPair[];
  readonly operations: readonly OperationPair[];
  readonly files: readonly FilePair[];
};

/** What a logout does to a copy of either side, in words: `a copied sealed cookie gets in for 30 min`. */
export type Headline = {
  readonly left: HeadlinePart;
  readonly right: HeadlinePart;
};

export type HeadlinePart = { readonly words: string; readonly getsIn: boolean };
