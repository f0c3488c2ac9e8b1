import { DriverAdapterError, mockAdapter } from "@prisma/driver-adapter-utils";
import { expect, test } from "vitest";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { patient } from "./patient-adapter.ts";

const query = (sql: string) => ({ sql, args: [], argTypes: [] });
const change = query("UPDATE thing SET a = 1");

/** An adapter of a database that somebody holds until it is let go, which counts the attempts that were made on it. */
function heldDatabase(patience: number) {
  const state = { isHeld: true, attempts: 0 };
  async function write(): Promise<number> {
    state.attempts += 1;
    if (state.isHeld) throw new DriverAdapterError({ kind: "SocketTimeout" });
    return 1;
  }
  const bare = Object.assign(mockAdapter("sqlite"), {
    executeRaw: write,
    queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
  });
  return { state, adapter: patient(bare, patience) };
}

test("of many changes that meet a lock one asks again, and all are done when it is gone", async () => {
  const { state, adapter } = heldDatabase(2000);
  const changes = Array.from({ length: 20 }, () => adapter.executeRaw(change));
  await new Promise((resolve) => setTimeout(resolve, 50));
  // Whoever comes later waits for the one that asks, without an attempt.
  const before = state.attempts;
  const late = Array.from({ length: 20 }, () => adapter.executeRaw(change));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(state.attempts - before).toBeLessThan(10);
  state.isHeld = false;
  expect(await Promise.all([...changes, ...late])).toEqual(Array.from({ length: 40 }, () => 1));
});

test("what only reads is answered while changes wait", async () => {
  const { state, adapter } = heldDatabase(2000);
  const waiting = adapter.executeRaw(change);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await adapter.queryRaw(query("SELECT 1"))).toMatchObject({ rows: [] });
  expect(state.isHeld).toBe(true);
  state.isHeld = false;
  expect(await waiting).toBe(1);
});

test("each gives up when its own time is over, and the next one has a time of its own", async () => {
  const { state, adapter } = heldDatabase(100);
  const changes = Array.from({ length: 5 }, () => adapter.executeRaw(change));
  for (const outcome of await Promise.allSettled(changes)) {
    expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(StoreUnavailable) });
  }
  const next = adapter.executeRaw(change);
  await new Promise((resolve) => setTimeout(resolve, 20));
  state.isHeld = false;
  expect(await next).toBe(1);
});

test("what fails for another reason is not asked again", async () => {
  const { state, adapter } = heldDatabase(2000);
  const failing = Object.assign(mockAdapter("sqlite"), {
    executeRaw: async () => Promise.reject(new DriverAdapterError({ kind: "sqlite", extendedCode: 1, message: "no" })),
  });
  await expect(patient(failing, 2000).executeRaw(change)).rejects.toThrow(DriverAdapterError);
  expect(state.attempts).toBe(0);
  state.isHeld = false;
  expect(await adapter.executeRaw(change)).toBe(1);
});
