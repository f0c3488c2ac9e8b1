import { expect } from "vitest";
import type { Denylist } from "../core/ports.ts";
import type { Neighbours, Rules } from "./contract.ts";

const now = 1_800_000_000_000;

export const denylistRules: Rules<Neighbours<Denylist>> = {
  async "has exactly the added tokens, letter for letter"({ here }) {
    await here.add("a-jti", now);
    expect(await here.has("a-jti")).toBe(true);
    for (const other of ["A-jti", "a-jti ", "a-jt", "", "%"])
      expect([other, await here.has(other)]).toEqual([other, false]);
  },

  async "adding twice counts once, also at the same moment"({ here }) {
    await Promise.all(Array.from({ length: 8 }, () => here.add("a", now)));
    await here.add("a", now);
    expect(await here.count()).toBe(1);
    expect(await here.sweep(now)).toBe(1);
  },

  async "keeps a token until its exp, and then a sweep deletes it"({ here }) {
    await here.add("a", now);
    await here.add("b", now + 1);
    expect(await here.sweep(now - 1)).toBe(0);
    expect(await here.sweep(now)).toBe(1);
    expect([await here.has("a"), await here.has("b"), await here.count()]).toEqual([false, true, 1]);
  },

  async "a token past its exp is listed until the sweep"({ here }) {
    await here.add("a", 0);
    expect(await here.has("a")).toBe(true);
  },

  async "another flow and another lab do not have it"({ here, otherFlow, otherLab }) {
    await here.add("a", now);
    for (const other of [otherFlow, otherLab]) {
      expect([await other.has("a"), await other.count(), await other.sweep(now)]).toEqual([false, 0, 0]);
    }
    expect(await here.has("a")).toBe(true);
  },
};
