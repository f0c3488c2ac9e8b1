import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { closureOf } from "./imports.ts";
import { oncePer, type Repository } from "./repository.ts";
import { kit, wiringFile, wiringOf } from "./take-away-wiring.ts";
import { ownFiles, partsOf } from "./variant-files.ts";

export type CountedFile = { readonly file: string; readonly lines: number };

/** The size of one variant's source. Blank lines are not counted. */
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
  const { text } = wiringOf(repository, module, variant);
  const { files, packages } = closureOf(repository, [wiringFile], new Map([[wiringFile, text]]));
  // The kit binds what runs, and is the same for all.
  const all = [...files.keys()].filter((file) => !file.startsWith(`${kit}/`));
  return {
    flow: ownFiles(repository, module.manifest.id).map((file) => counted(repository, file)),
    parts: partsOf(repository, module, variant).map((file) => counted(repository, file)),
    all: all.map((file) => counted(repository, file)).toSorted((a, b) => a.file.localeCompare(b.file)),
    packages: [...packages].sort(),
  };
});

function counted(repository: Repository, file: string): CountedFile {
  const lines = repository.read(file).split("\n");
  return { file, lines: lines.filter((line) => line.trim() !== "").length };
}
