import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMemoryLimiter } from "./memory-limiter.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("after the allowed attempts the limiter answers the seconds to wait, at least one", async () => {
  const limiter = createMemoryLimiter({ points: 3, seconds: 60 });
  for (let attempt = 0; attempt < 3; attempt += 1) expect(await limiter.consume("alice")).toBeNull();
  expect(await limiter.consume("alice")).toBe(60);
  vi.advanceTimersByTime(59_001);
  expect(await limiter.consume("alice")).toBe(1);
});

test("after the window all attempts are allowed again", async () => {
  const limiter = createMemoryLimiter({ points: 1, seconds: 60 });
  expect(await limiter.consume("alice")).toBeNull();
  vi.advanceTimersByTime(59_999);
  expect(await limiter.consume("alice")).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await limiter.consume("alice")).toBeNull();
  expect(await limiter.consume("alice")).toBe(60);
});

test("attempts beyond the limit do not make the wait longer", async () => {
  const limiter = createMemoryLimiter({ points: 1, seconds: 60 });
  await limiter.consume("alice");
  for (let attempt = 0; attempt < 20; attempt += 1) await limiter.consume("alice");
  expect(await limiter.consume("alice")).toBe(60);
});

test("each key is counted by itself, and each limiter", async () => {
  const [limiter, other] = [1, 1].map((points) => createMemoryLimiter({ points, seconds: 60 }));
  expect(await limiter?.consume("alice")).toBeNull();
  expect(await limiter?.consume("bob")).toBeNull();
  expect(await other?.consume("alice")).toBeNull();
  expect(await limiter?.consume("alice")).toBe(60);
});

test("a success gives one attempt back", async () => {
  const limiter = createMemoryLimiter({ points: 2, seconds: 60 });
  await limiter.consume("alice");
  await limiter.consume("alice");
  await limiter.reward("alice");
  expect(await limiter.consume("alice")).toBeNull();
  expect(await limiter.consume("alice")).toBe(60);
});
