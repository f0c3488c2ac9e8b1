import type { Experiment } from "../../../lab/experiment.ts";
import { type ColumnGroup, columnGroups } from "../model.ts";
import { claimColumns, stillInColumn } from "./claims.ts";
import { clientColumns, operationColumns, safetyColumns, scriptColumns, storeColumns } from "./declared.ts";
import { effortColumns } from "./effort.ts";
import { cookieColumn, costColumns, measuredSecurityColumns, sizeColumns } from "./measured.ts";
import type { ColumnMaker, PlacedMaker } from "./subject.ts";

type Place = { readonly group: ColumnGroup; readonly band: string };

/** The places of the columns of experiments, in their order. Each experiment has one of them. */
const placesOfExperiments = [
  { group: "logout", band: "The owner", has: ({ group }) => group === "owner" },
  { group: "logout", band: "An admin", has: ({ group }) => group === "admin" },
  { group: "logout", band: "Time", has: ({ group }) => group === "time" },
  // The owner's browser forgets, and the server receives no request.
  { group: "logout", band: "Server not told", has: ({ steps }) => steps.at(-1)?.does === "forget" },
  { group: "attacks", band: "A thief tries more", has: ({ group }) => group === "thief" },
  { group: "faults", band: "The server changes", has: ({ group }) => group === "server" },
  // Its answer comes too late, so its own browser is in again.
  { group: "faults", band: "The network", has: ({ replay }) => replay.by === "browser" },
  { group: "faults", band: "The owner only goes on", has: ({ group }) => group === "use" },
] as const satisfies readonly (Place & { has(experiment: Experiment): boolean })[];

/** What happens at last decides before who causes it. */
const exceptions = placesOfExperiments.filter(({ band }) => band === "Server not told" || band === "The network");

function placeOf(experiment: Experiment): Place | undefined {
  const has = (place: (typeof placesOfExperiments)[number]) => place.has(experiment);
  return exceptions.find(has) ?? placesOfExperiments.find(has);
}

function placed(group: ColumnGroup, band: string, makers: readonly ColumnMaker[]): readonly PlacedMaker[] {
  return makers.map((maker) => ({ ...maker, column: { ...maker.column, group, band } }));
}

/** `A request: look-ups` stands in the band `A request`. */
function bandedByTitle(group: ColumnGroup, makers: readonly ColumnMaker[]): readonly PlacedMaker[] {
  return makers.flatMap((maker) => {
    const [band, ...rest] = maker.column.title.split(": ");
    return placed(group, rest.length > 0 && band ? band : "", [maker]);
  });
}

/** The columns of experiments in this group, a band after the other. */
function ofExperiments(group: ColumnGroup): readonly PlacedMaker[] {
  return placesOfExperiments
    .filter((place) => place.group === group)
    .flatMap((place) => {
      const own = claimColumns((experiment) => placeOf(experiment) === place);
      return placed(group, place.band, own);
    });
}

const makers: Readonly<Record<ColumnGroup, readonly PlacedMaker[]>> = {
  logout: [...placed("logout", "", [stillInColumn]), ...ofExperiments("logout")],
  size: placed("size", "", sizeColumns),
  cost: bandedByTitle("cost", costColumns),
  attacks: [
    ...ofExperiments("attacks"),
    ...placed("attacks", "Script in the page", scriptColumns),
    ...placed("attacks", "Defences", measuredSecurityColumns),
  ],
  faults: [...ofExperiments("faults"), ...placed("faults", "Records", storeColumns)],
  abilities: [
    ...placed("abilities", "Logins", operationColumns),
    ...placed("abilities", "Clients", [...clientColumns, cookieColumn]),
    ...placed("abilities", "Made so", safetyColumns),
  ],
  effort: bandedByTitle("effort", effortColumns),
};

/** Every column in the order of the table, and how its cells are made. */
export const everyMaker: readonly PlacedMaker[] = columnGroups.flatMap((group) => makers[group]);
