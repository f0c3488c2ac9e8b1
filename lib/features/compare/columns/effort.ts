import type { CountedFile, Effort } from "../../source/effort.ts";
import type { CellSource } from "../model.ts";
import type { ColumnMaker } from "./subject.ts";

const notBlank = "Lines that are not blank, counted in the files as they lie here.";

type Counting = { readonly what: keyof Omit<Effort, "packages">; readonly title: string; readonly of: string };

const counted: readonly Counting[] = [
  { what: "flow", title: "Flow", of: "The flow's own folder without its tests; all of its variants share it." },
  { what: "parts", title: "Parts", of: "The adapters, stores and policy that the variant's settings name." },
  {
    what: "all",
    title: "All that runs",
    of: "What the variant's wiring imports, followed to its end, as it would be taken away; what is generated is left out.",
  },
];

export const effortColumns: readonly ColumnMaker[] = [
  ...counted.flatMap(({ what, title, of }): readonly ColumnMaker[] => [
    countOf(`${what}-lines`, `${title}: lines`, `${of} ${notBlank}`, what, linesOf),
    countOf(`${what}-files`, `${title}: files`, of, what, (files) => files.length),
  ]),
  {
    column: column(
      "packages",
      "Packages",
      "The packages from a registry that all of that imports by name. What those bring along is not counted.",
    ),
    cell: ({ variant, effort: { packages } }) => ({
      text: String(packages.length),
      detail: packages.join(", "),
      order: packages.length,
      sources: [{ kind: "evidence", variant: variant.id, part: "packages" }],
    }),
  },
];

function column(id: string, title: string, how: string): ColumnMaker["column"] {
  return { id, title, how, measured: false };
}

type Count = (files: readonly CountedFile[]) => number;

function countOf(id: string, title: string, how: string, what: Counting["what"], count: Count): ColumnMaker {
  return {
    column: column(id, title, how),
    cell({ variant, effort }) {
      const number = count(effort[what]);
      const files: readonly CellSource[] =
        what === "all" ? [] : effort[what].map(({ file }) => ({ kind: "line", file, line: 1 }));
      return {
        text: String(number),
        order: number,
        sources: [{ kind: "evidence", variant: variant.id, part: "files" }, ...files],
      };
    },
  };
}

function linesOf(files: readonly CountedFile[]): number {
  return files.reduce((sum, { lines }) => sum + lines, 0);
}
