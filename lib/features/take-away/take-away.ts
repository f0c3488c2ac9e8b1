import { posix } from "node:path";
import { z } from "zod";
import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { findFlow, variants } from "../../flows/registry.ts";
import { closureOf } from "../source/imports.ts";
import { oncePer, type Repository, repository } from "../source/repository.ts";
import { kit, type Wiring, wiringFile, wiringOf } from "../source/take-away-wiring.ts";
import { zip } from "./fflate-zip.ts";
import { readmeText } from "./readme-text.ts";

/** One variant as a folder that runs by itself: its files by path, with their text. */
export type TakeAway = ReadonlyMap<string, string>;

/** Files of the schema and its migrations, and the script that generates the client. No module imports them. */
const forSql = ["prisma.config.ts", "scripts/generate-client.mjs", "prisma/schema.prisma"];
const isTest = (path: string) => path.endsWith(".test.ts");
/** Packages that compile, run and test. The other packages are computed from the imports. */
const tools = ["typescript", "vitest", "@types/node"];

const manifestOfPackage = z.object({
  license: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});

/**
 * The files of a take-away: all that the kit's program imports with the wiring of this variant; the flow's tests with
 * their imports; and the few files that make it a program of its own. `null`: there is no such variant.
 */
export function takeAway(id: string): TakeAway | null {
  const chosen = chosenBy(id);
  return chosen && assembled(repository(), chosen.module, chosen.variant);
}

const assembled = oncePer((files: Repository, module: FlowModule, variant: Variant): TakeAway => {
  const { manifest } = module;
  const wiring = wiringOf(files, module, variant);
  const given = new Map([[wiringFile, wiring.text]]);
  const sql = wiring.needs.sql ? [...forSql, ...files.below("prisma/migrations")] : [];
  const running = [`${kit}/main.ts`, ...sql];
  const tests = files.below(`lib/flows/${manifest.id}`).filter((path) => isTest(path) || path.endsWith(".md"));

  const program = closureOf(files, running, given);
  const all = closureOf(files, [...running, `${kit}/vitest.config.ts`, ...tests], given);
  const testOnly = [...all.files.keys()]
    .filter((path) => !program.files.has(path) && !tests.includes(path))
    .filter((path) => !path.startsWith("lib/testing/") && !path.startsWith(`${kit}/`));
  return new Map(
    [
      ...[...all.files].map(([path, text]) => [placeOf(path), relocated(path, text)] as const),
      ["LICENSE", files.read("LICENSE")] as const,
      ["README.md", readmeText({ manifest, variant, needs: wiring.needs, testOnly: testOnly.sort() })] as const,
      ["package.json", packageText(files, { variant, wiring, program: program.packages, all: all.packages })] as const,
      ["tsconfig.json", tsconfigText(files)] as const,
      [".gitignore", "node_modules/\ndata/\nlib/stores/prisma/generated/\n"] as const,
    ].sort(([a], [b]) => a.localeCompare(b)),
  );
});

/** The kit's files move to the root of the take-away; all other files keep their paths. */
function placeOf(path: string): string {
  return path.startsWith(`${kit}/`) ? path.slice(kit.length + 1) : path;
}

/** A module of the kit, with its imports rewritten for its new place. No other module imports it. */
function relocated(path: string, text: string): string {
  if (placeOf(path) === path) return text;
  return text.replace(/(\b(?:from|import) )"(\.[^"]+)"/g, (_, before: string, specifier: string) => {
    const target = placeOf(posix.join(posix.dirname(path), specifier));
    const near = posix.relative(posix.dirname(placeOf(path)), target);
    return `${before}"${near.startsWith(".") ? near : `./${near}`}"`;
  });
}

type Packaged = {
  readonly variant: Variant;
  readonly wiring: Wiring;
  /** The packages that the program imports, and those that it and its tests need. */
  readonly program: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
};

/** Our package.json with only the packages that are imported here, at the versions that run here. */
function packageText(files: Repository, { variant, wiring: { needs }, program, all }: Packaged): string {
  const ours = manifestOfPackage.parse(JSON.parse(files.read("package.json")));
  const versions = { ...ours.devDependencies, ...ours.dependencies };
  const picked = (names: Iterable<string>) =>
    Object.fromEntries([...new Set(names)].sort().flatMap((name) => (versions[name] ? [[name, versions[name]]] : [])));
  const text = {
    name: `loginscope-${variant.id.replace("/", "-")}`,
    version: "1.0.0",
    private: true,
    description: variant.summary,
    license: ours.license,
    type: "module",
    engines: ours.engines,
    scripts: {
      start: "node main.ts",
      test: "vitest run",
      check: "tsc -p .",
      ...(needs.sql && { postinstall: "node scripts/generate-client.mjs" }),
    },
    dependencies: picked([...program, "node"]),
    devDependencies: picked([...tools, ...[...all].filter((name) => !program.has(name))]),
    allowScripts: ours.allowScripts,
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}

/** As strict as ours, without the options for Next.js and React. */
function tsconfigText(files: Repository): string {
  const { compilerOptions } = z
    .object({ compilerOptions: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(files.read("tsconfig.json")));
  const { jsx, plugins, paths, allowJs, incremental, ...rest } = compilerOptions;
  const options = { ...rest, types: ["node"] };
  return `${JSON.stringify({ compilerOptions: options, include: ["**/*.ts"], exclude: ["node_modules"] }, null, 2)}\n`;
}

/** The same as a zip file. */
export async function takeAwayZip(id: string): Promise<Uint8Array | null> {
  const chosen = chosenBy(id);
  return chosen && zipped(repository(), chosen.module, chosen.variant);
}

const zipped = oncePer((files: Repository, module: FlowModule, variant: Variant) =>
  zip(`loginscope-${variant.id.replace("/", "-")}`, assembled(files, module, variant)),
);

function chosenBy(id: string): { readonly module: FlowModule; readonly variant: Variant } | null {
  const variant = variants.find((each) => each.id === id);
  const module = findFlow(id.split("/")[0] ?? "");
  return variant && module ? { module, variant } : null;
}
