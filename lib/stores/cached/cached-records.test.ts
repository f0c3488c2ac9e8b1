import { expect, test, vi } from "vitest";
import type { LoginRecord } from "../../core/record.ts";
import { second } from "../../core/time.ts";
import { createMemoryRecords } from "../memory/memory-records.ts";
import { createCachedRecords } from "./cached-records.ts";
import { createReadCache } from "./read-cache.ts";

const start = 1_800_000_000_000;
const staleFor = 5 * second;
const logout = { at: start, reason: "logout" } as const;

function record(id: string, changes: Partial<LoginRecord> = {}): LoginRecord {
  const times = {
    createdAt: start,
    lastSeenAt: start,
    authenticatedAt: start,
    elevatedUntil: start,
    endsAt: start + 900 * second,
  };
  const idle = { idleFor: 60 * second, idleEndsAt: start + 60 * second };
  const sender = { ip: "192.0.2.1", userAgent: "", device: "Firefox" };
  const whose = { id, key: `key of ${id}`, variant: "server-session/cached", userId: "alice", userVersion: 0 } as const;
  return { ...whose, ...times, ...idle, ...sender, remembered: false, ended: null, ...changes };
}

/** Two processes over the same records, each with a cache of its own. */
function twoProcesses({ limit = 10 } = {}) {
  const records = createMemoryRecords();
  const asked = vi.spyOn(records, "find");
  const time = { now: start };
  const open = (cache = createReadCache<LoginRecord>(limit), place = "here") =>
    createCachedRecords(records, { cache, place, staleFor, clock: { now: () => time.now } });
  return { records, asked, time, open, here: open(), there: open() };
}

test("a record is read once, and then cached up to the bound", async () => {
  const { here, asked, time } = twoProcesses();
  await here.add(record("a"));
  for (const age of [0, 1, staleFor - 1]) {
    time.now = start + age;
    expect(await here.find("key of a")).toEqual(record("a"));
  }
  expect(asked).toHaveBeenCalledTimes(1);
  time.now = start + staleFor;
  await here.find("key of a");
  expect(asked).toHaveBeenCalledTimes(2);
});

test.for(["end", "endAll"] as const)(
  "a record that another process ended by %s gets in until the bound, and not a millisecond longer",
  async (by) => {
    const { here, there, time } = twoProcesses();
    await here.add(record("a"));
    await here.find("key of a");
    expect(await (by === "end" ? there.end("a", logout) : there.endAll("alice", logout))).toBeTruthy();
    expect((await there.find("key of a"))?.ended).toEqual(logout);
    time.now = start + staleFor - 1;
    expect((await here.find("key of a"))?.ended).toBeNull();
    time.now = start + staleFor;
    expect((await here.find("key of a"))?.ended).toEqual(logout);
  },
);

const replacing = (id: string) => record(id, { createdAt: start + 1 });

test.for([
  ["add", (here) => here.add(record("a", { id: "b" })), { id: "b" }],
  ["touch", (here) => here.touch("key of a", { at: start + 7, idleEndsAt: start + 9 }), { lastSeenAt: start + 7 }],
  ["end", (here) => here.end("a", logout), { ended: logout }],
  ["end with its key", (here) => here.end("a", logout, { key: "key of a" }), { ended: logout }],
  ["endAll", (here) => here.endAll("alice", logout), { ended: logout }],
  [
    "replace",
    (here) => here.replace({ id: "a" }, replacing("b"), { keepsData: false }),
    { ended: { reason: "replaced" } },
  ],
  ["sweep", (here) => here.sweep(start + 900 * second), null],
] as const satisfies readonly (readonly [
  string,
  (here: ReturnType<typeof createCachedRecords>) => Promise<unknown>,
  object | null,
])[])("what this process changes by %s it sees at once", async ([, change, seen]) => {
  const { here } = twoProcesses();
  await here.add(record("a"));
  await here.find("key of a");
  await change(here);
  const found = await here.find("key of a");
  if (seen === null) expect(found).toBeNull();
  else expect(found).toMatchObject(seen);
});

test("a touch notices that a record was ended elsewhere", async () => {
  const { here, there } = twoProcesses();
  await here.add(record("a"));
  await here.find("key of a");
  await there.end("a", logout);
  expect(await here.touch("key of a", { at: start, idleEndsAt: start + second })).toBe(false);
  expect((await here.find("key of a"))?.ended).toEqual(logout);
});

test("what is asked fresh goes past the cache, and is what later ones are told", async () => {
  const { here, there } = twoProcesses();
  await here.add(record("a"));
  await here.find("key of a");
  await there.end("a", logout);
  expect((await here.find("key of a"))?.ended).toBeNull();
  expect((await here.find("key of a", { fresh: true }))?.ended).toEqual(logout);
  expect((await here.find("key of a"))?.ended).toEqual(logout);
});

/** The next read answers with the record as it is now, once `arrive` is called. */
function readLate({ asked }: Pick<ReturnType<typeof twoProcesses>, "asked">): { arrive: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  asked.mockImplementationOnce(async () => {
    await promise;
    return record("a");
  });
  return { arrive: resolve };
}

test("a read that was under way while the record was ended is not cached", async () => {
  const { here, asked } = twoProcesses();
  await here.add(record("a"));
  const { arrive } = readLate({ asked });
  const late = here.find("key of a");
  await here.end("a", logout);
  arrive();
  expect((await late)?.ended).toBeNull();
  expect((await here.find("key of a"))?.ended).toEqual(logout);
});

test("a read that was under way while another lab ended a login is cached", async () => {
  const { open, asked } = twoProcesses();
  const cache = createReadCache<LoginRecord>(10);
  const [here, elsewhere] = [open(cache, "this lab"), open(cache, "another lab")];
  await here.add(record("a"));
  const { arrive } = readLate({ asked });
  const late = here.find("key of a");
  await elsewhere.end("b", logout);
  cache.clear("another ");
  arrive();
  await late;
  asked.mockClear();
  expect(await here.find("key of a")).toEqual(record("a"));
  expect(asked).not.toHaveBeenCalled();
});

test("a read that fails is told, and the next one asks again", async () => {
  const { here, asked } = twoProcesses();
  await here.add(record("a"));
  asked.mockRejectedValueOnce(new Error("the store is gone"));
  await expect(here.find("key of a")).rejects.toThrow("the store is gone");
  expect(await here.find("key of a")).toEqual(record("a"));
});

test("the age of an answer counts from the question, not from when it arrived", async () => {
  const { here, asked, time } = twoProcesses();
  await here.add(record("a"));
  asked.mockImplementationOnce(async () => {
    time.now = start + staleFor - 1;
    return record("a");
  });
  await here.find("key of a");
  time.now = start + staleFor;
  await here.find("key of a");
  expect(asked).toHaveBeenCalledTimes(2);
});

test("a cached record past its idle end is read again, since another process may have moved that", async () => {
  const { here, there, time } = twoProcesses();
  await here.add(record("a"));
  time.now = start + 59 * second;
  await here.find("key of a");
  await there.touch("key of a", { at: time.now, idleEndsAt: time.now + 60 * second });
  time.now = start + 60 * second;
  expect((await here.find("key of a"))?.idleEndsAt).toBe(start + 119 * second);
});

test("a clock that was set back does not extend the cache", async () => {
  const { here, there, time } = twoProcesses();
  await here.add(record("a"));
  await here.find("key of a");
  await there.end("a", logout);
  time.now = start - 1;
  expect((await here.find("key of a"))?.ended).toEqual(logout);
});

test("above the limit the record read first is dropped, and an unknown key is not cached", async () => {
  const { here, asked } = twoProcesses({ limit: 2 });
  for (const id of ["a", "b", "c"]) await here.add(record(id));
  for (const id of ["a", "b", "unknown", "c"]) await here.find(`key of ${id}`);
  asked.mockClear();
  await here.find("key of b");
  await here.find("key of c");
  expect(asked).not.toHaveBeenCalled();
  await here.find("key of a");
  expect(asked).toHaveBeenCalledOnce();
});

test("the limit is that of all places together, and a cleared place holds nothing", async () => {
  const cache = createReadCache<boolean>(3);
  const put = (place: string, key: string) => cache.fill(place, key, start, async () => true);
  await put("one lab", "a");
  await put("other lab", "b");
  await put("one lab", "c");
  await put("one lab", "d");
  expect([cache.size(), cache.get("other lab", "b"), cache.get("one lab", "a")?.said]).toEqual([3, undefined, true]);
  await put("one lab", "e");
  expect([cache.size(), cache.get("one lab", "a")]).toEqual([3, undefined]);
  await put("one lab", "e");
  expect(cache.size()).toBe(3);
  cache.clear("other ");
  expect(cache.size()).toBe(3);
  cache.clear("one ");
  expect(cache.size()).toBe(0);
});
