import { createHash } from "node:crypto";
import { z } from "zod";
import { repository } from "./repository.ts";

const packageText = z.object({ version: z.string() });

const place: unique symbol = Symbol.for("loginscope.running-version");
/** One for the process and not one a bundle, as the composition is: each bundle would read at a time of its own. */
const shared: typeof globalThis & { [place]?: Promise<string> } = globalThis;

/**
 * The package's version, and the beginning of a hash over the source: two that are equal ran the same code. Read once, and
 * by the server as it starts (`application.ts`), so what is edited afterwards is not taken for what runs.
 */
export function runningVersion(): Promise<string> {
  shared[place] ??= readVersion();
  return shared[place];
}

async function readVersion(): Promise<string> {
  const files = repository();
  const { version } = packageText.parse(JSON.parse(files.read("package.json")));
  const hash = createHash("sha256");
  for (const path of files.below("lib")) {
    if (path.endsWith(".ts") && !path.includes("/generated/")) hash.update(path).update(files.read(path));
  }
  return `${version}, source ${hash.digest("hex").slice(0, 8)}`;
}
