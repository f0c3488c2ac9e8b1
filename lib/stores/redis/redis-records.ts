import { z } from "zod";
import type { FlowId } from "../../core/ids.ts";
import type { Records } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { hour, latestInstant } from "../../core/time.ts";
import type { Redis } from "./redis.ts";
import * as scripts from "./scripts.ts";

/** How long Redis keeps a record after its absolute end. By then the lab's clock has ended it. */
const slack = hour;
const batch = 500;

/**
 * The records of one flow in one lab, in Redis: a hash each. `lab` has to differ after a reset. The keys expire for
 * clean-up only: the lab's clock decides which records count, and it never runs slower than the server's.
 */
export function createRedisRecords({ redis, ...place }: RedisPlace): Records {
  const { prefix, recordPrefix, idKey, dataPrefix } = namesIn(place);
  const [all, ends] = [`${prefix}all`, `${prefix}ends`];
  const userKey = (userId: string) => `${prefix}user:${userId}`;

  async function gather(set: string, limit: number): Promise<readonly LoginRecord[]> {
    const found = z.array(reply).parse(await redis.run(scripts.gather, [set], [recordPrefix, limit]));
    return found.map(recordOf);
  }

  const keysOf = ({ key, id, userId }: LoginRecord) => [recordPrefix + key, idKey(id), userKey(userId), all, ends];

  return {
    async add(record) {
      await redis.run(scripts.add, keysOf(record), addition(record, prefix));
    },

    async find(key) {
      const found = reply.parse(await redis.run(scripts.find, [recordPrefix + key], []));
      return found.length > 0 ? recordOf(found) : null;
    },

    async touch(key, { at, idleEndsAt }) {
      const keys = [recordPrefix + key, all, ends];
      return (await redis.run(scripts.touch, keys, [at, idleEndsAt, key, prefix])) === 1;
    },

    async end(id, { at, reason }, { key = "" } = {}) {
      return (await redis.run(scripts.end, [idKey(id), dataPrefix + id], [recordPrefix, at, reason, key])) === 1;
    },

    async replace({ id, key = "" }, record, { keepsData }) {
      const data = [id, record.id].map((each) => dataPrefix + each);
      const keys = [...keysOf(record), idKey(id), ...data];
      const found = await redis.run(scripts.replace, keys, [
        recordPrefix,
        key,
        Number(keepsData),
        ...addition(record, prefix),
      ]);
      return replacement.parse(found);
    },

    async endAll(userId, { at, reason }, exceptId = "") {
      const values = [recordPrefix, at, reason, exceptId, dataPrefix];
      return Number(await redis.run(scripts.endAll, [userKey(userId)], values));
    },

    async list(userId, now) {
      const theirs = await gather(userKey(userId), Number.MAX_SAFE_INTEGER);
      return theirs.filter(({ ended, endsAt, idleEndsAt }) => !ended && endsAt > now && idleEndsAt > now);
    },

    held: (limit) => gather(all, limit),
    live: async (now) => number.parse(await redis.run(scripts.live, [ends], [recordPrefix, now])),

    async sweep(now) {
      let swept = 0;
      for (;;) {
        const [seen, deleted] = counts.parse(await redis.run(scripts.sweep, [all, ends], [now, batch, prefix]));
        swept += deleted;
        if (seen < batch) return swept;
      }
    },
  };
}

export type RedisPlace = { readonly redis: Redis; readonly lab: string; readonly flow: FlowId };

/** The names of keys, for records and for session data. */
export function namesIn({ lab, flow }: Omit<RedisPlace, "redis">) {
  // In braces, so that a cluster keeps all of a lab on one node.
  const prefix = `loginscope:{${lab}}:${flow}:`;
  return {
    prefix,
    recordPrefix: `${prefix}record:`,
    dataPrefix: `${prefix}data:`,
    idKey: (id: string) => `${prefix}id:${id}`,
  };
}

/** The key of a record, and the seconds until Redis deletes it; `null`: there is none. */
export async function keyInRedis({ redis, ...place }: RedisPlace, key: string) {
  const name = namesIn(place).recordPrefix + key;
  const seconds = Number(await redis.run(scripts.timeToLive, [name], []));
  return { name, expiresInSeconds: seconds < 0 ? null : seconds };
}

/** A hash as Lua returns it: names and values in turn. */
const reply = z.array(z.string());
const counts = z.tuple([z.number(), z.number()]);
const number = z.coerce.number();
const replacement = z.enum(["done", "rival", "over"]);
const instant = number.int().min(0).max(latestInstant);

const stored = z.object({
  id: z.string(),
  key: z.string(),
  variant: z.templateLiteral([z.string(), "/", z.string()]),
  userId: z.string(),
  userVersion: number.int().min(0),
  createdAt: instant,
  lastSeenAt: instant,
  authenticatedAt: instant,
  /** Written by an earlier version it has none: the password is asked for. */
  elevatedUntil: instant.default(0),
  endsAt: instant,
  idleFor: instant,
  idleEndsAt: instant,
  remembered: z.stringbool(),
  ip: z.string(),
  userAgent: z.string(),
  device: z.string(),
  endedAt: instant.optional(),
  endReason: z.enum(["logout", "revoked", "replaced", "reuse-detected", "evicted"]).optional(),
});

/** The values of the script that adds a record. */
function addition(record: LoginRecord, prefix: string): readonly (string | number)[] {
  const { key, createdAt, endsAt } = record;
  const timeToLive = Math.max(0, endsAt - createdAt) + slack;
  return [timeToLive, createdAt, endsAt, key, prefix, ...fieldsOf(record)];
}

function fieldsOf({ ended, ...record }: LoginRecord): readonly string[] {
  const fields = { ...record, ...(ended && { endedAt: ended.at, endReason: ended.reason }) };
  return Object.entries(fields).flatMap(([name, value]) => [name, String(value)]);
}

function recordOf(found: readonly string[]): LoginRecord {
  const fields: Record<string, string> = {};
  for (let i = 0; i + 1 < found.length; i += 2) fields[found[i] ?? ""] = found[i + 1] ?? "";
  const read = stored.safeParse(fields);
  // This application did not write it, so nobody knows who is logged in.
  if (!read.success) throw new StoreUnavailable("redis", { cause: read.error });
  const { endedAt, endReason, ...record } = read.data;
  return { ...record, ended: endedAt !== undefined && endReason ? { at: endedAt, reason: endReason } : null };
}
