import { z } from "zod";
import { asJson } from "../http/openapi/content.ts";
import type { Endpoints } from "../http/operation.ts";
import { json } from "../http/problem.ts";
import type { Database } from "../stores/prisma/database.ts";
import type { Stores } from "./stores.ts";

const healthAnswer = z
  .strictObject({
    status: z.enum(["ok", "down", "stopping"]),
    database: z.enum(["up", "down"]),
    redis: z.enum(["up", "down", "not configured"]),
  })
  .meta({ id: "Health" });

type HealthOptions = Readonly<{ database: Database; stores: Stores; stopping: AbortSignal }>;

/** For a supervisor that restarts an unhealthy process: do the stores answer? */
export function healthEndpoints(options: HealthOptions): Endpoints {
  return {
    health: {
      GET: {
        summary: "Are the database and the other stores there?",
        description: "503 where one of them does not answer, and while this process ends.",
        lab: "none",
        answers: { 200: [asJson(healthAnswer)], 503: [asJson(healthAnswer)] },
        async run() {
          const health = await healthOf(options);
          return json(health, health.status === "ok" ? 200 : 503);
        },
      },
    },
  };
}

async function healthOf({ database, stores, stopping }: HealthOptions) {
  const [sql, redis] = await Promise.all([database.client.$queryRaw`SELECT 1`.then(isUp, isDown), stores.redis()]);
  const status = sql === "up" && redis !== "down" ? "ok" : "down";
  return { status: stopping.aborted ? ("stopping" as const) : status, database: sql, redis };
}

const isUp = () => "up" as const;

const isDown = () => "down" as const;
