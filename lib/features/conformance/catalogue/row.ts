import type { Concern, Requirement } from "../requirement.ts";

/** Clause, how binding, what it asks for in our own words, and whom it is about if not every login. */
export type CatalogueRow = readonly [clause: string, level: string, text: string, concerns?: Concern];

/** The requirements of one document; `prefix` is what their ids begin with. */
export function requirementsOf(source: string, prefix: string, rows: readonly CatalogueRow[]): readonly Requirement[] {
  return rows.map(([clause, level, text, concerns]) => ({
    id: `${prefix}${clause}`,
    source,
    level,
    text,
    ...(concerns && { concerns }),
  }));
}
