import { posix } from "node:path";
import type { FlowModule } from "../../core/flow.ts";
import type { FlowId } from "../../core/ids.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { Variant } from "../../core/variant.ts";
import type { Repository } from "./repository.ts";

/** A function of a module, such as a policy's. */
export type NamedExport = { readonly name: string; readonly file: string };

/**
 * The ports that a flow asks for with these settings. It takes its own out of its dependencies at once when it is made,
 * so what it takes can be seen.
 */
export function portsOf({ create }: FlowModule, { id, settings }: Variant): ReadonlySet<string> {
  // Bounded: by the names in one file; it ends with the call.
  const asked = new Set<string>();
  const unused: object = new Proxy({}, { get: () => undefined });
  const watched = new Proxy({ variant: id, settings } as FlowDeps, {
    get(known, property, receiver) {
      asked.add(String(property));
      return Reflect.has(known, property) ? Reflect.get(known, property, receiver) : unused;
    },
  });
  create(watched);
  return asked;
}

/** What makes this flow, as the registry imports it. */
export function creatorOf(repository: Repository, flow: FlowId): NamedExport {
  const registry = "lib/flows/registry.ts";
  const file = `lib/flows/${flow}/flow.ts`;
  const made = importsOf(registry, repository.read(registry)).find((each) => each.file === file);
  if (!made) throw new Error(`${registry} imports nothing from ${file}`);
  return made;
}

/** A row of a table that is keyed by a variant's settings: its text, and the imports that the text uses. */
export type TableRow = { readonly text: string; readonly needs: readonly NamedExport[] };

/** The row of this name in the table of that file, as it is written there. */
export function rowOf(repository: Repository, file: string, key: string): TableRow {
  const source = repository.read(file);
  // Cost: its text is a file of this repository.
  const row = new RegExp(`^ {2}"?${key}"?: (?:\\(.*?\\) =>\\s+)?(.+?),$`, "ms").exec(source)?.[1];
  if (row === undefined) throw new Error(`${file} has no row ${key}`);
  // Cost: its text is a file of this repository.
  const needs = importsOf(file, source).filter(({ name }) => new RegExp(`\\b${name}\\b`).test(row));
  return { text: row, needs };
}

/** The names that a function destructures its one argument into; empty for a function without arguments. */
export function argumentsOf(repository: Repository, { name, file }: NamedExport): readonly string[] {
  const source = repository.read(file);
  // Cost: its text is a file of this repository.
  const taken = new RegExp(`export function ${name}\\(\\{ ([^}]*) \\}`).exec(source)?.[1];
  return taken?.split(", ") ?? [];
}

function importsOf(file: string, source: string): readonly NamedExport[] {
  // Cost: its text is a file of this repository.
  return [...source.matchAll(/^import \{ ([^}]+) \} from "(\.[^"]+)";$/gm)].flatMap(([, names = "", from = ""]) =>
    names.split(", ").map((name) => ({ name, file: posix.join(posix.dirname(file), from) })),
  );
}
