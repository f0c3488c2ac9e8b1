import { expect, onTestFinished, test, vi } from "vitest";
import { Overloaded } from "../../core/refusal.ts";
import { second } from "../../core/time.ts";
import { passwordsInLine } from "./passwords-in-line.ts";

test("a hash that does not come back gives its place to the next one, and its caller is told after ten seconds", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const report = vi.fn<(error: unknown) => void>();
  const hashing = {
    hash: async (password: string) => `hash of ${password}`,
    verify: (hash: string | null) => (hash === "lost" ? new Promise<never>(() => {}) : Promise.resolve(true)),
    renew: async () => null,
    mayRenew: () => false,
  };
  const { verify, hash } = passwordsInLine(hashing, { stopping: new AbortController().signal, atOnce: 1, report });
  const lost = verify("lost", "alice-likes-tea").catch((error: unknown) => error);
  const next = [verify("kept", "alice-likes-tea"), hash("bob-likes-coffee")];
  const heard = vi.fn<(value: unknown) => void>();
  void Promise.all(next).then(heard);
  await vi.advanceTimersByTimeAsync(10 * second - 1);
  expect([heard, report].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await lost).toBeInstanceOf(Overloaded);
  expect(await Promise.all(next)).toEqual([true, "hash of bob-likes-coffee"]);
  expect(report).toHaveBeenCalledOnce();
});

test("a right login goes on with its old hash where the new one does not come back", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const hashing = {
    hash: async () => "",
    verify: async () => true,
    renew: () => new Promise<never>(() => {}),
    mayRenew: () => true,
  };
  const { renew } = passwordsInLine(hashing, { stopping: new AbortController().signal, atOnce: 1, report: () => {} });
  const renewed = renew("old", "alice-likes-tea").catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10 * second);
  expect(await renewed).toBeNull();
});
