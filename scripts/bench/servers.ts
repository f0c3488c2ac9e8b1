import { existsSync } from "node:fs";
import { join } from "node:path";
import { conditions } from "../../lib/features/bench/conditions.ts";
import type { ConditionId, ReadsBy } from "../../lib/features/bench/model.ts";
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

export type MeasuredServers = {
  /** The one that is as this condition asks. Throws if it was not asked for. */
  of(condition: ConditionId): OwnServer;
  printed(): string;
  stop(): Promise<void>;
};

/**
 * The production build, once for each way of reading rows that these conditions ask for. `measured`: its addresses of
 * the bench are there.
 */
export async function startMeasured(
  redis: RedisServer | null,
  { measured, under }: { readonly measured: boolean; readonly under: readonly ConditionId[] },
): Promise<MeasuredServers> {
  if (!existsSync(join(project, ".next/BUILD_ID"))) giveUp("Run `npm run build` first.");
  const started = new Map<ReadsBy, OwnServer>();
  const all = () => [...started.values()];
  const servers: MeasuredServers = {
    of(condition) {
      const server = started.get(conditions[condition].reads);
      if (!server) throw new Error(`No server was started for ${condition}`);
      return server;
    },
    printed: () =>
      all()
        .map((each) => each.printed())
        .join("\n"),
    async stop() {
      await Promise.all(all().map((each) => each.stop()));
    },
  };
  try {
    for (const reads of new Set(under.map((condition) => conditions[condition].reads))) {
      const env = { ...unlimited, ...(redis && { REDIS_URL: redis.url }), SQL_READS: reads };
      started.set(reads, await startOwnServer("start", { ...env, BENCH: measured ? "on" : "off" }));
    }
    return servers;
  } catch (error) {
    await servers.stop();
    throw error;
  }
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
