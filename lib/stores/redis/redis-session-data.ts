import { z } from "zod";
import { dataLimits, type Json, type SessionData } from "../../core/session-data.ts";
import { namesIn, type RedisPlace } from "./redis-records.ts";
import * as scripts from "./scripts.ts";

/** The session data of one flow in one lab, in Redis: a hash a login, which expires with the login's record. */
export function createRedisSessionData({ redis, ...place }: RedisPlace): SessionData {
  const { recordPrefix, dataPrefix, idKey } = namesIn(place);
  const dataKey = (recordId: string) => dataPrefix + recordId;

  return {
    async all(recordId) {
      const found = texts.parse(await redis.run(scripts.allData, [dataKey(recordId)], []));
      const pairs = found.flatMap((key, i) => (i % 2 === 0 ? [[key, parsed(found[i + 1] ?? "null")] as const] : []));
      return Object.fromEntries(pairs);
    },

    async get(recordId, key) {
      return kept(await redis.run(scripts.getData, [dataKey(recordId)], [key]));
    },

    async set(recordId, key, value, recordKey = "") {
      const values = [recordPrefix, key, JSON.stringify(value), dataLimits.keys, recordKey];
      return outcome.parse(await redis.run(scripts.setData, [idKey(recordId), dataKey(recordId)], values));
    },

    async remove(recordId, key) {
      return kept(await redis.run(scripts.removeData, [dataKey(recordId)], [key]));
    },

    async clear(recordId) {
      return Number(await redis.run(scripts.clearData, [dataKey(recordId)], []));
    },
  };
}

const texts = z.array(z.string());
const outcome = z.enum(["kept", "full", "gone"]);

function kept(found: unknown): { readonly value: Json } | null {
  return typeof found === "string" ? { value: parsed(found) } : null;
}

function parsed(text: string): Json {
  return JSON.parse(text);
}
