import { posix } from "node:path";
import type { Repository } from "./repository.ts";

/** What Prisma makes from the schema. It is made anew wherever the schema goes, and nobody's source. */
const generated = /^lib\/stores\/prisma\/generated\//;

/** What a module names behind `from` or `import`, as it is written there. */
export function importsIn(text: string): readonly string[] {
  const named = text.matchAll(/^(?:import|export)\b[^"';]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm);
  return [...named].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? "");
}

/** Everything that these modules need, themselves included. */
export type Closure = {
  /** By path, with their text. What is generated is not among them. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of packages from a registry. */
  readonly packages: ReadonlySet<string>;
};

/** `given`: modules that are not in the repository, by the path that they would have there. */
export function closureOf(
  repository: Repository,
  roots: Iterable<string>,
  given: ReadonlyMap<string, string>,
): Closure {
  const files = new Map<string, string>();
  const seen = new Set<string>();
  const packages = new Set<string>();
  const waiting = [...roots];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = given.get(path) ?? repository.read(path);
    if (!generated.test(path)) files.set(path, text);
    const needed = path.endsWith("ts") ? importsIn(text).filter((each) => !each.startsWith("node:")) : [];
    const [near, far] = [needed.filter(isRelative), needed.filter((each) => !isRelative(each))];
    waiting.push(...near.map((each) => posix.join(posix.dirname(path), each)));
    for (const each of far) packages.add(packageOf(each));
  }
  return { files, packages };
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith(".");
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
