import { type ColumnGroup, columnGroups, type RowChoice } from "@/lib/features/compare/model.ts";

/**
 * The filters, columns and order of the table of variants. All
 * are in the address, so that a link shows the same table.
 */
export type TableChoice = RowChoice & {
  readonly groups: readonly ColumnGroup[];
  /** Shows the source under each cell. */
  readonly sources: boolean;
  /** The first variant of a comparison. The next press chooses the second. */
  readonly first?: string | undefined;
};

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The default groups. They answer two questions: does a login end, and what does it cost? */
const usualGroups: readonly ColumnGroup[] = ["logout", "size", "cost"];

/** Unknown names are ignored. */
export function tableChoice(query: Query): TableChoice {
  const all = (name: string) => [query[name] ?? []].flat();
  // A form sends the previous order and that of the pressed button. The last value counts.
  const last = (name: string) => all(name).at(-1) || undefined;
  const asked = columnGroups.filter((group) => all("group").includes(group));
  return {
    groups: asked.length > 0 ? asked : usualGroups,
    sources: last("sources") === "all",
    flow: last("flow"),
    safety: last("safety"),
    client: last("client"),
    ends: last("ends"),
    sort: last("sort"),
    first: last("first"),
  };
}

const asUsual = usualGroups.join();

export function compareHref(choice: TableChoice): string {
  const query = new URLSearchParams();
  if (choice.groups.join() !== asUsual) for (const group of choice.groups) query.append("group", group);
  for (const name of ["flow", "safety", "client", "ends", "sort", "first"] as const) {
    const value = choice[name];
    if (value) query.set(name, value);
  }
  if (choice.sources) query.set("sources", "all");
  return query.size > 0 ? `/compare?${query}` : "/compare";
}

/** The order after a press on this column's header: ascending, then descending, then the original one. */
export function nextSort(sort: string | undefined, column: string): string {
  if (sort === column) return `-${column}`;
  return sort === `-${column}` ? "" : column;
}

export function sortedHow(sort: string | undefined, column: string): "ascending" | "descending" | "none" {
  if (sort === column) return "ascending";
  return sort === `-${column}` ? "descending" : "none";
}
