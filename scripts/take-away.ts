// Writes one variant into a folder of its own: npm run take-away -- <variant> <folder>

import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { takeAway } from "../lib/features/take-away/take-away.ts";
import { variants } from "../lib/flows/registry.ts";

/** The problem in a sentence, or `undefined`. */
async function run(id: string | undefined, to: string | undefined): Promise<string | undefined> {
  const known = `Variants: ${variants.map((variant) => variant.id).join(", ")}`;
  if (id === undefined || to === undefined) return `npm run take-away -- <variant> <folder>\n${known}`;
  const files = takeAway(id);
  if (!files) return `There is no variant ${id}. ${known}`;
  const folder = resolve(to);
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) return `${folder} is not empty. Name a new folder.`;
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  console.log(`${files.size} files in ${folder}. Next: npm install, npm test, npm start.`);
  return undefined;
}

const problem = await run(process.argv[2], process.argv[3]);
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
}
