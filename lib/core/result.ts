import type { RefusalCode } from "./refusal.ts";

/** A refusal is a value, never an exception: whoever calls decides what the world gets to see. */
export type Refused = {
  readonly ok: false;
  readonly code: RefusalCode;
  /** Which step of a check refused. For traces: no answer tells it. */
  readonly at?: string;
};

export type Result<T> = { readonly ok: true; readonly value: T } | Refused;

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, at?: string): Refused {
  const refused: Refused = { ok: false, code, ...(at !== undefined && { at }) };
  witness?.(refused);
  return refused;
}

type Witness = (refused: Refused) => void;
let witness: Witness | null = null;

/**
 * Lets somebody see each refusal while it is made, and change nothing of it. A value does not remember which line it comes
 * from, and a page that shows the source wants to mark that line. There is one witness a process; `null`: none.
 */
export function witnessRefusals(by: Witness | null): void {
  witness = by;
}
