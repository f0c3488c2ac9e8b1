import { standardLifetimes, wholeDuration } from "@/lib/core/time.ts";
import { groupTitles } from "@/lib/lab/claim-words.ts";
import type { ExperimentGroup } from "@/lib/lab/experiment.ts";
import type { MatrixExperiment, MatrixVariant } from "./matrix-words.ts";

/** The events of the view for a class, in the order in which a class is told of them, and in its words. */
export const classEvents: ReadonlyMap<string, string> = new Map([
  ["replay-after-logout", "Log out"],
  ["replay-after-revoke-all", "End all logins"],
  ["password-change", "Change password"],
  ["user-disabled", "Disable the user"],
  ["role-lowered", "Lower the role"],
  ["keys-rotated", "Rotate the keys"],
  ["memory-lost", "Restart the server"],
  ["idle-passed", `Unused for ${wholeDuration(standardLifetimes.idle)}`],
  ["client-forgets", "Close the tab"],
  ["browser-data-cleared", "Clear browser data"],
]);

/** `untold`: the owner's browser forgets, and the server receives no request. */
export type RowGroup = ExperimentGroup | "untold";

export type Rows = {
  readonly group: RowGroup;
  readonly title: string;
  readonly rows: readonly MatrixExperiment[];
};

/** Untold events stand last, apart from the others. */
const order: readonly RowGroup[] = ["owner", "admin", "server", "time", "thief", "use", "untold"];

const allTitles: Readonly<Record<RowGroup, string>> = { ...groupTitles, untold: "The server is not told" };

const classTitles: Readonly<Record<RowGroup, string>> = {
  owner: "Owner",
  admin: "Admin",
  server: "Server",
  time: "Time",
  thief: "Thief",
  use: "Use",
  untold: "Server not told",
};

function groupOf({ group, steps }: MatrixExperiment): RowGroup {
  return steps.at(-1)?.does === "forget" ? "untold" : group;
}

function grouped(
  experiments: readonly MatrixExperiment[],
  titles: Readonly<Record<RowGroup, string>>,
): readonly Rows[] {
  return order
    .map((group) => ({ group, title: titles[group], rows: experiments.filter((each) => groupOf(each) === group) }))
    .filter(({ rows }) => rows.length > 0);
}

/** Every event, under the names of its experiments. */
export function allRows(experiments: readonly MatrixExperiment[]): readonly Rows[] {
  return grouped(experiments, allTitles);
}

/** The events of the view for a class, under its own names. */
export function classRows(experiments: readonly MatrixExperiment[]): readonly Rows[] {
  const events = [...classEvents].flatMap(([id, title]) =>
    experiments.filter((each) => each.id === id).map((each) => ({ ...each, title })),
  );
  return grouped(events, classTitles);
}

/** Variants that stand side by side under the name of their flow. */
export function byFlow(
  variants: readonly MatrixVariant[],
): readonly { readonly flow: MatrixVariant["flow"]; readonly own: readonly MatrixVariant[] }[] {
  const flows = [...new Set(variants.map(({ flow }) => flow))];
  return flows.map((flow) => ({ flow, own: variants.filter((each) => each.flow === flow) }));
}
