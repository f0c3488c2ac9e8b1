// What `npm run demo` and `npm test` do first. Plain JavaScript without dependencies, because on a fresh clone
// nothing is installed yet and the machine's own Node.js may be as old as 20. What follows runs on Node.js 24.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("..", import.meta.url));
const windows = process.platform === "win32";

/**
 * Installs missing packages. Answers true in the project's own Node.js. In another one it runs the script again with
 * the project's Node.js, and answers false.
 */
export async function setUp() {
  if (!isInstalled()) install();
  // The project's own tools come first in PATH, and Next.js sends no telemetry.
  process.env.PATH = join(project, "node_modules/.bin") + delimiter + process.env.PATH;
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const { version } = JSON.parse(readFileSync(join(project, "node_modules/node/package.json"), "utf8"));
  if (process.versions.node === version) return true;
  const node = join(project, "node_modules/node/bin", windows ? "node.exe" : "node");
  if (!existsSync(node)) {
    giveUp(
      `Node.js ${version} is not in node_modules: the install script that puts it there was not run.`,
      "Is ignore-scripts set? `npm rebuild node --ignore-scripts=false` puts it there.",
    );
  }
  const child = spawn(node, process.argv.slice(1), { cwd: project, stdio: "inherit" });
  // Ctrl-C reaches the child by itself; this process only waits for it to end.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.exitCode = await new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
  return false;
}

/** npm writes node_modules/.package-lock.json last, so it is as old as the last complete installation. */
function isInstalled() {
  const written = (file) => statSync(join(project, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return written("node_modules/.package-lock.json") > Math.max(written("package.json"), written("package-lock.json"));
}

function install() {
  console.log("Installing the packages: about a minute on a fresh clone.\n");
  // `npm ci` installs what the lock file says and leaves the lock file as it is; `npm install` may rewrite it.
  const { status } = spawnSync("npm", ["ci", "--loglevel=error"], {
    cwd: project,
    stdio: "inherit",
    shell: windows,
  });
  if (status !== 0) giveUp("`npm ci` failed; the lines above say why. It needs the npm registry and 1.5 GB of disk.");
}

function giveUp(...sentences) {
  console.error(`\n${sentences.join("\n")}`);
  process.exit(1);
}
