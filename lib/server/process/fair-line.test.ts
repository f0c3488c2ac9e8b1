import { expect, test } from "vitest";
import { Overloaded } from "../../core/refusal.ts";
import { createFairLine, type FairLineOptions } from "./fair-line.ts";

/** A line of work that ends when the test says so. */
function lineOf(options: Partial<FairLineOptions> = {}) {
  const stop = new AbortController();
  const line = createFairLine({ atOnce: 1, places: 3, stopping: stop.signal, ...options });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  let atOnce = 0;
  let most = 0;
  const work = async (name: string) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    begun.push(name);
    await new Promise<void>((resolve) => ends.push(resolve));
    atOnce -= 1;
    return name;
  };
  /** Answers the name, or the kind of error. */
  const ask = (who: string | null, name: string, gone = new AbortController().signal): Promise<unknown> =>
    line.inTurn(who === null ? null : { who, gone }, () => work(name)).catch((error: Error) => error.constructor);
  /** Ends all work, one after another, as it begins. */
  const endAll = async () => {
    for (let idle = 0; idle < 5; ) {
      const end = ends.shift();
      end?.();
      await new Promise((resolve) => setImmediate(resolve));
      idle = end ? 0 : idle + 1;
    }
  };
  return { ...line, ask, begun, endAll, most: () => most, stop: () => stop.abort() };
}

test("no more work than the bound is done at once, and all of it in the order of one name", async () => {
  const line = lineOf({ atOnce: 2, places: 10 });
  const asked = ["a", "b", "c", "d", "e"].map((name) => line.ask("alice", name));
  await line.endAll();
  expect(await Promise.all(asked)).toEqual(["a", "b", "c", "d", "e"]);
  expect([line.most(), line.begun.join("")]).toEqual([2, "abcde"]);
});

test("a caller is refused at once and counted while all places are taken, and waits when one is free", async () => {
  const line = lineOf();
  const asked = ["a", "b", "c", "d"].map((name) => line.ask("alice", name));
  expect(await line.ask("alice", "e")).toBe(Overloaded);
  expect(line.refused()).toBe(1);
  await line.endAll();
  const later = line.ask("alice", "f");
  await line.endAll();
  expect(await Promise.all([...asked, later])).toEqual(["a", "b", "c", "d", "f"]);
});

test("names take turns, however much one of them asks for", async () => {
  const line = lineOf({ places: 9 });
  const asked = ["m1", "m2", "m3", "m4"].map((name) => line.ask("matrix", name));
  asked.push(line.ask("alice", "a"), line.ask("bob", "b"));
  await line.endAll();
  await Promise.all(asked);
  expect(line.begun).toEqual(["m1", "m2", "a", "b", "m3", "m4"]);
});

test("where all places are taken the longest line gives its last place to a shorter one, and not to one as long", async () => {
  const line = lineOf();
  const asked = ["m1", "m2", "m3", "m4"].map((name) => line.ask("matrix", name));
  asked.push(line.ask("alice", "a"));
  expect(await line.ask("alice", "a2")).toBe(Overloaded);
  await line.endAll();
  expect(await Promise.all(asked)).toEqual(["m1", "m2", "m3", Overloaded, "a"]);
  expect(line.refused()).toBe(2);
});

test("a caller that has gone leaves the line, and its work is not done", async () => {
  const line = lineOf();
  const gone = new AbortController();
  const asked = [line.ask("alice", "a"), line.ask("alice", "b", gone.signal), line.ask("alice", "c")];
  gone.abort();
  asked.push(line.ask("alice", "d", gone.signal), line.ask("alice", "e"), line.ask("alice", "f"));
  await line.endAll();
  expect(await Promise.all(asked)).toEqual(["a", Overloaded, "c", Overloaded, "e", "f"]);
  expect([line.begun.join(""), line.refused()]).toEqual(["acef", 0]);
});

test("work that fails frees its place, and its error is the caller's", async () => {
  const line = lineOf();
  const broken = line.inTurn(null, () => Promise.reject(new Error("broken")));
  const thrown = line.inTurn(null, () => {
    throw new Error("thrown");
  });
  const after = line.ask("alice", "a");
  await expect(broken).rejects.toThrow("broken");
  await expect(thrown).rejects.toThrow("thrown");
  await line.endAll();
  expect(await after).toBe("a");
});

test("work of the process itself is not refused for lack of room, takes nobody's place, and waits its turn", async () => {
  const line = lineOf({ places: 1 });
  const asked = [line.ask("alice", "a"), line.ask("alice", "b")];
  asked.push(line.ask(null, "o1"), line.ask(null, "o2"), line.ask("alice", "c"));
  await line.endAll();
  expect(await Promise.all(asked)).toEqual(["a", "b", "o1", "o2", Overloaded]);
  expect(line.begun).toEqual(["a", "b", "o1", "o2"]);
});

test("when the process is asked to end nobody waits any more: what runs comes to its end", async () => {
  const line = lineOf();
  const asked = [line.ask("alice", "a"), line.ask("alice", "b"), line.ask(null, "own")];
  line.stop();
  asked.push(line.ask("alice", "late"));
  await line.endAll();
  expect(await Promise.all(asked)).toEqual(["a", Overloaded, Overloaded, Overloaded]);
  const free = line.ask("alice", "free");
  await line.endAll();
  expect(await free).toBe("free");
});
