import { inject } from "vitest";

/** The address of the Redis that lib/testing/global-setup.ts found or started. Throws a sentence on how to get one. */
export function sharedRedis(): string {
  const redis = inject("redis");
  if ("missing" in redis) throw new Error(redis.missing);
  return redis.url;
}
