import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { ndjson } from "./ndjson.ts";
import { firstOf, untilTheEnd } from "./stopping.ts";

/** Collects what nobody holds. A turn of the event loop lets go of what was held for its sake. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  for (let times = 0; times < 5; times += 1) {
    await pause(5);
    collect();
  }
}

/** As the edge makes it: nobody but the signal needs the request any more. */
function signalOf(gone: AbortSignal): AbortSignal {
  const request = new Request("http://localhost/", { method: "POST", body: "{}", signal: gone });
  return untilTheEnd({ app: { stopping: new AbortController().signal }, request });
}

test("a reader that leaves is heard after the request and the signals in between were collected", async () => {
  const gone = new AbortController();
  const last = firstOf([firstOf([signalOf(gone.signal)]), new AbortController().signal]);
  await collectGarbage();
  gone.abort("left");
  expect([last.aborted, last.reason]).toEqual([true, "left"]);
});

test("a stream ends with its request's signal, however long it has run", async () => {
  const gone = new AbortController();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const stream = ndjson(
    (tell, signal) =>
      new Promise<void>((end) => {
        tell({ n: 1 });
        signal.addEventListener("abort", () => {
          resolve(true);
          end();
        });
      }),
    signalOf(gone.signal),
  );
  await collectGarbage();
  gone.abort();
  expect(await promise).toBe(true);
  expect(await new Response(stream).text()).toBe('{"n":1}\n');
});

test("one that was made of an aborted signal is aborted", () => {
  expect(firstOf([AbortSignal.abort("before")]).reason).toBe("before");
});
