import { comparable, rowFilters } from "@/lib/features/compare/fill-table.ts";
import { clientTitles } from "./column-titles.ts";

const untitled = (value: string) => ({ value, label: value });

/** What rows can be chosen by. */
export const selects = [
  { name: "flow", label: "Flow", options: rowFilters.flows.map(({ id, title }) => ({ value: id, label: title })) },
  { name: "safety", label: "Safety", options: rowFilters.safeties.map(untitled) },
  {
    name: "client",
    label: "Serves",
    options: rowFilters.clients.map((value) => ({ value, label: clientTitles[value] })),
  },
  {
    name: "ends",
    label: "Ends at once after",
    options: rowFilters.events.map(({ id, title }) => ({ value: id, label: title.toLowerCase() })),
  },
] as const;

const [one, other] = comparable;

/** The pair that is offered first: the defaults of two flows. */
export const pairs = {
  choices: comparable,
  left: one?.usual ?? "",
  right: other?.usual ?? "",
};
