import type { FlowModule } from "../../../core/flow.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import type { MatrixCell } from "../../../lab/played-cells.ts";
import type { Effort } from "../../source/effort.ts";
import { oncePer, type Repository } from "../../source/repository.ts";
import { literalLines } from "../literal-lines.ts";
import type { Cell, CellSource, Column, MeasuredVariant } from "../model.ts";

/** One variant, and everything that its cells are made from. */
export type Subject = {
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  /** The line of the manifest that declares a value; the nearest line above if the value has no line of its own. */
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
export type ColumnMaker = { readonly column: Omit<Column, "group" | "band">; cell(subject: Subject): Cell };

/** The same in its place among the others. */
export type PlacedMaker = ColumnMaker & { readonly column: Column };

/** Lines that cells lead to, found by what they say. */
export type CodeLines = { lineWith(files: readonly string[], text: string): CellSource };

/** If none of these files has the text, the column names the wrong text, so it throws. */
export const codeLines = oncePer(
  (repository: Repository): CodeLines => ({
    lineWith(files, text) {
      for (const file of files) {
        const lines = repository.read(file).split("\n");
        const index = lines.findIndex((line) => line.includes(text));
        if (index >= 0) return { kind: "line", file, line: index + 1 };
      }
      throw new Error(`${files.join(", ")} say nowhere ${text}`);
    },
  }),
);

export type Declared = Subject["declared"];

/** Where the manifest of a flow says something of one of its variants. */
export const declaredOf = oncePer((repository: Repository, { manifest }: FlowModule) => {
  const file = `lib/flows/${manifest.id}/manifest.ts`;
  const lines = literalLines(repository.read(file));
  return (variant: Variant): Declared =>
    (...path) => {
      const line = lines.lineIn("manifest", "variants", variant.id, path);
      if (line === null) throw new Error(`${file} has no ${variant.id}`);
      return { kind: "line", file, line };
    };
});
