import { expect, test } from "vitest";
import { minute, second } from "../core/time.ts";
import { createFailuresInARow, type FailuresInARowOptions } from "./failures-in-a-row.ts";

/** Three failures are free; then the wait is a second, and doubles. */
function counter(options: Partial<FailuresInARowOptions> = {}) {
  let time = 0;
  const limiter = createFailuresInARow({
    clock: { now: () => time },
    allowed: 3,
    waitAfter: (beyond) => second * 2 ** beyond,
    ...options,
  });
  const waits = async (key: string, times: number) => {
    const answers = [];
    for (let at = 0; at < times; at += 1) answers.push((await limiter.reserve(key)).wait);
    return answers;
  };
  const pass = (by: number) => {
    time += by;
  };
  return { ...limiter, waits, pass };
}

test("after the allowed failures in a row each further one waits, and the wait grows with every failure", async () => {
  const alice = counter();
  expect(await alice.waits("alice", 5)).toEqual([null, null, null, 1, 1]);
  for (const wait of [1, 2, 4, 8]) {
    alice.pass(wait * second - 1);
    expect(await alice.waits("alice", 1)).toEqual([1]);
    alice.pass(1);
    expect(await alice.waits("alice", 2)).toEqual([null, wait * 2]);
  }
});

test("an undone attempt is no failure and adds no wait, and the other failures still count", async () => {
  const alice = counter();
  await alice.waits("alice", 2);
  for (let times = 0; times < 5; times += 1) await (await alice.reserve("alice")).undo();
  expect(await alice.waits("alice", 2)).toEqual([null, 1]);
  alice.pass(second);
  await (await alice.reserve("alice")).undo();
  expect(await alice.waits("alice", 2)).toEqual([null, 2]);
});

test("an undone attempt is undone once, and not after it was right", async () => {
  const alice = counter();
  const [failed, undone] = [await alice.reserve("alice"), await alice.reserve("alice")];
  await alice.reserve("alice");
  await failed.giveBack();
  await failed.undo();
  await undone.undo();
  expect(await alice.waits("alice", 3)).toEqual([null, null, 1]);
});

test("no time ends a row of failures", async () => {
  const alice = counter({ waitAfter: () => minute });
  await alice.waits("alice", 3);
  alice.pass(1000 * minute);
  expect(await alice.waits("alice", 2)).toEqual([null, 60]);
});

test("an attempt that was right ends the row", async () => {
  const alice = counter();
  await alice.waits("alice", 2);
  await (await alice.reserve("alice")).giveBack();
  expect(await alice.waits("alice", 4)).toEqual([null, null, null, 1]);
});

test("an attempt that was right does not forgive those that came after it", async () => {
  const alice = counter();
  const right = await alice.reserve("alice");
  await alice.waits("alice", 2);
  await right.giveBack();
  await right.giveBack();
  expect(await alice.waits("alice", 2)).toEqual([null, 1]);
});

test("of a thousand at once no more than the allowed ones are taken", async () => {
  const alice = counter();
  const taken = await Promise.all(Array.from({ length: 1000 }, () => alice.reserve("alice")));
  expect(taken.filter(({ wait }) => wait === null)).toHaveLength(3);
});

test("with a wait without end no attempt is taken any more", async () => {
  const device = counter({ waitAfter: () => Number.POSITIVE_INFINITY });
  await device.waits("device", 3);
  device.pass(Number.MAX_SAFE_INTEGER);
  expect(await device.waits("device", 1)).toEqual([Number.POSITIVE_INFINITY]);
});

test("keys beyond those that are remembered push out the shortest rows, and none of a name under attack", async () => {
  const names = counter({ mostKeys: 8 });
  await names.waits("alice", 3);
  for (let at = 0; at < 100; at += 1) await names.waits(`nobody-${at}`, 1);
  expect(await names.waits("alice", 1)).toEqual([1]);
});
