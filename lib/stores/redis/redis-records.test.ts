import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import { afterAll, describe, expect, test } from "vitest";
import type { LoginRecord } from "../../core/record.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { hour, minute } from "../../core/time.ts";
import { startRedis } from "../../testing/redis-server.ts";
import { sharedRedis } from "../../testing/shared-redis.ts";
import { openRedis } from "./redis.ts";
import { createRedisRecords } from "./redis-records.ts";

const redis = await openRedis(sharedRedis());
const client = await createClient({ url: sharedRedis() }).connect();
afterAll(() => {
  redis.close();
  client.destroy();
});

const now = 1_800_000_000_000;
const logout = { at: now + 5, reason: "logout" } as const;

function record(id: string, changes: Partial<LoginRecord> = {}): LoginRecord {
  const times = { createdAt: now, lastSeenAt: now, authenticatedAt: now, elevatedUntil: now, endsAt: now + 8 * hour };
  const idle = { idleFor: 30 * minute, idleEndsAt: now + 30 * minute };
  const sender = { ip: "192.0.2.1", userAgent: "", device: "Firefox, 'the \"fox\"' \u{1f98a}\r\n" };
  const whose = { id, key: `key-of-${id}`, variant: "server-session/redis", userId: "alice", userVersion: 0 } as const;
  return { ...whose, ...times, ...idle, ...sender, remembered: false, ended: null, ...changes };
}

function newLab() {
  const lab = randomUUID();
  return { lab, records: createRedisRecords({ redis, lab, flow: "server-session" }) };
}

async function keysOf(lab: string): Promise<readonly string[]> {
  return (await client.keys(`*${lab}*`)).sort();
}

describe("a record in Redis", () => {
  test("has keys under the application's prefix, lab and flow, which all expire", async () => {
    const { lab, records } = newLab();
    await records.add(record("a"));
    const keys = await keysOf(lab);
    const own = `loginscope:{${lab}}:server-session:`;
    expect(keys).toEqual(["all", "ends", "id:a", "record:key-of-a", "user:alice"].map((name) => own + name));
    for (const key of keys) {
      const left = await client.pTTL(key);
      expect([key, left > 8 * hour, left <= 9 * hour]).toEqual([key, true, true]);
    }
  });

  test("keeps its expiry when it ends, so that a refusal can say why until then", async () => {
    const { lab, records } = newLab();
    await records.add(record("a"));
    await records.end("a", logout);
    expect(await records.find("key-of-a")).toEqual(record("a", { ended: logout }));
    expect(await client.pTTL(`loginscope:{${lab}}:server-session:record:key-of-a`)).toBeGreaterThan(8 * hour);
  });

  test.for(["endsAt", "idleFor", "lastSeenAt", "userVersion"])("with %s out of range lets nobody in", async (field) => {
    const { lab, records } = newLab();
    await records.add(record("a"));
    for (const value of ["1e300", "-1", "0.5", "253402300800000000", "soon"]) {
      await client.hSet(`loginscope:{${lab}}:server-session:record:key-of-a`, field, value);
      await expect(records.find("key-of-a")).rejects.toThrow(StoreUnavailable);
    }
  });

  test("has an index that lives as long as its longest record", async () => {
    const { lab, records } = newLab();
    await records.add(record("long", { endsAt: now + 20 * hour }));
    await records.add(record("short", { endsAt: now + hour }));
    expect(await client.pTTL(`loginscope:{${lab}}:server-session:user:alice`)).toBeGreaterThan(20 * hour);
  });

  test("is skipped after it expired, and ending or touching it creates none", async () => {
    const { lab, records } = newLab();
    for (const id of ["a", "b"]) await records.add(record(id));
    await client.del(`loginscope:{${lab}}:server-session:record:key-of-a`);
    expect(await records.end("a", logout)).toBe(false);
    expect(await records.touch("key-of-a", { at: now, idleEndsAt: now })).toBe(false);
    expect((await records.list("alice", now)).map(({ id }) => id)).toEqual(["b"]);
    expect((await records.held(1)).map(({ id }) => id)).toEqual(["b"]);
    expect(await records.endAll("alice", logout)).toBe(1);
    expect(await client.exists(`loginscope:{${lab}}:server-session:record:key-of-a`)).toBe(0);
  });

  test("leaves no key after a sweep past its end", async () => {
    const { lab, records } = newLab();
    await Promise.all(Array.from({ length: 600 }, (_, i) => records.add(record(`${i}`))));
    expect(await records.held(1000)).toHaveLength(600);
    expect(await records.sweep(Number.MAX_SAFE_INTEGER)).toBe(600);
    expect(await keysOf(lab)).toEqual([]);
  });
});

test("no record is both touched and ended: the second call answers false", async () => {
  const { records } = newLab();
  for (const id of Array.from({ length: 20 }, (_, i) => `${i}`)) {
    await records.add(record(id));
    const seen = { at: now + 7, idleEndsAt: now + 8 };
    const answers = Array.from({ length: 6 }, (_, i) =>
      i === 2 ? records.end(id, logout) : records.touch(`key-of-${id}`, seen),
    );
    expect((await Promise.all(answers))[2]).toBe(true);
    expect(await records.touch(`key-of-${id}`, seen)).toBe(false);
    expect((await records.find(`key-of-${id}`))?.ended).toEqual(logout);
  }
});

describe("a Redis that does not answer", () => {
  test("is a StoreUnavailable at once when it is gone, and is found again when it is back", async () => {
    const server = await startRedis();
    const port = Number(new URL(server.url).port);
    const own = await openRedis(server.url);
    const records = createRedisRecords({ redis: own, lab: "lab", flow: "flow" });
    expect([await own.isUp(), await records.find("any")]).toEqual([true, null]);
    await server.stop();
    await expect.poll(() => own.isUp()).toBe(false);
    await expect(records.find("any")).rejects.toThrow(StoreUnavailable);
    const back = await startRedis(port);
    await expect.poll(() => own.isUp(), { timeout: 10_000 }).toBe(true);
    expect(await records.find("any")).toBeNull();
    own.close();
    await back.stop();
  });

  test("is a StoreUnavailable in seconds when it hangs", async () => {
    const server = await startRedis();
    const own = await openRedis(server.url);
    const records = createRedisRecords({ redis: own, lab: "lab", flow: "flow" });
    server.pause();
    await expect(records.find("any")).rejects.toThrow(StoreUnavailable);
    expect(await own.isUp()).toBe(false);
    server.resume();
    own.close();
    await server.stop();
  });

  test("does not keep the application from starting", async () => {
    const server = await startRedis();
    await server.stop();
    const own = await openRedis(server.url);
    expect(await own.isUp()).toBe(false);
    own.close();
  });
});
