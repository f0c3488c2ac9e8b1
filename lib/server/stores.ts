import { createHash } from "node:crypto";
import type { FlowId } from "../core/ids.ts";
import type { Records } from "../core/ports.ts";
import type { LoginRecord } from "../core/record.ts";
import type { SessionData } from "../core/session-data.ts";
import type { StoreName, VariantSettings } from "../core/settings.ts";
import type { Clock, Duration } from "../core/time.ts";
import type { Swept } from "../features/admin/model.ts";
import type { World } from "../http/application.ts";
import { type Lab, labClock } from "../lab/lab.ts";
import type { PlaceView } from "../lab/lab-view.ts";
import { createCachedRecords, createRecordCache } from "../stores/cached/cached-records.ts";
import { openFileDisk } from "../stores/file/file-disk.ts";
import { createFileStore } from "../stores/file/file-store.ts";
import { createMemoryStore } from "../stores/memory/memory-store.ts";
import type { Database } from "../stores/prisma/database.ts";
import { createPrismaDenylist } from "../stores/prisma/prisma-denylist.ts";
import { createPrismaRecords } from "../stores/prisma/prisma-records.ts";
import { createPrismaRefreshFamilies } from "../stores/prisma/prisma-refresh-families.ts";
import { createPrismaSessionData } from "../stores/prisma/prisma-session-data.ts";
import { openRedis, type Redis } from "../stores/redis/redis.ts";
import { createRedisRecords, keyInRedis, type RedisPlace } from "../stores/redis/redis-records.ts";
import { createRedisSessionData } from "../stores/redis/redis-session-data.ts";

/** Records and their data, as one node of the application has them. */
export type AtNode = {
  /** The records of one flow in one lab, where the settings of a variant say that they live. */
  records(settings: Pick<VariantSettings, "store" | "staleFor">, lab: Lab, flow: FlowId): Records;
  /** What is kept with those records. */
  data(settings: Pick<VariantSettings, "store">, lab: Lab, flow: FlowId): SessionData;
};

export type Stores = AtNode & {
  /** The same stores from a second node, which shares all of them but memory. */
  readonly otherNode: AtNode;
  /** What a store still needs before it can be used, as in "it needs …"; `null`: nothing. */
  needs(store: StoreName): string | null;
  /** Where this record stands, by the name that its store knows it by. */
  place(store: StoreName, lab: Lab, flow: FlowId, record: Pick<LoginRecord, "id" | "key">): Promise<PlaceView>;
  /** Everything of these flows of a lab that is not in the database, for good. */
  remove(lab: Lab, flows: readonly FlowId[]): Promise<void>;
  /** Loses what this process alone remembers of a lab, as a restart would. */
  forgetMemory(labId: string): void;
  /** Deletes what is over, and forgets the labs that are gone. Answers how many records that was. */
  sweep(find: (labId: string) => Promise<World | null>): Promise<number>;
  /** The same in the stores that outlive the process, for a lab that never expires. Answers how many of each. */
  sweepLab(world: World, flows: readonly FlowId[]): Promise<Omit<Swept, "labs">>;
  redis(): Promise<"up" | "down" | "not configured">;
  close(): void;
};

/** A process never holds more than this in its memory; of records and characters of data so many in one flow of a lab, also in a file. */
const bounds = { labs: 500, records: 1000, data: 256 * 1024, cached: 10_000 };

type StoresOptions = {
  readonly database: Database;
  readonly redisUrl: string | undefined;
  /** Where files are kept. It is made with the first one. */
  readonly folder: string;
  readonly systemClock: Clock;
};

/** Every store that the settings of a variant can name. They live as long as the process. */
export async function openStores({ database, redisUrl, folder, systemClock }: StoresOptions): Promise<Stores> {
  const memory = createMemoryStore(bounds);
  const otherMemory = createMemoryStore(bounds);
  const files = createFileStore(openFileDisk(folder), bounds);
  const cache = createRecordCache(bounds.cached);
  const redis = redisUrl === undefined ? null : await openRedis(redisUrl);

  const rows = (lab: Lab, flow: FlowId) => createPrismaRecords({ client: database.client, labId: lab.id, flow });

  /** What one node has of its own is its memory. The rest all of them share. */
  function atNode(own: { readonly memory: typeof memory; readonly cache: typeof cache }): AtNode {
    function inCache(staleFor: Duration, lab: Lab, flow: FlowId): Records {
      const place = `${lab.id} ${lab.salt} ${flow}`;
      const clocks = { systemClock, labClock: labClock(systemClock, lab.clockOffset) };
      return createCachedRecords({ records: rows(lab, flow), cache: own.cache, place, staleFor, ...clocks });
    }

    return {
      records({ store = "sql", staleFor = 0 }, lab, flow) {
        switch (store) {
          case "sql":
            // The rows are the same, so what is changed here is forgotten there.
            return { ...inCache(0, lab, flow), find: rows(lab, flow).find };
          case "cached":
            return inCache(staleFor, lab, flow);
          case "memory":
            return own.memory.records(lab, flow);
          case "file":
            return files.records(lab, flow);
          case "redis":
            return createRedisRecords(inRedis(redis, lab, flow));
        }
      },

      data({ store = "sql" }, lab, flow) {
        switch (store) {
          case "sql":
          case "cached":
            return createPrismaSessionData({ client: database.client, labId: lab.id, flow });
          case "memory":
            return own.memory.data(lab, flow);
          case "file":
            return files.data(lab, flow);
          case "redis":
            return createRedisSessionData(inRedis(redis, lab, flow));
        }
      },
    };
  }

  return {
    needs: (store) => (store === "redis" && !redis ? "REDIS_URL, the address of a Redis server" : null),
    ...atNode({ memory, cache }),
    otherNode: atNode({ memory: otherMemory, cache: createRecordCache(bounds.cached) }),

    async place(store, lab, flow, { id, key }) {
      switch (store) {
        case "redis":
          return { kind: "key", ...(await keyInRedis(inRedis(redis, lab, flow), key)) };
        case "file":
          return { kind: "file", name: files.nameOf(lab, flow), expiresInSeconds: null };
        case "memory":
          return { kind: "memory", name: id, expiresInSeconds: null };
        default:
          return { kind: "row", name: `LoginRecord ${lab.id}, ${flow}, ${id}`, expiresInSeconds: null };
      }
    },

    async remove(lab, flows) {
      memory.forget(lab.id);
      otherMemory.forget(lab.id);
      await files.remove(lab.id);
      if (!redis) return;
      for (const flow of flows) await createRedisRecords(inRedis(redis, lab, flow)).sweep(Number.MAX_SAFE_INTEGER);
    },

    forgetMemory(labId) {
      memory.forget(labId);
      cache.drop(({ place }) => place.startsWith(`${labId} `));
    },

    async sweep(find) {
      let swept = await files.sweep(async (labId) => {
        const world = await find(labId);
        return world && { lab: world.lab, now: world.clock.now() };
      });
      for (const { labId, records } of [...memory.kept(), ...otherMemory.kept()]) {
        const world = await find(labId);
        if (!world) for (const each of [memory, otherMemory]) each.forget(labId);
        else for (const each of records) swept += await each.sweep(world.clock.now());
      }
      return swept;
    },

    async sweepLab({ lab, clock }, flows) {
      const swept = { records: 0, families: 0, deniedTokens: 0 };
      const now = clock.now();
      for (const flow of flows) {
        const place = { client: database.client, labId: lab.id, flow };
        swept.records += await rows(lab, flow).sweep(now);
        if (redis) swept.records += await createRedisRecords(inRedis(redis, lab, flow)).sweep(now);
        swept.families += await createPrismaRefreshFamilies(place).sweep(now);
        swept.deniedTokens += await createPrismaDenylist(place).sweep(now);
      }
      return swept;
    },

    async redis() {
      if (!redis) return "not configured";
      return (await redis.isUp()) ? "up" : "down";
    },

    close: () => redis?.close(),
  };
}

/** The lab's salt is new with each reset, so whatever could not be removed is not found again either. */
function inRedis(redis: Redis | null, lab: Lab, flow: FlowId): RedisPlace {
  if (!redis) throw new Error("REDIS_URL is not set");
  const salt = createHash("sha256").update(lab.salt).digest("hex").slice(0, 12);
  return { redis, lab: `${lab.id}.${salt}`, flow };
}
