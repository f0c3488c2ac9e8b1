import { existsSync } from "node:fs";
import { join } from "node:path";
import { securityHeaders } from "../../lib/http/security-headers.ts";
import { type RedisServer, startRedis } from "../../lib/testing/redis-server.ts";
import { type OwnServer, startOwnServer, startServer } from "../own-server.ts";
import { finished, giveUp, project, start } from "../processes.ts";
import { hasRedis } from "../redis.ts";

/** No limit is reached by a measure. */
const unlimited = {
  LOGIN_ATTEMPTS: "1000000",
  LOGIN_ATTEMPTS_PER_ADDRESS: "1000000",
  REFRESHES_PER_MINUTE: "1000000",
  LABS_PER_HOUR: "1000000",
  NEXT_TELEMETRY_DISABLED: "1",
} as const;

/** A Redis of the bench's own, so that its CPU is that of the bench's requests. `null`: there is none on this machine. */
export async function startOwnRedis(): Promise<RedisServer | null> {
  return hasRedis() ? startRedis() : null;
}

/** The production build. `measured`: its addresses of the bench are there. */
export function startMeasured(redis: RedisServer | null, { measured }: { measured: boolean }): Promise<OwnServer> {
  if (!existsSync(join(project, ".next/BUILD_ID"))) giveUp("Run `npm run build` first.");
  return startOwnServer("start", {
    ...unlimited,
    ...(redis && { REDIS_URL: redis.url }),
    BENCH: measured ? "on" : "off",
  });
}

const bare = "bench/bare";

/**
 * The bare route, built when it was not yet. Throws if an answer has a header of this application's: then it is not bare.
 */
export async function startBare(): Promise<OwnServer> {
  if (!existsSync(join(project, bare, ".next/BUILD_ID"))) {
    console.error("Building the bare route.");
    const built = await finished(start("next", ["build", bare], { stdio: "ignore" }));
    if (built !== 0) giveUp(`next build ${bare} ended with ${built}.`);
  }
  const server = await startServer(
    ({ port }) => ["next", "start", bare, "--port", String(port)],
    () => ({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
  );
  const { headers } = await fetch(`${server.origin}/api/me`);
  const own = Object.keys(securityHeaders({ production: true })).filter((name) => headers.has(name));
  if (own.length === 0) return server;
  await server.stop();
  throw new Error(`The bare route is not bare: its answer has ${own.join(", ")}.`);
}
