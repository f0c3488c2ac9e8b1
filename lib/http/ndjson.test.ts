import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { ndjson } from "./ndjson.ts";
import { ServerStopping } from "./stopping.ts";

const open = () => new AbortController();

test("each written object is one line of JSON, and the stream ends with the work", async () => {
  const stream = ndjson(async (tell) => {
    tell({ says: "a\nb" });
    await setImmediate();
    tell({ n: 2 });
  }, open().signal);
  expect(await new Response(stream).text()).toBe('{"says":"a\\nb"}\n{"n":2}\n');
});

test("work that waits for its reader is one line ahead", async () => {
  const told: number[] = [];
  const reader = ndjson(async (tell, _, taken) => {
    for (const n of [1, 2, 3]) {
      told.push(n);
      tell({ n });
      await taken();
    }
  }, open().signal).getReader();
  await setImmediate();
  expect(told).toEqual([1]);
  await reader.read();
  await setImmediate();
  expect(told).toEqual([1, 2]);
});

test("a reader that disconnects aborts the signal, and work that waits for it goes on", async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const stream = ndjson(async (tell, signal, taken) => {
    tell({ n: 1 });
    await taken();
    resolve(signal.aborted);
  }, open().signal);
  await stream.cancel();
  expect(await promise).toBe(true);
});

test("when the server stops, the last line says so, and the stream ends once the work has cleaned up", async () => {
  const stopping = open();
  let hasCleanedUp = false;
  const stream = ndjson(async (tell, signal) => {
    tell({ n: 1 });
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    tell({ n: 2 });
    await setImmediate();
    hasCleanedUp = true;
    throw signal.reason;
  }, stopping.signal);
  const read = new Response(stream).text();
  stopping.abort(new ServerStopping());
  const reason = "The server is stopping. Ask again in a moment.";
  expect(await read).toBe(`{"n":1}\n${JSON.stringify({ type: "failed", reason })}\n`);
  expect(hasCleanedUp).toBe(true);
});

test("a stream that is whole, or that has no reader any more, says nothing when the server stops", async () => {
  const stopping = open();
  const whole = ndjson(async (tell) => tell({ n: 1 }), stopping.signal);
  await setImmediate();
  const left = ndjson(
    (_, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve())),
    stopping.signal,
  );
  await left.cancel();
  stopping.abort(new ServerStopping());
  expect(await new Response(whole).text()).toBe('{"n":1}\n');
});

test("an error of the work becomes the stream's error", async () => {
  const stream = ndjson(() => Promise.reject(new Error("no store")), open().signal);
  await expect(new Response(stream).text()).rejects.toThrow("no store");
});
