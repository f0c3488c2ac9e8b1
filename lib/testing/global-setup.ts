import type { TestProject } from "vitest/node";
import { noRedis, startRedis } from "./redis-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The Redis that all tests of this run share, each in labs of its own; or a sentence on how to get one. */
    redis: { readonly url: string } | { readonly missing: string };
  }
}

/** Before all tests of a run: finds a real Redis by REDIS_URL, or starts one. Tests that need one fail without it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["REDIS_URL"];
  if (given) {
    project.provide("redis", { url: given });
    return async () => {};
  }
  try {
    const { url, stop } = await startRedis();
    project.provide("redis", { url });
    return stop;
  } catch (error) {
    project.provide("redis", { missing: error instanceof Error ? error.message : noRedis });
    return async () => {};
  }
}
