import type { RefusalCode } from "./refusal.ts";

/** A refusal is a value, never an exception: the caller decides how much of it is shown. */
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
  return { ok: false, code, ...(at !== undefined && { at }) };
}

/** What a flow refuses by. It is handed over as a port, so a decorator around it can note which line of the flow refused. */
export type Refuse = typeof refuse;
