import { type ColumnGroup, columnGroups, type RowChoice } from "@/lib/features/compare/model.ts";

/** What a reader sees of the table of variants. All of it stands in the address, so that a link shows the same. */
export type TableChoice = RowChoice & {
  readonly groups: readonly ColumnGroup[];
  /** Every source written out under its cell. */
  readonly sources: boolean;
  /** The variant that another one is to be compared with. */
  readonly first?: string | undefined;
};

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Those that answer most of the question: does it end, and what does it cost? */
const usualGroups: readonly ColumnGroup[] = ["logout", "size", "cost"];

/** Names that nobody knows choose nothing. */
export function tableChoice(query: Query): TableChoice {
  const all = (name: string) => [query[name] ?? []].flat();
  // A form sends the order that was and the one that a button asked for; the last word counts.
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

/** What a press on this column's header asks for: upward first, then downward, then as it was. */
export function nextSort(sort: string | undefined, column: string): string {
  if (sort === column) return `-${column}`;
  return sort === `-${column}` ? "" : column;
}

export function sortedHow(sort: string | undefined, column: string): "ascending" | "descending" | "none" {
  if (sort === column) return "ascending";
  return sort === `-${column}` ? "descending" : "none";
}
