import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { ndjson } from "./ndjson.ts";

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

test("an error of the work becomes the stream's error", async () => {
  const stream = ndjson(() => Promise.reject(new Error("no store")), open().signal);
  await expect(new Response(stream).text()).rejects.toThrow("no store");
});
