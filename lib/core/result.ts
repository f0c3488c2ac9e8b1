import type { RefusalCode } from "./refusal.ts";

/** A refusal is a value, never an exception: the caller decides how much of it is shown. */
export type Refused = {
  readonly ok: false;
  readonly code: RefusalCode;
  /** The step of a check that refused. Traces show it; answers do not. */
  readonly at?: string;
};

export type Result<T> = { readonly ok: true; readonly value: T } | Refused;

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, at?: string): Refused {
  return { ok: false, code, ...(at !== undefined && { at }) };
}

/** The function by which a flow refuses. It is a port, so that a decorator can note which line of the flow refused. */
export type Refuse = typeof refuse;
