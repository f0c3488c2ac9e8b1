import type { ConformanceRow, ConformanceState, ConformanceView } from "@/lib/features/conformance/model.ts";

/** The filter in an address. An empty text matches all. */
export type ConformanceFilter = Readonly<Record<"source" | "level" | "flow" | "state", string>>;

export type FilterChoice = { readonly value: string; readonly label: string };

export const stateWords: Readonly<Record<ConformanceState, { readonly word: string; readonly means: string }>> = {
  met: { word: "met", means: "Tests show it for every variant that production offers." },
  option: {
    word: "only with an option",
    means: "Tests show that it holds for some variants and does not hold for others.",
  },
  cannot: { word: "cannot by design", means: "Tests show that it holds for no variant." },
  failing: { word: "failing", means: "A test of it failed in the last run." },
  "not-run": { word: "not run here yet", means: "There is a test without a result." },
  unproven: { word: "unproven", means: "At least one variant has no test of it." },
  "not-concerned": { word: "not concerned", means: "The requirement does not apply to this flow." },
};

/** The order in which states are shown, good ones first. */
export const states = Object.keys(stateWords) as readonly ConformanceState[];

/** Reads the filter from an address. Unknown values are ignored. */
export function filterFrom(asked: Readonly<Record<string, unknown>>, view: ConformanceView): ConformanceFilter {
  const choices = choicesOf(view);
  const known = (name: keyof ConformanceFilter) => {
    const value = asked[name];
    return choices[name].some((choice) => choice.value === value) ? String(value) : "";
  };
  return { source: known("source"), level: known("level"), flow: known("flow"), state: known("state") };
}

export function choicesOf({
  sources,
  rows,
  flows,
}: ConformanceView): Readonly<Record<keyof ConformanceFilter, readonly FilterChoice[]>> {
  const levels = [...new Set(rows.map(({ level }) => level))];
  return {
    source: sources.map(({ id, title }) => ({ value: id, label: title })),
    level: levels.map((level) => ({ value: level, label: level })),
    flow: flows.map(({ id, title }) => ({ value: id, label: title })),
    state: states.map((state) => ({ value: state, label: stateWords[state].word })),
  };
}

/** The rows that match the filter. With a flow, only the cells of that flow. */
export function rowsFor(view: ConformanceView, filter: ConformanceFilter): readonly ConformanceRow[] {
  return view.rows
    .filter(({ source, level }) => isAsked(filter.source, source) && isAsked(filter.level, level))
    .map((row) => ({ ...row, cells: row.cells.filter(({ flow }) => isAsked(filter.flow, flow)) }))
    .filter(({ cells }) => cells.some(({ state }) => isAsked(filter.state, state)));
}

function isAsked(asked: string, value: string): boolean {
  return asked === "" || asked === value;
}

/** The address of the page with these choices. */
export function addressOf(filter: Partial<ConformanceFilter>): string {
  const chosen = Object.entries(filter).filter(([, value]) => value !== "");
  return chosen.length === 0 ? "/conformance" : `/conformance?${new URLSearchParams(chosen)}`;
}

/** The number of rows in each state, for one flow. */
export function countsOf(rows: readonly ConformanceRow[], flow: string): ReadonlyMap<ConformanceState, number> {
  const counts = new Map<ConformanceState, number>();
  for (const cell of rows.flatMap(({ cells }) => cells)) {
    if (cell.flow === flow) counts.set(cell.state, (counts.get(cell.state) ?? 0) + 1);
  }
  return counts;
}
