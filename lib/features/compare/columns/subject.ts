import type { FlowModule } from "../../../core/flow.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import type { MatrixCell } from "../../../lab/played-cells.ts";
import { readRepositoryFile } from "../../source/repository.ts";
import type { Effort } from "../effort.ts";
import { type LiteralLines, readLiteralLines } from "../literal-lines.ts";
import type { Cell, CellSource, Column, MeasuredVariant } from "../model.ts";

/** One variant, and everything that its cells are made from. */
export type Subject = {
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  /** The line of the manifest that says it; the nearest one above where nothing does. */
  declared(...path: readonly string[]): CellSource;
  /** The line of the code that decides it. */
  readonly code: CodeLines;
  readonly effort: Effort;
  /** `null`: it has yet to be measured. */
  readonly measured: MeasuredVariant | null;
  /** The matrix's own result for this variant, where the reader's lab had that played. */
  played(experiment: string): MatrixCell | undefined;
};

/** A column, and how each of its cells is made. */
export type ColumnMaker = { readonly column: Column; cell(subject: Subject): Cell };

/** Lines that cells lead to, found by what they say. */
export type CodeLines = { lineWith(files: readonly string[], text: string): CellSource };

/** Files are read once; a text that is nowhere in them is a mistake of whoever wrote the column. */
export async function readCodeLines(files: readonly string[]): Promise<CodeLines> {
  const read = [...new Set(files)].map(async (file) => [file, (await readRepositoryFile(file)).split("\n")] as const);
  const texts = new Map(await Promise.all(read));
  return {
    lineWith(among, text) {
      for (const file of among) {
        const index = texts.get(file)?.findIndex((each) => each.includes(text)) ?? -1;
        if (index >= 0) return { kind: "line", file, line: index + 1 };
      }
      throw new Error(`${among.join(", ")} say nowhere ${text}`);
    },
  };
}

export type Declared = Subject["declared"];

/** Where the manifest of a flow says something of one of its variants. */
export async function readDeclared({ manifest }: FlowModule): Promise<(variant: Variant) => Declared> {
  const file = `lib/flows/${manifest.id}/manifest.ts`;
  const lines: LiteralLines = await readLiteralLines(file);
  return (variant) =>
    (...path) => {
      const line = lines.lineIn("manifest", "variants", variant.id, path);
      if (line === null) throw new Error(`${file} has no ${variant.id}`);
      return { kind: "line", file, line };
    };
}
