/** Finds the Redis server that the tests start, and installs one where that can be done without asking. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Answers whether there is a Redis to test with now. */
export function ensureRedis(): boolean {
  if (hasRedis()) return true;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const command = "apt-get update && apt-get install --yes --no-install-recommends redis-server";
  console.log(`No Redis found. Trying: ${command}`);
  spawnSync(command, { shell: true, stdio: "inherit", timeout: 10 * 60_000 });
  return isInstalled();
}

/** Without trying to get one. */
export function hasRedis(): boolean {
  return Boolean(process.env["REDIS_URL"]) || isInstalled();
}

function isInstalled(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}
