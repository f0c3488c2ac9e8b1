import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { findFlow, flows, variants } from "../../flows/registry.ts";
import { experiments } from "../../lab/experiments.ts";
import type { MatrixCell } from "../../lab/played-cells.ts";
import { effortOf } from "../source/effort.ts";
import { type Repository, repository } from "../source/repository.ts";
import { endsAtOnce } from "./columns/claims.ts";
import { clientsOf } from "./columns/declared.ts";
import { everyMaker } from "./columns/places.ts";
import { codeLines, declaredOf, type Subject } from "./columns/subject.ts";
import {
  type Column,
  type Comparable,
  clientKinds,
  type Measured,
  type Row,
  type RowFilters,
  type VariantTable,
} from "./model.ts";

/** All that a reader can sort by, in the order of the table. */
const columns: readonly Column[] = everyMaker.map(({ column }) => column);

export const rowFilters: RowFilters = {
  flows: flows.map(({ manifest: { id, title } }) => ({ id, title })),
  safeties: ["safe", "limited", "unsafe"],
  clients: clientKinds,
  events: experiments.map(({ id, title }) => ({ id, title })),
};

/** All that can be compared, for a page's choice. */
export const comparable = flows.map(
  ({ manifest: { id, title, variants: own, defaults } }): Comparable => ({
    id,
    title,
    usual: defaults.lab,
    variants: own.map((variant) => ({ id: variant.id, title: variant.title })),
  }),
);

/** Whether both are ids of variants. */
export function arePair(left: string | undefined, right: string | undefined): boolean {
  const isKnown = (id: string | undefined) => variants.some((variant) => variant.id === id);
  return isKnown(left) && isKnown(right);
}

/**
 * Fills all variants in all columns. Each cell is read from a manifest, counted in the source, or measured, and names
 * its source. `measured` null: those columns say that the measurement is still running.
 */
export function variantTable(
  measured: Measured | null,
  played: readonly MatrixCell[] = [],
  modules: readonly FlowModule[] = flows,
): VariantTable {
  const known = { files: repository(), measured, played };
  const rows = modules.flatMap((module) => module.manifest.variants.map((variant) => rowOf(module, variant, known)));
  return { columns, rows, measured: measured && { at: measured.at, version: measured.version } };
}

type RowSources = {
  readonly files: Repository;
  readonly measured: Measured | null;
  /** What the reader's lab had played of the matrix. */
  readonly played: readonly MatrixCell[];
};

function rowOf(module: FlowModule, variant: Variant, { files, measured, played }: RowSources): Row {
  const { manifest } = module;
  const subject = {
    manifest,
    variant,
    declared: declaredOf(files, module)(variant),
    code: codeLines(files),
    effort: effortOf(files, module, variant),
    played: (experiment: string) =>
      played.find((cell) => cell.variant === variant.id && cell.experiment === experiment),
    measured: measured && (measured.byVariant[variant.id] ?? { missing: "It was not there when this was measured." }),
  };
  return {
    variant: variant.id,
    flow: manifest.id,
    flowTitle: manifest.title,
    title: variant.title,
    safety: variant.safety,
    isDefault: variant.id === manifest.defaults.lab,
    clients: clientsOf(variant),
    endsAtOnce: endsAtOnce(subject),
    cells: Object.fromEntries(everyMaker.map((maker) => [maker.column.id, maker.cell(subject)])),
  };
}

/** All counts of one variant; `null`: there is no variant of that name. */
export function evidenceOf(id: string): Pick<Subject, "manifest" | "variant" | "effort"> | null {
  const variant = variants.find((each) => each.id === id);
  const module = findFlow(id.split("/")[0] ?? "");
  if (!variant || !module) return null;
  return { manifest: module.manifest, variant, effort: effortOf(repository(), module, variant) };
}
