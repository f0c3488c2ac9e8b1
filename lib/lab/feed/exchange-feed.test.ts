import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createLabMemory } from "../memory/lab-memory.ts";
import type { CopiesView } from "./copies-view.ts";
import type { Exchange } from "./exchange.ts";
import { createExchangeFeed } from "./exchange-feed.ts";

const lab = "0".repeat(20);
const copies: CopiesView = { lab, at: new Date(0).toISOString(), plugs: [], copies: [] };

const exchange: Omit<Exchange, "id"> = {
  ...{ at: 0, clockOffset: 0, flow: null, action: "me", variant: null, device: "", code: null, steps: [], took: 0 },
  request: { method: "GET", path: "/api/cookie/me", headers: [], body: null },
  response: { status: 200, headers: [], body: null },
};

function setting() {
  const systemClock = { at: 0, now: () => systemClock.at };
  const feed = createExchangeFeed({ systemClock, memory: createLabMemory() });
  const publish = (count: number, about: Partial<Exchange> = {}) => {
    for (let each = 0; each < count; each++) feed.publish(lab, { ...exchange, ...about });
  };
  const open = (after: string | null = null) => {
    const reader = feed.stream(lab, { after, copies }, new AbortController().signal).getReader();
    /** The name of the next event; `null`: the stream ended. */
    const next = async (): Promise<string | null> => {
      const { value, done } = await reader.read();
      return done ? null : (/^id: (\S+)$/m.exec(new TextDecoder().decode(value))?.[1] ?? next());
    };
    return { next, number: async () => Number((await next())?.split(".").at(-1) ?? Number.NaN), reader };
  };
  return { feed, systemClock, publish, open };
}

test("a stream says every two seconds that the server is here, so that a page notices its silence", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { reader } = setting().open();
  const text = async () => new TextDecoder().decode((await reader.read()).value);
  let beats = 0;
  for (let read = 0; beats < 2 && read < 10; read += 1) {
    vi.advanceTimersByTime(2000);
    if ((await text()).includes("event: here")) beats += 1;
  }
  expect(beats).toBe(2);
  await reader.cancel();
  expect(vi.getTimerCount()).toBe(0);
});

test("what happens after a page was rendered and before its stream is open is kept for it, for a minute", async () => {
  const { feed, systemClock, publish, open } = setting();
  publish(1);
  expect(feed.isWatched(lab)).toBe(false);
  feed.expectReader(lab);
  publish(2);
  const page = open();
  expect([await page.number(), await page.number()]).toEqual([1, 2]);
  await page.reader.cancel();
  systemClock.at = 61_000;
  expect(feed.isWatched(lab)).toBe(false);
});

test("of labs whose pages never read a stream the feed keeps a thousand", () => {
  const { feed } = setting();
  for (let each = 0; each < 1001; each += 1) feed.expectReader(`${each}`);
  expect([feed.isWatched("0"), feed.isWatched("1"), feed.isWatched("1000")]).toEqual([false, true, true]);
});

describe("a reader that does not read", () => {
  test("is disconnected without a queue, and resumes after the last event that it read", async () => {
    const { feed, publish, open } = setting();
    const slow = open();
    publish(3);
    let last = await slow.next();
    publish(10_000);
    let handedOver = 0;
    for (let name = await slow.next(); name !== null; name = await slow.next()) {
      last = name;
      handedOver += 1;
    }
    expect(handedOver).toBeLessThanOrEqual(2);
    expect(feed.isWatched(lab)).toBe(true);
    // The last few are kept for a reader that reconnects.
    expect(await open(last).number()).toBe(10_003 - 59);
    expect(await open(`${last?.replace(/\d+$/, "")}10000`).number()).toBe(10_001);
  });

  test("does not delay other readers, who get all events", async () => {
    const { publish, open } = setting();
    open();
    const reading = open();
    for (let each = 1; each <= 200; each++) {
      publish(1);
      expect(await reading.number()).toBe(each);
    }
  });
});

describe("exchanges that are not proved", () => {
  const unproved = { unproved: true } as const;

  test("are kept apart, the last ten, and push out none that is", async () => {
    const { publish, open } = setting();
    await open().reader.cancel();
    publish(1);
    publish(1000, unproved);
    publish(1);
    const late = open();
    const numbers = [];
    while (numbers.length < 12) numbers.push(await late.number());
    expect(numbers).toEqual([1, ...Array.from({ length: 10 }, (_, index) => 992 + index), 1002]);
  });

  test("disconnect no reader, however many it does not read", async () => {
    const { publish, open } = setting();
    const slow = open();
    publish(1);
    publish(1000, unproved);
    publish(1);
    const numbers = [];
    while (numbers.at(-1) !== 1002) numbers.push(await slow.number());
    expect(numbers[0]).toBe(1);
    expect(numbers.length).toBeLessThanOrEqual(13);
  });
});

test("of labs that no page watches any more only the last thousand are remembered", async () => {
  const { feed } = setting();
  const nameOf = (index: number) => `lab ${index}`;
  const leave = (name: string) => feed.stream(name, { after: null, copies }, new AbortController().signal).cancel();
  const watched = feed.stream("watched", { after: null, copies }, new AbortController().signal);
  for (let each = 0; each < 1001; each++) await leave(nameOf(each));
  expect([nameOf(0), nameOf(1), nameOf(1000), "watched"].map((name) => feed.isWatched(name))).toEqual([
    ...[false, true, true, true],
  ]);
  await watched.cancel();
});

describe("the streams of one lab", () => {
  test("have a limit: above it the oldest ends, and the others go on", async () => {
    const { publish, open } = setting();
    const streams = Array.from({ length: 17 }, () => open());
    publish(1);
    expect(await streams[0]?.next()).toBe(null);
    for (const stream of streams.slice(1)) expect(await stream.number()).toBe(1);
  });

  test("do not count after their reader has left", async () => {
    const { publish, open } = setting();
    const first = open();
    for (let each = 0; each < 50; each++) await open().reader.cancel();
    publish(1);
    expect(await first.number()).toBe(1);
  });
});
