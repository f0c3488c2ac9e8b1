import type { Claim, Thief } from "@/lib/core/claim.ts";
import { allRows, classEvents, classRows } from "./matrix-rows.ts";
import type { CellName, MatrixExperiment, MatrixVariant } from "./matrix-words.ts";

/** The choices that a link to the matrix carries. */
export type MatrixLink = {
  /** `class`: the default variant of each flow by ten events. `all`: every variant by every event. */
  readonly view: "class" | "all";
  readonly thief: Thief;
  /** Only the variants of this flow, in the view of all. */
  readonly flow: string | null;
  readonly variant: string | null;
  readonly experiment: string | null;
  readonly credential: Claim["credential"];
  /** The selected cell is open. */
  readonly isOpen: boolean;
};

/** What the matrix shows: these variants by these events. */
export type Scope = { readonly variants: readonly MatrixVariant[]; readonly experiments: readonly MatrixExperiment[] };

export type Selected = {
  readonly variant: MatrixVariant;
  readonly experiment: MatrixExperiment;
  readonly credential: Claim["credential"];
};

/** One credential of a variant in one event. */
export type Part = CellName & { readonly credential: Claim["credential"] };

export function partOf({ variant, experiment, credential }: Selected): Part {
  return { variant: variant.id, experiment: experiment.id, credential };
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads an address. `?variant=…&experiment=…` opens that cell; with `cell=closed` it is only selected. A flow, or a cell
 * that the view for a class does not have, leads to the view of all.
 */
export function readLink(query: Query, { variants, experiments }: Scope): MatrixLink {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === "string" ? value : null;
  };
  const variant = variants.find(({ id }) => id === text("variant"));
  const experiment = experiments.find(({ id }) => id === text("experiment"));
  const flow = variants.find((each) => each.flow === text("flow"))?.flow ?? null;
  const isCell = variant !== undefined && experiment !== undefined;
  const isBeyondClass = isCell && !(variant.isDefault && classEvents.has(experiment.id));
  return {
    view: text("view") === "all" || flow !== null || isBeyondClass ? "all" : "class",
    thief: text("thief") === "active" ? "active" : "silent",
    flow,
    variant: isCell ? variant.id : null,
    experiment: isCell ? experiment.id : null,
    credential: text("credential") === "refresh" ? "refresh" : "access",
    isOpen: isCell && text("cell") !== "closed",
  };
}

/** The address of these choices; what is usual is left out. */
export function addressOf({ view, thief, flow, variant, experiment, credential, isOpen }: MatrixLink): string {
  const query = new URLSearchParams();
  if (view === "all" && flow === null) query.set("view", "all");
  if (thief !== "silent") query.set("thief", thief);
  if (flow !== null) query.set("flow", flow);
  if (variant !== null && experiment !== null) {
    query.set("variant", variant);
    query.set("experiment", experiment);
    if (credential !== "access") query.set("credential", credential);
    if (!isOpen) query.set("cell", "closed");
  }
  const text = query.toString().replaceAll("%2F", "/");
  return text === "" ? "/who-still-gets-in" : `/who-still-gets-in?${text}`;
}

/** The variants and events that a link shows. */
export function scopeOf({ view, flow }: Pick<MatrixLink, "view" | "flow">, all: Scope): Scope {
  if (view === "all") return { ...all, variants: all.variants.filter((each) => flow === null || each.flow === flow) };
  return {
    variants: all.variants.filter(({ isDefault }) => isDefault),
    experiments: [...classEvents.keys()].flatMap((id) => all.experiments.filter((each) => each.id === id)),
  };
}

/** The cell with which the page opens: a logout that a copied access token outlives. */
const first = { experiment: "replay-after-logout", flow: "memory-jwt" };

/** The selected cell; where the link names none that is shown, the first one. */
export function selectedIn(link: MatrixLink, { variants, experiments }: Scope): Selected | null {
  const experiment =
    experiments.find(({ id }) => id === link.experiment) ??
    experiments.find(({ id }) => id === first.experiment) ??
    experiments[0];
  const variant =
    variants.find(({ id }) => id === link.variant) ??
    variants.find(({ flow, isDefault }) => isDefault && flow === first.flow) ??
    variants[0];
  if (!experiment || !variant) return null;
  const tried = variant.credentials.filter((each) => experiment.replay.credentials.includes(each));
  return { variant, experiment, credential: tried.find((each) => each === link.credential) ?? tried[0] ?? "access" };
}

/** The cell so many cells further on, in the order in which a reader meets them; `null`: there is none. */
export function neighbourOf(
  { variant, experiment }: Selected,
  view: MatrixLink["view"],
  scope: Scope,
  by: 1 | -1,
): CellName | null {
  const groups = view === "class" ? classRows(scope.experiments) : allRows(scope.experiments);
  const cells = groups
    .flatMap(({ rows }) => rows)
    .flatMap((row) =>
      scope.variants
        .filter(({ claims }) => (claims[row.id] ?? []).length > 0)
        .map((each): CellName => ({ variant: each.id, experiment: row.id })),
    );
  const at = cells.findIndex((each) => each.variant === variant.id && each.experiment === experiment.id);
  return cells[at + by] ?? null;
}
