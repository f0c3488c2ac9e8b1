import { z } from "zod";
import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { findFlow, variants } from "../../flows/registry.ts";
import { closureOf, filesBelow, readRepositoryFile } from "../source/repository.ts";
import { type Wiring, wiringOf } from "../source/take-away-wiring.ts";
import { zip } from "./fflate-zip.ts";
import { mainText, peopleText, readmeText, vitestText } from "./take-away-texts.ts";

/** One variant, in a folder that needs nothing of the rest: its files by path, with their text. */
export type TakeAway = ReadonlyMap<string, string>;

/** Files of the schema and its migrations, and what makes the client from them. No module imports them. */
const forSql = ["prisma.config.ts", "scripts/generate-client.mjs", "prisma/schema.prisma"];
const isTest = (path: string) => path.endsWith(".test.ts");
/** What turns text into a program, and runs tests. The rest is computed. */
const tools = ["typescript", "vitest", "@types/node"];

const manifestOfPackage = z.object({
  license: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});

/**
 * The folder of the flow, `lib/core`, and what this variant's wiring imports, followed to its end; the flow's tests
 * with what those import; and the few files that make it a program of its own. `null`: there is no such variant.
 */
export async function takeAway(id: string): Promise<TakeAway | null> {
  const variant = variants.find((each) => each.id === id);
  const module = findFlow(id.split("/")[0] ?? "");
  return variant && module ? assemble(module, variant) : null;
}

async function assemble(module: FlowModule, variant: Variant): Promise<TakeAway> {
  const { manifest } = module;
  const wiring = await wiringOf(module, variant);
  const written = new Map([
    ["wiring.ts", wiring.text],
    ["people.ts", peopleText(wiring.needs.sql)],
    ["main.ts", mainText],
  ]);
  const folder = await filesBelow(`lib/flows/${manifest.id}`);
  const core = (await filesBelow("lib/core")).filter((path) => !isTest(path));
  const running = [...written.keys(), ...core, ...folder.filter((path) => !isTest(path))];
  const sql = wiring.needs.sql ? [...forSql, ...(await filesBelow("prisma/migrations"))] : [];

  const program = await closureOf([...running, ...sql], written);
  const all = await closureOf([...running, ...sql, ...folder], written);
  const testOnly = [...all.files.keys()].filter((path) => !program.files.has(path) && !path.startsWith("lib/testing/"));
  return new Map(
    [
      ...all.files,
      ["LICENSE", await readRepositoryFile("LICENSE")] as const,
      [
        "README.md",
        readmeText({ manifest, variant, needs: wiring.needs, testOnly: otherThan(folder, testOnly) }),
      ] as const,
      ["package.json", await packageText(variant, wiring, { program: program.packages, all: all.packages })] as const,
      ["tsconfig.json", await tsconfigText()] as const,
      ["vitest.config.ts", vitestText] as const,
      [".gitignore", "node_modules/\ndata/\nlib/stores/prisma/generated/\n"] as const,
    ].sort(([a], [b]) => a.localeCompare(b)),
  );
}

function otherThan(folder: readonly string[], paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !folder.includes(path)).sort();
}

type Needed = { readonly program: ReadonlySet<string>; readonly all: ReadonlySet<string> };

/** Ours, cut down to the packages that something here imports, at the versions that run here. */
async function packageText(variant: Variant, { needs }: Wiring, { program, all }: Needed): Promise<string> {
  const ours = manifestOfPackage.parse(JSON.parse(await readRepositoryFile("package.json")));
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

/** As strict as ours, without what only Next.js and React want. */
async function tsconfigText(): Promise<string> {
  const { compilerOptions } = z
    .object({ compilerOptions: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(await readRepositoryFile("tsconfig.json")));
  const { jsx, plugins, paths, allowJs, incremental, ...rest } = compilerOptions;
  const options = { ...rest, types: ["node"] };
  return `${JSON.stringify({ compilerOptions: options, include: ["**/*.ts"], exclude: ["node_modules"] }, null, 2)}\n`;
}

const zips = new Map<string, Promise<Uint8Array | null>>();

/** The same as a zip file, made once a process for each variant there is. */
export function takeAwayZip(id: string): Promise<Uint8Array | null> {
  if (!variants.some((each) => each.id === id)) return Promise.resolve(null);
  const made = zips.get(id) ?? takeAway(id).then((files) => files && zip(`loginscope-${id.replace("/", "-")}`, files));
  zips.set(id, made);
  return made;
}
