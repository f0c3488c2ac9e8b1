import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { closureOf } from "../source/imports.ts";
import { oncePer, type Repository } from "../source/repository.ts";
import { wiringOf } from "../source/take-away-wiring.ts";
import { ownFiles, partsOf } from "../source/variant-files.ts";
import { peopleText } from "../take-away/take-away-texts.ts";

export type CountedFile = { readonly file: string; readonly lines: number };

/** What one variant is made of. Lines are those that are not blank. */
export type Effort = {
  /** The flow's own folder, without its tests. */
  readonly flow: readonly CountedFile[];
  /** The adapters, stores and policy that its settings name. */
  readonly parts: readonly CountedFile[];
  /** Everything that its wiring imports, followed to its end: what runs. */
  readonly all: readonly CountedFile[];
  /** The packages from a registry that any of it imports. */
  readonly packages: readonly string[];
};

/** Counted in the files as they lie here. */
export const effortOf = oncePer((repository: Repository, module: FlowModule, variant: Variant): Effort => {
  const { text, needs } = wiringOf(repository, module, variant);
  // Both are written for whoever takes the variant away, and are no files of this repository.
  const written = new Map([
    ["wiring.ts", text],
    ["people.ts", peopleText(needs.sql)],
  ]);
  const { files, packages } = closureOf(repository, ["wiring.ts"], written);
  const all = [...files.keys()].filter((file) => !written.has(file)).map((file) => counted(repository, file));
  return {
    flow: ownFiles(repository, module.manifest.id).map((file) => counted(repository, file)),
    parts: partsOf(repository, module, variant).map((file) => counted(repository, file)),
    all: all.toSorted((a, b) => a.file.localeCompare(b.file)),
    packages: [...packages].sort(),
  };
});

function counted(repository: Repository, file: string): CountedFile {
  const lines = repository.read(file).split("\n");
  return { file, lines: lines.filter((line) => line.trim() !== "").length };
}
