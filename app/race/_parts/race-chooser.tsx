import type { VariantId } from "@/lib/core/ids.ts";
import { groupTitles } from "@/lib/lab/claim-words.ts";
import type { ExperimentGroup } from "@/lib/lab/experiment.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { Button } from "../../_ui/controls/button.tsx";
import { CheckField } from "../../_ui/controls/check-field.tsx";
import { Disclosure } from "../../_ui/controls/disclosure.tsx";
import { SelectField } from "../../_ui/controls/select.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";

/** A plug of the race: the last step of an experiment. */
export type RacePlugInfo = {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly group: ExperimentGroup;
  /** One variant for each kind of claim on this plug. */
  readonly kinds: readonly VariantId[];
};

type RaceChooserProps = {
  readonly plugs: readonly RacePlugInfo[];
  readonly plug: RacePlugInfo;
  readonly onPlug: (id: string) => void;
  readonly flows: readonly FlowInfo[];
  readonly variants: readonly VariantView[];
  readonly chosen: readonly VariantId[];
  readonly onChoose: (variants: readonly VariantId[]) => void;
  readonly isRunning: boolean;
  readonly onStart: () => void;
  readonly onStop: () => void;
};

/** The groups of plugs. Time and a thief's actions are not plugs. */
const groups = ["owner", "admin", "server"] as const satisfies readonly ExperimentGroup[];

/** The choice of plug and variants, and the start button. */
export function RaceChooser(props: RaceChooserProps) {
  const { plugs, plug, onPlug, chosen, isRunning, onStart, onStop } = props;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <SelectField
          label="Plug"
          place="beside"
          value={plug.id}
          options={groups.map((group) => ({
            label: groupTitles[group],
            options: plugs.filter((each) => each.group === group).map(({ id, title }) => ({ value: id, label: title })),
          }))}
          onChoose={onPlug}
        />
        {isRunning ? (
          <Button kind="primary" size="normal" onPress={onStop}>
            Stop the race
          </Button>
        ) : (
          <Button
            kind="primary"
            size="normal"
            onPress={onStart}
            unavailable={chosen.length === 0 ? "Choose a variant first." : undefined}
          >
            Start the race
          </Button>
        )}
        <p className="min-w-0 flex-1 basis-72 text-xs text-dim">{plug.question}</p>
      </div>
      <Runners {...props} />
    </>
  );
}

function Runners({ plug, flows, variants, chosen, onChoose }: RaceChooserProps) {
  const every = variants.map(({ id }) => id);
  const isKinds = isSame(chosen, plug.kinds);
  const words = isKinds ? ", one of each kind" : "";
  const toggle = (id: VariantId) => onChoose(every.filter((each) => (each === id) !== chosen.includes(each)));
  return (
    <Disclosure summary={`${chosen.length} of ${every.length} variants run${words}`} className="mt-2">
      <p className="mb-1.5 flex flex-wrap items-center gap-2">
        <Button onPress={() => onChoose(plug.kinds)}>One of each kind</Button>
        <Button onPress={() => onChoose(every)}>All {every.length}</Button>
        <Button onPress={() => onChoose([])}>None</Button>
        <span className="text-xs text-dim">Variants of a flow with the same claim for this plug are one kind.</span>
      </p>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2 @4xl:grid-cols-4">
        {flows.map((flow) => (
          <fieldset key={flow.id} data-flow={flow.id} className="grid min-w-0 justify-items-start accent-flow">
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
      </div>
    </Disclosure>
  );
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
