import type { VariantId } from "@/lib/core/ids.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { CheckField } from "../../_ui/controls/check-field.tsx";
import { Menu } from "../../_ui/controls/menu.tsx";
import { Segmented } from "../../_ui/controls/segmented.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { capital, numberWord } from "../../_ui/number-words.ts";

export type RaceRunnersProps = {
  readonly flows: readonly FlowInfo[];
  readonly variants: readonly VariantView[];
  readonly chosen: readonly VariantId[];
  /** The variant of each flow that a login gets which names none. */
  readonly defaults: readonly VariantId[];
  /** One variant for each kind of claim on the chosen plug. */
  readonly kinds: readonly VariantId[];
  readonly onChoose: (variants: readonly VariantId[]) => void;
};

/** Who runs: the defaults, one of each kind, all, or a choice of one's own. */
export function RaceRunners({ flows, variants, chosen, defaults, kinds, onChoose }: RaceRunnersProps) {
  const every = variants.map(({ id }) => id);
  const sets = { defaults, kinds, all: every };
  const names = ["defaults", "kinds", "all"] as const;
  const set = names.find((name) => isSame(chosen, sets[name]));
  const toggle = (id: VariantId) => onChoose(every.filter((each) => (each === id) !== chosen.includes(each)));
  return (
    <div>
      <p aria-hidden="true" className="mb-1 text-xs text-faint">
        Who runs
      </p>
      <div className="flex min-h-control flex-wrap items-center gap-1.5">
        <Segmented
          legend="Who runs"
          options={[
            { value: "defaults", label: `${capital(numberWord(defaults.length))} defaults` },
            {
              value: "kinds",
              label: "Each kind",
              title: "Variants of a flow with the same claim for this plug are one kind.",
            },
            { value: "all", label: `All ${every.length}` },
          ]}
          chosen={set}
          onChoose={(name: (typeof names)[number]) => onChoose(sets[name])}
        />
        <Menu
          look="button"
          button={set ? "Choose" : `${chosen.length} chosen`}
          label={set ? "Choose who runs" : `${chosen.length} chosen: choose who runs`}
        >
          {flows.map((flow) => (
            <fieldset key={flow.id} data-flow={flow.id} className="grid justify-items-start px-2 pb-2 accent-flow">
              <legend className="flex items-center gap-1.5 text-13 font-medium">
                <FlowIcon flow={flow.id} className="size-3.5" />
                {flow.title}
              </legend>
              {variants
                .filter((variant) => variant.flow === flow.id)
                .map(({ id, title, summary }) => (
                  <CheckField key={id} title={summary} checked={chosen.includes(id)} onChange={() => toggle(id)}>
                    {title}
                  </CheckField>
                ))}
            </fieldset>
          ))}
        </Menu>
      </div>
    </div>
  );
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
