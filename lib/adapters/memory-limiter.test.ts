import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMemoryLimiter } from "./memory-limiter.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("after the allowed attempts the limiter answers the seconds to wait, at least one", async () => {
  const limiter = createMemoryLimiter({ points: 3, seconds: 60 });
  for (let attempt = 0; attempt < 3; attempt += 1) expect((await limiter.reserve("alice")).wait).toBeNull();
  expect((await limiter.reserve("alice")).wait).toBe(60);
  vi.advanceTimersByTime(59_001);
  expect((await limiter.reserve("alice")).wait).toBe(1);
});

test("after the window all attempts are allowed again", async () => {
  const limiter = createMemoryLimiter({ points: 1, seconds: 60 });
  expect((await limiter.reserve("alice")).wait).toBeNull();
  vi.advanceTimersByTime(59_999);
  expect((await limiter.reserve("alice")).wait).toBe(1);
  vi.advanceTimersByTime(1);
  expect((await limiter.reserve("alice")).wait).toBeNull();
  expect((await limiter.reserve("alice")).wait).toBe(60);
});

test("attempts beyond the limit do not make the wait longer", async () => {
  const limiter = createMemoryLimiter({ points: 1, seconds: 60 });
  await limiter.reserve("alice");
  for (let attempt = 0; attempt < 20; attempt += 1) await limiter.reserve("alice");
  expect((await limiter.reserve("alice")).wait).toBe(60);
});

test("each key is counted by itself, and each limiter", async () => {
  const [limiter, other] = [1, 1].map((points) => createMemoryLimiter({ points, seconds: 60 }));
  expect((await limiter?.reserve("alice"))?.wait).toBeNull();
  expect((await limiter?.reserve("bob"))?.wait).toBeNull();
  expect((await other?.reserve("alice"))?.wait).toBeNull();
  expect((await limiter?.reserve("alice"))?.wait).toBe(60);
});

test("an attempt that is given back is there again, once", async () => {
  const limiter = createMemoryLimiter({ points: 2, seconds: 60 });
  const attempt = await limiter.reserve("alice");
  await limiter.reserve("alice");
  for (const _ of [1, 2, 3]) await attempt.giveBack();
  expect((await limiter.reserve("alice")).wait).toBeNull();
  const refused = await limiter.reserve("alice");
  expect(refused.wait).toBe(60);
  await refused.giveBack();
  expect((await limiter.reserve("alice")).wait).toBe(60);
});

test("what was refused takes no attempt: right ones at once, however often, leave all of them", async () => {
  const limiter = createMemoryLimiter({ points: 10, seconds: 300 });
  for (const _ of [1, 2, 3]) {
    const attempts = await Promise.all(Array.from({ length: 14 }, () => limiter.reserve("alice")));
    await Promise.all(attempts.map((attempt) => attempt.giveBack()));
  }
  const left = await Promise.all(Array.from({ length: 12 }, () => limiter.reserve("alice")));
  expect(left.filter(({ wait }) => wait === null)).toHaveLength(10);
});

test("of a thousand at once no more than the limit are made, also while others give theirs back", async () => {
  const limiter = createMemoryLimiter({ points: 10, seconds: 300 });
  let [inside, wrong, most] = [0, 0, 0];
  async function attempt(isRight: boolean) {
    const reserved = await limiter.reserve("alice");
    if (reserved.wait !== null) return;
    inside += 1;
    most = Math.max(most, inside + wrong);
    await Promise.resolve();
    inside -= 1;
    if (isRight) await reserved.giveBack();
    else wrong += 1;
  }
  await Promise.all(Array.from({ length: 1000 }, (_, n) => attempt(n % 3 === 0)));
  expect(most).toBe(10);
  expect(wrong).toBeLessThanOrEqual(10);
});

test("what is given back after its window is no attempt of the next one", async () => {
  const limiter = createMemoryLimiter({ points: 1, seconds: 60 });
  const early = await limiter.reserve("alice");
  vi.advanceTimersByTime(60_000);
  await early.giveBack();
  expect((await limiter.reserve("alice")).wait).toBeNull();
  expect((await limiter.reserve("alice")).wait).toBe(60);
});
