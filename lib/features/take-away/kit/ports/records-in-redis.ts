import { openRedis } from "../../../../stores/redis/redis.ts";
import { createRedisRecords } from "../../../../stores/redis/redis-records.ts";
import { createRedisSessionData } from "../../../../stores/redis/redis-session-data.ts";
import type { Base, Kept } from "../surroundings.ts";

/** A key a login, on the Redis server that all processes share. */
export async function openRecords({ redisUrl, labId, flow }: Base): Promise<Kept> {
  const redis = await openRedis(redisUrl);
  const place = { redis, lab: labId, flow };
  return { records: createRedisRecords(place), data: createRedisSessionData(place), close: async () => redis.close() };
}
