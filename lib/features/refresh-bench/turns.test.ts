import { expect, test } from "vitest";
import { createSeeded } from "./seeded.ts";
import { createTurns, type Turns } from "./turns.ts";

type Name = "a" | "b" | "c";

function stage(seed: number) {
  let now = 0;
  const log: string[] = [];
  const clock = {
    now: () => now,
    moveTo(instant: number) {
      now = instant;
    },
  };
  const turns: Turns<Name> = createTurns<Name>({
    random: createSeeded(seed),
    clock,
    beforeTurn: () => log.push("("),
    afterTurn: () => log.push(")"),
  });
  const three = (actor: Name) => ({
    actor,
    async play() {
      for (const step of [1, 2, 3]) {
        await turns.wait();
        log.push(`${actor}${step}`);
        // Something of the machine's, which takes as long as it takes.
        await new Promise((resolve) => setTimeout(resolve, step % 2));
        log.push(turns.current() ?? "nobody");
      }
    },
  });
  return { turns, clock, log, three };
}

async function orderWith(seed: number): Promise<string> {
  const { turns, log, three } = stage(seed);
  await turns.play([three("a"), three("b"), three("c")]);
  return log.join(" ");
}

test("a seed gives one order of turns, another seed another one", async () => {
  expect(await orderWith(5)).toBe(await orderWith(5));
  const orders = new Set(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(orderWith)));
  expect(orders.size).toBeGreaterThan(4);
});

test("exactly one actor runs at a time", async () => {
  expect(await orderWith(3)).toMatch(/^(\( ([abc])\d \2 \) ?){9}$/);
});

test("a sleeping actor is woken by virtual time, which jumps if no actor is ready", async () => {
  const { turns, clock, log } = stage(1);
  const sleeper = (actor: Name, duration: number) => ({
    actor,
    async play() {
      await turns.pause(duration);
      log.push(`${actor} at ${clock.now()}`);
    },
  });
  await turns.play([sleeper("a", 5000), sleeper("b", 20)]);
  expect(log.filter((line) => line.includes("at"))).toEqual(["b at 20", "a at 5000"]);
});

test("an actor that waits forever is left behind, and an error of one actor ends the run", async () => {
  const { turns, log } = stage(1);
  const part = (actor: Name, play: () => Promise<void>) => ({ actor, play });
  await turns.play([part("a", () => turns.wait(() => false)), part("b", async () => void log.push("b"))]);
  expect(log).toEqual(["b"]);
  const failing = part("c", async () => {
    await turns.wait();
    throw new Error("broken");
  });
  await expect(turns.play([failing])).rejects.toThrow("broken");
});
