import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { closureOf, readRepositoryFile } from "../source/repository.ts";
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

const efforts = new Map<VariantId, Promise<Effort>>();

/** Counted once a process: what runs does not change meanwhile. */
export function effortOf(module: FlowModule, variant: Variant): Promise<Effort> {
  const known = efforts.get(variant.id) ?? count(module, variant);
  efforts.set(variant.id, known);
  return known;
}

async function count(module: FlowModule, variant: Variant): Promise<Effort> {
  const { text, needs } = await wiringOf(module, variant);
  // Both are written for whoever takes the variant away, and are no files of this repository.
  const written = new Map([
    ["wiring.ts", text],
    ["people.ts", peopleText(needs.sql)],
  ]);
  const { files, packages } = await closureOf(["wiring.ts"], written);
  const [flow, parts] = await Promise.all([ownFiles(module.manifest.id), partsOf(module, variant)]);
  const all = [...files].filter(([file]) => !written.has(file)).map(([file, each]) => ({ file, lines: linesIn(each) }));
  return {
    flow: await counted(flow),
    parts: await counted(parts),
    all: all.toSorted((a, b) => a.file.localeCompare(b.file)),
    packages: [...packages].sort(),
  };
}

function counted(files: readonly string[]): Promise<readonly CountedFile[]> {
  return Promise.all(files.map(async (file) => ({ file, lines: linesIn(await readRepositoryFile(file)) })));
}

function linesIn(text: string): number {
  return text.split("\n").filter((line) => line.trim() !== "").length;
}
