import Link from "next/link";
import type { ConformanceView } from "@/lib/features/conformance/model.ts";
import { CardFrame } from "../../_ui/card.tsx";
import { SubmitButton } from "../../_ui/controls/button.tsx";
import { SelectField } from "../../_ui/controls/select.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { StateWord } from "./conformance-cell.tsx";
import { addressOf, type ConformanceFilter, choicesOf, countsOf, states } from "./conformance-filter.ts";

type FilterProps = { readonly view: ConformanceView; readonly filter: ConformanceFilter };

/** The number of requirements by flow and state. Each number links to its rows. */
export function ConformanceSummary({ view }: Pick<FilterProps, "view">) {
  return (
    <div className="grid gap-3.5 @2xl:grid-cols-2 @5xl:grid-cols-4">
      {view.flows.map(({ id, title }) => {
        const counts = countsOf(view.rows, id);
        return (
          <CardFrame key={id} label={title} flow={id}>
            <h2 className="flex items-center gap-2 font-semibold">
              <FlowIcon flow={id} />
              {title}
            </h2>
            <ul className="mt-1">
              {states
                .filter((state) => counts.has(state))
                .map((state) => (
                  <li key={state} className="flex items-center gap-2">
                    <StateWord state={state} />
                    <Link
                      href={addressOf({ flow: id, state })}
                      prefetch={false}
                      className="figures ml-auto inline-flex min-h-target min-w-target items-center justify-end underline decoration-line underline-offset-3 hover:decoration-edge"
                    >
                      {counts.get(state)}
                      <span className="sr-only"> requirements</span>
                    </Link>
                  </li>
                ))}
            </ul>
          </CardFrame>
        );
      })}
    </div>
  );
}

const labels = { source: "Source", level: "Level", flow: "Flow", state: "State" } as const;

/** An ordinary form. The choice is in the address, and it works without script. */
export function ConformanceFilters({ view, filter }: FilterProps) {
  const choices = choicesOf(view);
  return (
    <form
      action="/conformance"
      method="get"
      aria-label="Filter"
      className="print:hidden flex flex-wrap items-end gap-x-4 gap-y-2"
    >
      {(["source", "level", "flow", "state"] as const).map((name) => (
        <SelectField
          key={name}
          name={name}
          label={labels[name]}
          value={filter[name]}
          options={[{ value: "", label: "all" }, ...choices[name]]}
        />
      ))}
      <SubmitButton size="normal">Show</SubmitButton>
      {Object.values(filter).some(Boolean) && (
        <Link href="/conformance" prefetch={false} className="py-1.25 text-13 underline underline-offset-3">
          Show all
        </Link>
      )}
    </form>
  );
}
