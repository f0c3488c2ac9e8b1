import { hash } from "node:crypto";
import type { FlowId } from "../../core/ids.ts";
import type { StoreLab, StoreModule } from "../store-module.ts";
import { openRedis } from "./redis.ts";
import { createRedisRecords, keyInRedis, type RedisPlace } from "./redis-records.ts";
import { createRedisSessionData } from "./redis-session-data.ts";

/** A server of its own, which all processes share. */
export const redisStore: StoreModule = {
  title: "Redis",
  keeps:
    "A Redis key, found by the hash. Redis deletes it by itself when it has ended; who gets in is judged by what stands in it.",
  sharing: "at once",

  async open({ redisUrl }) {
    if (redisUrl === undefined) return { needs: "REDIS_URL, the address of a Redis server" };
    const redis = await openRedis(redisUrl);
    const inRedis = (lab: StoreLab, flow: FlowId): RedisPlace => ({ redis, lab: nameOf(lab), flow });
    return {
      node: () => ({
        records: (lab, flow) => createRedisRecords(inRedis(lab, flow)),
        data: (lab, flow) => createRedisSessionData(inRedis(lab, flow)),
      }),
      place: async (lab, flow, { key }) => ({ kind: "key", ...(await keyInRedis(inRedis(lab, flow), key)) }),

      async remove(lab, flows) {
        for (const flow of flows) await createRedisRecords(inRedis(lab, flow)).sweep(Number.MAX_SAFE_INTEGER);
      },

      /** Redis deletes a key on its own clock, later than a lab whose clock was moved forward. */
      async sweep({ places, keptIn }) {
        let swept = 0;
        for (const { lab, now } of await keptIn("redis")) {
          for (const flow of places) swept += await createRedisRecords(inRedis(lab, flow)).sweep(now);
        }
        return swept;
      },

      isUp: redis.isUp,
      close: redis.close,
    };
  },
};

/** The lab's salt is new with each reset, so keys that could not be deleted are not found again. */
function nameOf({ id, salt }: StoreLab): string {
  return `${id}.${hash("sha256", salt, "hex").slice(0, 12)}`;
}
