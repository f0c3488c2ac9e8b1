import { createHash } from "node:crypto";
import { z } from "zod";
import { filesBelow, readRepositoryFile } from "./repository.ts";

const packageText = z.object({ version: z.string() });
let known: Promise<string> | null = null;

/** The package's version, and the beginning of a hash over the source: two that are equal ran the same code. */
export function runningVersion(): Promise<string> {
  known ??= readVersion();
  return known;
}

async function readVersion(): Promise<string> {
  const { version } = packageText.parse(JSON.parse(await readRepositoryFile("package.json")));
  const hash = createHash("sha256");
  for (const path of await filesBelow("lib")) {
    if (path.endsWith(".ts") && !path.includes("/generated/")) hash.update(path).update(await readRepositoryFile(path));
  }
  return `${version}, source ${hash.digest("hex").slice(0, 8)}`;
}
