import type { z } from "zod";

/** Parses the parameters behind the `?`; a sentence on the mistake if they are not as expected. */
export type Query<T = unknown> = { readonly schema: z.ZodType<T>; readonly wanted: string };

type QueryResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: "UNPROCESSABLE"; readonly detail: string };

export function readQuery<T>({ schema, wanted }: Query<T>, { url }: Request): QueryResult<T> {
  const read = schema.safeParse(Object.fromEntries(new URL(url).searchParams));
  return read.success ? { ok: true, value: read.data } : { ok: false, code: "UNPROCESSABLE", detail: wanted };
}
