import { expect, test } from "vitest";
import { day, minute } from "../core/time.ts";
import { acceptedAt, type KeyRing, madeUntil, mostKeys, rotated } from "./key-ring.ts";

const first: KeyRing = { keyGeneration: 1, acceptedKeys: [{ generation: 1, until: null }] };
const life = 30 * day;

function rotateOrFail(ring: KeyRing, now: number, of = life): KeyRing {
  const next = rotated(ring, { overlap: true, now, life: of });
  if (!next) throw new Error("Too many keys would verify");
  return next;
}

test("a replaced key verifies until all that it made is over, with or without another rotation", () => {
  const ring = rotateOrFail(first, 0);
  expect(acceptedAt(ring, life)).toEqual([2, 1]);
  expect(acceptedAt(ring, life + minute - 1)).toEqual([2, 1]);
  expect(acceptedAt(ring, life + minute)).toEqual([2]);
});

test("the newest key verifies however long ago its settings changed", () => {
  const ring = { ...first, acceptedKeys: madeUntil(first, 0, day) };
  expect(acceptedAt(ring, 400 * day)).toEqual([1]);
});

test("after many rotations only those are kept whose making may still live", () => {
  let ring = first;
  for (let now = 0; now < 1000 * day; now += 5 * day) ring = rotateOrFail(ring, now);
  expect(ring.keyGeneration).toBe(201);
  // 30 days and a minute, at one rotation in five days: seven earlier ones, and the newest.
  expect(ring.acceptedKeys).toHaveLength(8);
});

test("what was made under longer settings keeps its end when they are shortened, and a later rotation does not cut it", () => {
  const shortened = { ...first, acceptedKeys: madeUntil(first, 0, 90 * day) };
  const ring = rotateOrFail(shortened, day, day);
  expect(acceptedAt(ring, 90 * day)).toEqual([2, 1]);
  expect(acceptedAt(rotateOrFail(ring, 2 * day, day), 90 * day)).toEqual([3, 1]);
});

test("rotations at one moment are bounded in number, and without overlap none is refused", () => {
  let ring = first;
  for (let turn = 1; turn < mostKeys; turn += 1) ring = rotateOrFail(ring, 0);
  expect(acceptedAt(ring, 0)).toHaveLength(mostKeys);
  expect(rotated(ring, { overlap: true, now: 0, life })).toBeNull();
  expect(rotated(ring, { overlap: false, now: 0, life })).toEqual({
    keyGeneration: mostKeys + 1,
    acceptedKeys: [{ generation: mostKeys + 1, until: null }],
  });
  expect(rotateOrFail(ring, life + minute).acceptedKeys).toHaveLength(2);
});
