import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openTemporaryDatabase } from "../../testing/temporary-database.ts";
import { createPrismaEventLog, listEvents } from "./prisma-event-log.ts";

const { client, close } = await openTemporaryDatabase();
afterAll(close);

beforeAll(async () => {
  for (const id of ["here", "elsewhere"]) {
    await client.lab.create({ data: { id, salt: "salt", enabled: "[]", createdAt: 0n } });
  }
});

let now = 1000;
const failed = vi.fn();
const logOf = (labId: string) =>
  createPrismaEventLog({
    ...{ client, labId, flow: "cookie", variant: "cookie/plain", failed, clock: { now: () => now } },
    sender: { ip: "192.0.2.1", userAgent: "Mozilla/5.0", device: "Firefox on Linux" },
  });

test("events are written in order, with time and client", async () => {
  const log = logOf("here");
  log.record({ type: "logged-in", userId: "alice", recordId: "r" });
  now = 2000;
  log.record({ type: "login-refused", detail: "BAD_CREDENTIALS" });
  await log.flushed();

  const origin = { flow: "cookie", variant: "cookie/plain", ip: "192.0.2.1", device: "Firefox on Linux" };
  expect(await listEvents(client, "here", { limit: 10 })).toEqual([
    {
      ...{ id: expect.any(Number), at: 2000, type: "login-refused" },
      ...{ userId: null, recordId: null, detail: "BAD_CREDENTIALS", ...origin },
    },
    {
      ...{ id: expect.any(Number), at: 1000, type: "logged-in" },
      ...{ userId: "alice", recordId: "r", detail: null, ...origin },
    },
  ]);
  expect(failed).not.toHaveBeenCalled();
});

test("events are read page by page, without other labs' events", async () => {
  const log = logOf("elsewhere");
  for (const userId of ["1", "2", "3"]) log.record({ type: "refreshed", userId });
  await log.flushed();
  const page = await listEvents(client, "elsewhere", { limit: 2 });
  expect(page.map(({ userId }) => userId)).toEqual(["3", "2"]);
  const next = await listEvents(client, "elsewhere", { limit: 2, before: page[1]?.id ?? 0 });
  expect(next.map(({ userId }) => userId)).toEqual(["1"]);
});

test("the ids of a lab's events count from 1 within the lab, also of writers at the same moment", async () => {
  for (const id of ["busy", "beside"]) {
    await client.lab.create({ data: { id, salt: "salt", enabled: "[]", createdAt: 0n } });
  }
  const logs = ["busy", "beside", "busy", "beside", "busy"].map(logOf);
  for (const log of logs) for (const userId of ["1", "2"]) log.record({ type: "refreshed", userId });
  await Promise.all(logs.map((log) => log.flushed()));
  const idsOf = async (labId: string) => (await listEvents(client, labId, { limit: 10 })).map(({ id }) => id);
  expect(await idsOf("busy")).toEqual([6, 5, 4, 3, 2, 1]);
  expect(await idsOf("beside")).toEqual([4, 3, 2, 1]);
});

test("an event that cannot be written is reported, and stops neither the request nor the next event", async () => {
  const log = logOf("removed meanwhile");
  log.record({ type: "logged-out" });
  log.record({ type: "logged-out" });
  await expect(log.flushed()).resolves.toBeUndefined();
  // In a line: the lab was reset, which is no fault.
  const line = "The lab removed meanwhile was reset before this was written: logged-out";
  expect(failed.mock.calls).toEqual([[line], [line]]);
});
