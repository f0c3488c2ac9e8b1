import { expect, test } from "vitest";
import type { LoginRecord } from "../../core/record.ts";
import { createMemoryStore } from "./memory-store.ts";

const lab = (id: string, salt = "salt") => ({ id, salt });
const bounds = { labs: 2, records: 3, data: 100 };

function record(id: string): LoginRecord {
  const times = {
    createdAt: 1,
    lastSeenAt: 1,
    authenticatedAt: 1,
    elevatedUntil: 2,
    endsAt: 9,
    idleEndsAt: 9,
    idleFor: 8,
  };
  const sender = { ip: "192.0.2.1", userAgent: "Mozilla/5.0", device: "Firefox" };
  const whose = { id, key: `key of ${id}`, variant: "server-session/memory", userId: "alice", userVersion: 0 } as const;
  return { ...whose, ...times, ...sender, remembered: false, ended: null };
}

test("a record is found in its own lab and flow, and in no other", async () => {
  const store = createMemoryStore(bounds);
  await store.records(lab("a"), "one").add(record("r"));
  expect(await store.records(lab("a"), "one").find("key of r")).toEqual(record("r"));
  expect(await store.records(lab("a"), "two").find("key of r")).toBeNull();
  expect(await store.records(lab("b"), "one").find("key of r")).toBeNull();
});

test("a forgotten lab starts empty, and so does a reset one", async () => {
  const store = createMemoryStore(bounds);
  await store.records(lab("a"), "one").add(record("r"));
  store.forget("a");
  expect(await store.records(lab("a"), "one").find("key of r")).toBeNull();
  await store.records(lab("a"), "one").add(record("r"));
  expect(await store.records(lab("a", "another salt"), "one").find("key of r")).toBeNull();
});

test("above the limit the least recently used lab is forgotten", async () => {
  const store = createMemoryStore(bounds);
  for (const id of ["a", "b", "a", "c"]) await store.records(lab(id), "one").add(record(`${id}'s`));
  expect(store.kept().map(({ labId }) => labId)).toEqual(["a", "c"]);
});

test("above the limit the record added first is forgotten", async () => {
  const records = createMemoryStore(bounds).records(lab("a"), "one");
  for (const id of ["1", "2", "3"]) await records.add(record(id));
  await records.touch("key of 1", { at: 2, idleEndsAt: 9 });
  await records.add(record("4"));
  expect((await records.held(10)).map(({ id }) => id)).toEqual(["4", "3", "2"]);
});
