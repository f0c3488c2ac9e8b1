import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { project } from "./processes.ts";

export type Addition = {
  readonly kind: string;
  /** The existing files that had to change. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
};

const edits = z.array(z.strictObject({ file: z.string(), replace: z.string(), by: z.string() }));

/** The suffix of each new file, so that no tool takes it for a part of the project. */
const ending = ".txt";

/** Adds the content of scripts/adding/<kind> to a copy of the project: new files, and edits of existing ones. */
export function add(kind: string, copy: string): Addition {
  const folder = join(project, "scripts/adding", kind);
  const added = globSync(`**/*${ending}`, { cwd: join(folder, "new") }).map((file) => file.slice(0, -ending.length));
  for (const file of added) {
    const target = join(copy, file);
    if (existsSync(target)) throw new Error(`${kind}: ${file} is there already`);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(folder, "new", file + ending), target);
  }
  for (const { file, replace, by } of editsOf(kind)) edit(join(copy, file), replace, by);
  return { kind, added, changed: filesOf(kind) };
}

/** The existing files that have to change. */
function filesOf(kind: string): readonly string[] {
  return [...new Set(editsOf(kind).map(({ file }) => file))];
}

function editsOf(kind: string): z.infer<typeof edits> {
  return edits.parse(JSON.parse(readFileSync(join(project, "scripts/adding", kind, "edits.json"), "utf8")));
}

/** The text must occur exactly once. Otherwise the edit could change the wrong place. */
function edit(path: string, replace: string, by: string): void {
  const text = readFileSync(path, "utf8");
  const places = text.split(replace).length - 1;
  if (places !== 1) throw new Error(`${path} has ${places} places that read ${JSON.stringify(replace)}`);
  writeFileSync(
    path,
    text.replace(replace, () => by),
  );
}
