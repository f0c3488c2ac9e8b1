import { expect, test, vi } from "vitest";
import type { LoginRecord } from "../../core/record.ts";
import { second } from "../../core/time.ts";
import { createMemoryRecords } from "../memory/memory-records.ts";
import { createCachedRecords, createRecordCache } from "./cached-records.ts";

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
  const time = { system: start, lab: start };
  const clocks = { systemClock: { now: () => time.system }, labClock: { now: () => time.lab } };
  const open = () => {
    return createCachedRecords({ records, cache: createRecordCache(limit), place: "here", staleFor, ...clocks });
  };
  return { records, asked, time, here: open(), there: open() };
}

test("a record is read once, and then cached up to the bound", async () => {
  const { here, asked, time } = twoProcesses();
  await here.add(record("a"));
  for (const age of [0, 1, staleFor - 1]) {
    time.system = start + age;
    expect(await here.find("key of a")).toEqual(record("a"));
  }
  expect(asked).toHaveBeenCalledTimes(1);
  time.system = start + staleFor;
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
    time.system = start + staleFor - 1;
    expect((await here.find("key of a"))?.ended).toBeNull();
    time.system = start + staleFor;
    expect((await here.find("key of a"))?.ended).toEqual(logout);
  },
);

test("a touch notices that a record was ended elsewhere", async () => {
  const { here, there } = twoProcesses();
  await here.add(record("a"));
  await here.find("key of a");
  await there.end("a", logout);
  expect(await here.touch("key of a", { at: start, idleEndsAt: start + second })).toBe(false);
  expect((await here.find("key of a"))?.ended).toEqual(logout);
});

test("a read that was under way while the record was ended is not cached", async () => {
  const { here, asked } = twoProcesses();
  await here.add(record("a"));
  let arrive = () => {};
  asked.mockImplementationOnce(async () => {
    await new Promise<void>((resolve) => {
      arrive = resolve;
    });
    return record("a");
  });
  const late = here.find("key of a");
  await here.end("a", logout);
  arrive();
  expect((await late)?.ended).toBeNull();
  expect((await here.find("key of a"))?.ended).toEqual(logout);
});

test("a cached record past its end on the lab's clock is read again", async () => {
  const { here, there, time } = twoProcesses();
  await here.add(record("a"));
  await here.find("key of a");
  time.lab = start + 59 * second;
  await there.touch("key of a", { at: time.lab, idleEndsAt: time.lab + 60 * second });
  time.lab = start + 61 * second;
  expect((await here.find("key of a"))?.idleEndsAt).toBe(start + 119 * second);
});

test("a system clock that was set back does not extend the cache", async () => {
  const { here, there, time } = twoProcesses();
  await here.add(record("a"));
  await here.find("key of a");
  await there.end("a", logout);
  time.system = start - 1;
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
