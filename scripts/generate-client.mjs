// Writes the Prisma client into lib/stores/prisma/generated. Runs after each `npm install`; needs no network,
// no compiler and any Node.js from 20 on. Silent unless it fails.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundled = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const node = existsSync(bundled) ? bundled : process.execPath;

const { status, error, stdout, stderr } = spawnSync(
  node,
  [join(root, "node_modules", "prisma", "build", "index.js"), "generate"],
  {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      // Prisma would download its schema engine first, although generating a client never starts it: it is
      // content to be pointed at any file that exists.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  },
);

if (status !== 0) {
  console.error([stdout, stderr, error?.message].filter(Boolean).join("\n"));
  console.error("The Prisma client could not be generated. Mend what is named above, then run `npm install` again.");
  process.exit(1);
}
