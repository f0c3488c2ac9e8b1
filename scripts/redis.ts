/** Finds the Redis server that the tests start, and installs one if that is possible without a prompt. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Answers whether a Redis server is available now. */
export function ensureRedis(): boolean {
  if (hasRedis()) return true;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const command = "apt-get update && apt-get install --yes --no-install-recommends redis-server";
  console.log(`No Redis found. Trying: ${command}`);
  spawnSync(command, { shell: true, stdio: "inherit", timeout: 10 * 60_000 });
  return isInstalled();
}

/** Checks without installing one. */
export function hasRedis(): boolean {
  return Boolean(process.env["REDIS_URL"]) || isInstalled();
}

function isInstalled(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}
