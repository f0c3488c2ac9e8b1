import type { Thief } from "@/lib/core/claim.ts";
import { type ColumnGroup, columnGroups, type RowChoice } from "@/lib/features/compare/model.ts";

/** The tab, filters and order of the table of variants. All are in the address, so that a link shows the same table. */
export type TableChoice = RowChoice & {
  readonly tab: ColumnGroup;
  readonly sort: string;
  readonly thief: Thief;
  /** All variants in one list. Else they are sorted within their flows. */
  readonly isOneList: boolean;
  /** Shows the source under each cell. */
  readonly sources: boolean;
};

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The column that each tab is sorted by until another one is chosen. */
const usualSorts: Readonly<Record<ColumnGroup, string>> = {
  logout: "still-in",
  size: "request-bytes",
  cost: "me-asks",
  attacks: "-other-device-bound",
  faults: "memory-lost",
  abilities: "safety",
  effort: "all-lines",
};

/** Unknown names are ignored. */
export function tableChoice(query: Query): TableChoice {
  const last = (name: string) => [query[name] ?? []].flat().at(-1) || undefined;
  const tab = columnGroups.find((group) => group === last("tab")) ?? "logout";
  return {
    tab,
    sort: last("sort") ?? usualSorts[tab],
    thief: last("thief") === "active" ? "active" : "silent",
    isOneList: last("list") === "one",
    sources: last("sources") === "all",
    flow: last("flow"),
    safety: last("safety"),
    client: last("client"),
    ends: last("ends"),
  };
}

/** What of a choice is not as usual, as names and values of an address. */
export function chosenIn(choice: TableChoice): readonly (readonly [name: string, value: string])[] {
  const { tab, sort, thief, isOneList, sources, flow, safety, client, ends } = choice;
  const named: readonly (readonly [string, string | undefined | false])[] = [
    ["tab", tab !== "logout" && tab],
    ["sort", sort !== usualSorts[tab] && sort],
    ["thief", thief === "active" && thief],
    ["list", isOneList && "one"],
    ["flow", flow],
    ["safety", safety],
    ["client", client],
    ["ends", ends],
    ["sources", sources && "all"],
  ];
  return named.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

export function compareHref(choice: TableChoice): string {
  const query = new URLSearchParams(chosenIn(choice).map(([name, value]) => [name, value]));
  return query.size > 0 ? `/compare?${query}` : "/compare";
}

/** The same rows under another tab, which has an order of its own. */
export function tabHref(choice: TableChoice, tab: ColumnGroup): string {
  return compareHref({ ...choice, tab, sort: usualSorts[tab] });
}

/** The order after a press on this column's header: the least first, then the greatest first. */
export function nextSort(sort: string, column: string): string {
  return sort === column ? `-${column}` : column;
}

export function sortedHow(sort: string, column: string): "ascending" | "descending" | "none" {
  if (sort === column) return "ascending";
  return sort === `-${column}` ? "descending" : "none";
}

/** The page of two flows or variants. `file`: the one whose lines are shown. */
export function pairHref(left: string, right: string, thief: TableChoice["thief"], file: string | null = null): string {
  const query = new URLSearchParams();
  if (thief === "active") query.set("thief", thief);
  if (file !== null) query.set("file", file);
  return `/compare/${left}/${right}${query.size > 0 ? `?${query}` : ""}`;
}
