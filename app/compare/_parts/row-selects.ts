import type { RowFilters } from "@/lib/features/compare/model.ts";
import { clientTitles } from "./column-titles.ts";

const untitled = (value: string) => ({ value, label: value });

/** The choices of rows as selects, with their options. */
export function selectsOf({ flows, safeties, clients, events }: RowFilters) {
  return [
    { name: "flow", label: "Flow", options: flows.map(({ id, title }) => ({ value: id, label: title })) },
    { name: "safety", label: "Safety", options: safeties.map(untitled) },
    { name: "client", label: "Serves", options: clients.map((value) => ({ value, label: clientTitles[value] })) },
    {
      name: "ends",
      label: "Ends at once after",
      options: events.map(({ id, title }) => ({ value: id, label: title.toLowerCase() })),
    },
  ] as const;
}
