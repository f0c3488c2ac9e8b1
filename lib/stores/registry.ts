import type { StoreName } from "../core/settings.ts";
import { cachedStore } from "./cached/store.ts";
import { fileStore } from "./file/store.ts";
import { memoryStore } from "./memory/store.ts";
import { sqlStore } from "./prisma/store.ts";
import { redisStore } from "./redis/store.ts";
import type { StoreModule } from "./store-module.ts";

/**
 * All stores, by the name that a variant's settings use. Opening, counting, pages, tables and tests go through this
 * list.
 */
export const stores: Readonly<Record<StoreName, StoreModule>> = {
  sql: sqlStore,
  memory: memoryStore,
  file: fileStore,
  redis: redisStore,
  cached: cachedStore,
};

/** The store of a variant that names none, since it keeps no records. */
export const unnamedStore: StoreName = "sql";

export function storeModule(name: StoreName): StoreModule {
  const found = stores[name];
  if (!found) throw new Error(`There is no store ${name}`);
  return found;
}

/** The store that keeps this store's records: for a cache, the one behind it. */
export function keeperOf(name: StoreName): StoreName {
  return storeModule(name).over ?? name;
}
