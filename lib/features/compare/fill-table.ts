import type { FlowModule } from "../../core/flow.ts";
import type { Safety, Variant } from "../../core/variant.ts";
import { findFlow, flows, variants } from "../../flows/registry.ts";
import { experiments } from "../../lab/experiments.ts";
import type { MatrixCell } from "../../lab/played-cells.ts";
import { ownFiles } from "../source/variant-files.ts";
import { claimColumns, endsAtOnce } from "./columns/claims.ts";
import {
  clientColumns,
  clientsOf,
  distributionColumns,
  filesOfDeclared,
  operationColumns,
  securityColumns,
} from "./columns/declared.ts";
import { effortColumns } from "./columns/effort.ts";
import { cookieColumn, costColumns, measuredSecurityColumns, sizeColumns } from "./columns/measured.ts";
import {
  type CodeLines,
  type ColumnMaker,
  type Declared,
  readCodeLines,
  readDeclared,
  type Subject,
} from "./columns/subject.ts";
import { effortOf } from "./effort.ts";
import type { Column, ColumnGroup, Measured, Row, VariantTable } from "./model.ts";
import { clientKinds, columnGroups } from "./model.ts";

const makers: Readonly<Record<ColumnGroup, readonly ColumnMaker[]>> = {
  clients: [...clientColumns, cookieColumn],
  distribution: [...distributionColumns, ...claimColumns("distribution")],
  security: [...securityColumns, ...measuredSecurityColumns, ...claimColumns("security")],
  logout: [...claimColumns("logout"), ...operationColumns],
  effort: effortColumns,
  size: sizeColumns,
  cost: costColumns,
};

const everyMaker = columnGroups.flatMap((group) => makers[group]);

/** All that a reader can sort by, in the order of the table. */
export const columns: readonly Column[] = everyMaker.map(({ column }) => column);

/** What rows can be chosen by. */
export const rowFilters = {
  flows: flows.map(({ manifest: { id, title } }) => ({ id, title })),
  safeties: ["safe", "limited", "unsafe"] as const satisfies readonly Safety[],
  clients: clientKinds,
  events: experiments.map(({ id, title }) => ({ id, title })),
};

/**
 * All variants over all columns. Nothing is typed in: each cell is read off a manifest, counted in the source, or measured,
 * and says where. `measured` null: those columns say that it is being done.
 */
export async function variantTable(
  measured: Measured | null,
  played: readonly MatrixCell[] = [],
  modules: readonly FlowModule[] = flows,
): Promise<VariantTable> {
  const own = await Promise.all(modules.map(({ manifest }) => ownFiles(manifest.id)));
  const code = await readCodeLines([...filesOfDeclared, ...own.flat()]);
  const rows = await Promise.all(modules.map((module) => rowsOf(module, { code, measured, played })));
  return {
    columns,
    rows: rows.flat(),
    measured: measured && { at: measured.at, version: measured.version },
  };
}

async function rowsOf(module: FlowModule, known: Omit<Known, "declared">): Promise<readonly Row[]> {
  const declaredOf = await readDeclared(module);
  return Promise.all(
    module.manifest.variants.map((variant) => rowOf(module, variant, { ...known, declared: declaredOf(variant) })),
  );
}

type Known = {
  readonly code: CodeLines;
  readonly declared: Declared;
  readonly measured: Measured | null;
  /** What the reader's lab had played of the matrix. */
  readonly played: readonly MatrixCell[];
};

async function rowOf(module: FlowModule, variant: Variant, { code, declared, measured, played }: Known): Promise<Row> {
  const { manifest } = module;
  const subject = {
    manifest,
    variant,
    declared,
    code,
    effort: await effortOf(module, variant),
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
    clients: clientsOf(variant),
    endsAtOnce: endsAtOnce(subject),
    cells: Object.fromEntries(everyMaker.map((maker) => [maker.column.id, maker.cell(subject)])),
  };
}

/** What was counted of one variant, in full; `null`: there is none of that name. */
export async function evidenceOf(id: string): Promise<Pick<Subject, "manifest" | "variant" | "effort"> | null> {
  const variant = variants.find((each) => each.id === id);
  const module = findFlow(id.split("/")[0] ?? "");
  return variant && module ? { manifest: module.manifest, variant, effort: await effortOf(module, variant) } : null;
}
