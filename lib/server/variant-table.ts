import type { FlowModule, Variant } from "../core/flow.ts";
import type { Column, ColumnGroup, Measured, Row, VariantTable } from "../core/variant-table.ts";
import { columnGroups } from "../core/variant-table.ts";
import { flows } from "../flows/registry.ts";
import { effortOf } from "./effort.ts";
import { ownFiles } from "./source-reader.ts";
import { claimColumns, endsAtOnce } from "./variant-columns/claims.ts";
import {
  clientColumns,
  clientsOf,
  distributionColumns,
  filesOfDeclared,
  operationColumns,
  securityColumns,
} from "./variant-columns/declared.ts";
import { effortColumns } from "./variant-columns/effort.ts";
import { cookieColumn, costColumns, measuredSecurityColumns, sizeColumns } from "./variant-columns/measured.ts";
import {
  type CodeLines,
  type ColumnMaker,
  type Declared,
  readCodeLines,
  readDeclared,
} from "./variant-columns/subject.ts";

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

/**
 * All variants over all columns. Nothing is typed in: each cell is read off a manifest, counted in the source, or measured,
 * and says where. `measured` null: those columns say that it is being done.
 */
export async function variantTable(
  measured: Measured | null,
  modules: readonly FlowModule[] = flows,
): Promise<VariantTable> {
  const own = await Promise.all(modules.map(({ manifest }) => ownFiles(manifest.id)));
  const code = await readCodeLines([...filesOfDeclared, ...own.flat()]);
  const rows = await Promise.all(modules.map((module) => rowsOf(module, code, measured)));
  return {
    columns,
    rows: rows.flat(),
    measured: measured && { at: measured.at, version: measured.version },
  };
}

async function rowsOf(module: FlowModule, code: CodeLines, measured: Measured | null): Promise<readonly Row[]> {
  const declaredOf = await readDeclared(module);
  return Promise.all(
    module.manifest.variants.map((variant) =>
      rowOf(module, variant, { code, declared: declaredOf(variant), measured }),
    ),
  );
}

type Known = { readonly code: CodeLines; readonly declared: Declared; readonly measured: Measured | null };

async function rowOf(module: FlowModule, variant: Variant, { code, declared, measured }: Known): Promise<Row> {
  const { manifest } = module;
  const subject = {
    manifest,
    variant,
    declared,
    code,
    effort: await effortOf(module, variant),
    measured: measured && (measured.byVariant[variant.id] ?? { missing: "It was not there when this was measured." }),
  };
  return {
    variant: variant.id,
    flow: manifest.id,
    flowTitle: manifest.title,
    title: variant.title,
    safety: variant.safety,
    clients: clientsOf(variant),
    endsAtOnce: endsAtOnce(variant),
    cells: Object.fromEntries(everyMaker.map((maker) => [maker.column.id, maker.cell(subject)])),
  };
}
