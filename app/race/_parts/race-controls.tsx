import Check from "lucide-react/icons/check";
import { type ReactNode, useId } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import { groupTitles } from "@/lib/lab/claim-words.ts";
import type { ExperimentGroup } from "@/lib/lab/experiment.ts";
import { Button } from "../../_ui/controls/button.tsx";
import { Menu } from "../../_ui/controls/menu.tsx";
import { Option } from "../../_ui/controls/option.tsx";
import { RaceRunners, type RaceRunnersProps } from "./race-runners.tsx";

/** A plug of the race: the last step of an experiment. */
export type RacePlugInfo = {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly group: ExperimentGroup;
  /** One variant for each kind of claim on this plug. */
  readonly kinds: readonly VariantId[];
};

type RaceControlsProps = Omit<RaceRunnersProps, "kinds"> & {
  readonly plugs: readonly RacePlugInfo[];
  readonly plug: RacePlugInfo;
  readonly onPlug: (id: string) => void;
  /** The chosen plug was pulled in the race that is shown. */
  readonly isPulled: boolean;
  readonly isRunning: boolean;
  readonly hasRun: boolean;
  readonly onStart: () => void;
  readonly onStop: () => void;
};

/** The plugs that stand beside the menu of all others. */
const quick: readonly string[] = ["replay-after-logout", "replay-after-revoke-all", "password-change"];

/** The groups of plugs. Time and a thief's actions are not plugs. */
const groups = ["owner", "admin", "server"] as const satisfies readonly ExperimentGroup[];

/** The choice of plug and variants, and the start button. */
export function RaceControls(props: RaceControlsProps) {
  const { plug, chosen, isRunning, hasRun, onStart, onStop } = props;
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
      <Plugs {...props} />
      <RaceRunners {...props} kinds={plug.kinds} />
      <div className="ml-auto">
        {isRunning ? (
          <Button size="normal" onPress={onStop}>
            Stop the race
          </Button>
        ) : (
          <Button
            kind="primary"
            size="normal"
            onPress={onStart}
            unavailable={chosen.length === 0 ? "Choose a variant first." : undefined}
          >
            {hasRun ? "Again" : "Start the race"}
          </Button>
        )}
      </div>
    </div>
  );
}

function Plugs({ plugs, plug, onPlug, isPulled }: RaceControlsProps) {
  const name = useId();
  const others = plugs.filter(({ id }) => !quick.includes(id));
  const other = others.find(({ id }) => id === plug.id);
  const option = (each: RacePlugInfo, look: "plug" | "row", children: ReactNode) => (
    <Option
      key={each.id}
      type="radio"
      look={look}
      name={name}
      value={each.id}
      checked={each.id === plug.id}
      title={look === "plug" ? each.question : undefined}
      onChange={() => onPlug(each.id)}
    >
      {children}
    </Option>
  );
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs text-faint">Pull</legend>
      <div className="flex min-h-control flex-wrap items-center gap-1.5">
        {plugs
          .filter(({ id }) => quick.includes(id))
          .map((each) =>
            option(
              each,
              "plug",
              <>
                {isPulled && each.id === plug.id && <Check className="size-3.5" aria-hidden />}
                {each.title}
              </>,
            ),
          )}
        <span className={other ? "rounded-control-small font-semibold ring-2 ring-ink" : ""}>
          <Menu
            look="button"
            from="start"
            button={
              <>
                {isPulled && other && <Check className="size-3.5" aria-hidden />}
                {other ? other.title : `${others.length} more`}
              </>
            }
          >
            {groups.map((group) => (
              <fieldset key={group}>
                <legend className="px-2 pt-2 text-xs text-faint">{groupTitles[group]}</legend>
                {others
                  .filter((each) => each.group === group)
                  .map((each) =>
                    option(
                      each,
                      "row",
                      <span>
                        <span className="block font-medium">{each.title}</span>{" "}
                        <span className="block text-xs text-dim">{each.question}</span>
                      </span>,
                    ),
                  )}
              </fieldset>
            ))}
          </Menu>
        </span>
      </div>
    </fieldset>
  );
}
