import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connect } from "../event-connection.ts";

/** As much of a browser's EventSource as the connection uses. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static readonly opened: Source[] = [];
  readyState = 1;
  readonly address: string;
  constructor(address: string) {
    super();
    this.address = address;
    Source.opened.push(this);
  }
  close() {
    this.readyState = Source.CLOSED;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
  Source.opened.length = 0;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function connected() {
  const told: string[] = [];
  const connection = connect("lab.series.7", {
    received: ({ id }) => told.push(id),
    copies: () => told.push("copies"),
    opened: () => told.push("opened"),
    lost: () => told.push("lost"),
  });
  const source = () => Source.opened.at(-1) as Source;
  source().dispatchEvent(new Event("open"));
  return { told, connection, source };
}

test("a connection that is closed is lost at once", () => {
  const { told, source } = connected();
  source().dispatchEvent(new Event("error"));
  expect(told).toEqual(["opened", "lost"]);
});

test("a server that falls silent is lost after five seconds, and one that says every two seconds that it is here is not", () => {
  const { told, source } = connected();
  for (let beat = 0; beat < 10; beat += 1) {
    vi.advanceTimersByTime(2000);
    source().dispatchEvent(new Event("here"));
  }
  expect(told).toEqual(["opened"]);
  const silent = source();
  vi.advanceTimersByTime(4999);
  expect(told).toEqual(["opened"]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(["opened", "lost"]);
  // It is asked again, after the last event that came.
  expect([silent.readyState, Source.opened.length]).toEqual([Source.CLOSED, 2]);
  expect(source().address).toBe("/api/lab/exchanges?after=lab.series.7");
});

test("where the answer is no stream the server is asked again two seconds later, until the page leaves", () => {
  const { told, connection, source } = connected();
  source().close();
  source().dispatchEvent(new Event("error"));
  vi.advanceTimersByTime(2000);
  expect([told.at(-1), Source.opened.length]).toEqual(["lost", 2]);
  connection.close();
  vi.advanceTimersByTime(60_000);
  expect(Source.opened.length).toBe(2);
});
