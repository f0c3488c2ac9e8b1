import type { z } from "zod";

/** Parses the parameters behind the `?`; a sentence on the mistake if they are not as expected. */
export type Query<T = unknown> = { readonly schema: z.ZodType<T>; readonly wanted: string };

type QueryResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: "UNPROCESSABLE"; readonly detail: string };

export function readQuery<T>({ schema, wanted }: Query<T>, { url }: Request): QueryResult<T> {
  const given = [...new URL(url).searchParams];
  // As in a body: of two values, readers may take either.
  if (new Set(given.map(([name]) => name)).size < given.length)
    return { ok: false, code: "UNPROCESSABLE", detail: "A parameter is given more than once." };
  const read = schema.safeParse(Object.fromEntries(given));
  return read.success ? { ok: true, value: read.data } : { ok: false, code: "UNPROCESSABLE", detail: wanted };
}
