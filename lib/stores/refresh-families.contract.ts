import { expect } from "vitest";
import type { RefreshFamilies } from "../core/ports.ts";
import type { RefreshFamily, RefreshToken } from "../core/record.ts";
import { type Neighbours, type Rules, winners } from "./contract.ts";

const now = 1_800_000_000_000;
const logout = { at: now + 5, reason: "logout" } as const;

/** A family of alice's that is over for good 100 milliseconds from now. */
function family(id: string, changes: Partial<RefreshFamily> = {}): RefreshFamily {
  return {
    id,
    variant: "memory-jwt/plain",
    userId: "alice",
    userVersion: 3,
    client: "browser",
    createdAt: now,
    lastSeenAt: now,
    authenticatedAt: now - 1,
    elevatedUntil: now + 7,
    endsAt: now + 100,
    remembered: false,
    ip: "192.0.2.1",
    userAgent: "Mozilla/5.0",
    device: "Firefox on Linux",
    ended: null,
    ...changes,
  };
}

function token(familyId: string, generation: number, usedAt: number | null = null): RefreshToken {
  const hash = `${familyId}${generation}`;
  return { hash, jti: `jti of ${hash}`, familyId, generation, createdAt: now + generation, usedAt };
}

/** Starts families whose first tokens have the hashes `<id>1`. */
async function start(families: RefreshFamilies, ...started: readonly RefreshFamily[]): Promise<void> {
  for (const one of started) await families.start(one, token(one.id, 1));
}

const ids = (families: readonly RefreshFamily[]) => families.map(({ id }) => id);

/** People with the ids `alice` and `bob` are in both labs. */
export const refreshFamilyRules: Rules<Neighbours<RefreshFamilies>> = {
  async "finds a token and its family, field for field, and none under another hash"({ here }) {
    await start(here, family("a", { client: "native", remembered: true }));
    expect(await here.find("a1")).toEqual({
      token: token("a", 1),
      family: family("a", { client: "native", remembered: true }),
    });
    expect(await here.find("a")).toBeNull();
  },

  async "replaces a live family once, and starts the one that took its place"({ here }) {
    await start(here, family("old"));
    const outcomes = await Promise.all(
      ["a", "b", "c", "d"].map((id) => here.replace("old", family(id, { createdAt: now + 6 }), token(id, 1))),
    );
    expect(outcomes.toSorted()).toEqual(["done", "rival", "rival", "rival"]);
    expect((await here.find("old1"))?.family).toEqual(family("old", { ended: { at: now + 6, reason: "replaced" } }));
    const first = ["a", "b", "c", "d"][outcomes.indexOf("done")] ?? "";
    expect(ids(await here.list("alice", now))).toEqual([first]);
    expect((await here.find(`${first}1`))?.token).toEqual(token(first, 1));
  },

  async "replaces no family that ended for another reason, or is unknown"({ here }) {
    await start(here, family("ended"));
    await here.end("ended", logout);
    for (const id of ["ended", "unknown"]) {
      expect(await here.replace(id, family("new"), token("new", 1))).toBe("over");
    }
    expect(await here.find("new1")).toBeNull();
    expect((await here.find("ended1"))?.family.ended).toEqual(logout);
  },

  async "rotation succeeds once per token"({ here }) {
    await start(here, family("a"));
    expect(await here.rotate("a1", token("a", 2), now + 7)).toBe(true);
    expect(await here.rotate("a1", token("a", 2), now + 8)).toBe(false);
    expect((await here.find("a1"))?.token).toEqual(token("a", 1, now + 7));
    expect((await here.find("a2"))?.token).toEqual(token("a", 2));
    expect(await here.rotate("a2", token("a", 3), now + 9)).toBe(true);
  },

  async "parallel rotations: exactly one wins"({ here }) {
    await start(here, family("a"));
    expect(await winners(Array.from({ length: 8 }, () => here.rotate("a1", token("a", 2), now + 7)))).toBe(1);
    expect((await here.held(1))[0]?.tokens).toEqual([token("a", 1, now + 7), token("a", 2)]);
  },

  async "never rotates in an ended family, nor an unknown token"({ here }) {
    await start(here, family("a"), family("b"));
    await here.end("a", logout);
    expect(await here.rotate("a1", token("a", 2), now + 7)).toBe(false);
    expect((await here.find("a1"))?.token).toEqual(token("a", 1));
    expect(await here.rotate("unknown", token("b", 2), now + 7)).toBe(false);
  },

  async "a prepared successor is not found before the exchange"({ here }) {
    await start(here, family("a"));
    await here.end("a", logout);
    await here.rotate("a1", token("a", 2), now + 7);
    expect(await here.find("a2")).toBeNull();
    expect((await here.held(1))[0]?.tokens).toEqual([token("a", 1)]);
  },

  async "rotation moves the family's last-seen time"({ here }) {
    await start(here, family("a"));
    await here.rotate("a1", token("a", 2), now + 7);
    await here.rotate("a1", token("a", 2), now + 9);
    expect((await here.find("a2"))?.family).toEqual(family("a", { lastSeenAt: now + 7 }));
  },

  async "ends a family once, and keeps it with the time and reason"({ here }) {
    await start(here, family("a"));
    expect(await here.end("a", logout)).toBe(true);
    expect(await here.end("a", { at: now + 9, reason: "revoked" })).toBe(false);
    expect(await here.end("unknown", logout)).toBe(false);
    expect((await here.find("a1"))?.family).toEqual(family("a", { ended: logout }));
  },

  async "of parallel endings exactly one answers true"({ here }) {
    await start(here, family("a"));
    expect(await winners(Array.from({ length: 8 }, () => here.end("a", logout)))).toBe(1);
  },

  async "counts the live families of all people"({ here, otherFlow, otherLab }) {
    await start(
      here,
      family("a"),
      family("ended"),
      family("over", { endsAt: now }),
      family("of bob", { userId: "bob" }),
    );
    await here.end("ended", logout);
    expect(await here.live(now)).toBe(2);
    expect([await otherFlow.live(now), await otherLab.live(now)]).toEqual([0, 0]);
  },

  async "ends all families of a person, but for the excepted one and those already ended"({ here }) {
    await start(here, family("a"), family("b"), family("c"), family("ended"), family("of bob", { userId: "bob" }));
    await here.end("ended", logout);
    expect(await here.endAll("alice", { at: now + 6, reason: "revoked" }, "b")).toBe(2);
    expect(ids(await here.list("alice", now))).toEqual(["b"]);
    expect(ids(await here.list("bob", now))).toEqual(["of bob"]);
    expect((await here.find("ended1"))?.family.ended).toEqual(logout);
    expect(await here.endAll("alice", { at: now + 6, reason: "revoked" })).toBe(1);
  },

  async "lists a person's live families, newest first"({ here }) {
    await start(here, family("older", { createdAt: now - 20 }), family("newest", { createdAt: now - 1 }));
    await start(here, family("middle", { createdAt: now - 10 }), family("over", { endsAt: now }));
    await start(here, family("ended", { ended: logout }), family("of bob", { userId: "bob" }));
    expect(ids(await here.list("alice", now))).toEqual(["newest", "middle", "older"]);
  },

  async "answers all families with their tokens, ended ones too, newest first, up to a limit"({ here }) {
    await start(here, family("a", { createdAt: now - 20 }), family("b", { createdAt: now - 5, ended: logout }));
    await start(here, family("c", { createdAt: now - 10, userId: "bob" }));
    await here.rotate("c1", token("c", 2), now + 7);
    await here.rotate("c2", token("c", 3), now + 8);
    expect(await here.held(2)).toEqual([
      { ...family("b", { createdAt: now - 5, ended: logout }), tokens: [token("b", 1)] },
      {
        ...family("c", { createdAt: now - 10, userId: "bob", lastSeenAt: now + 8 }),
        tokens: [token("c", 1, now + 7), token("c", 2, now + 8), token("c", 3)],
      },
    ]);
    expect(ids(await here.held(10))).toEqual(["b", "c", "a"]);
  },

  async "sweep deletes only what is past its absolute end, with its tokens"({ here }) {
    await start(here, family("live"), family("ended", { ended: logout }), family("over", { endsAt: now }));
    expect(await here.sweep(now)).toBe(1);
    expect(await here.find("over1")).toBeNull();
    expect(ids(await here.held(10)).sort()).toEqual(["ended", "live"]);
  },

  async "another lab does not find the family"({ here, otherLab }) {
    await expectUnseen(here, otherLab);
  },

  async "another flow does not find the family"({ here, otherFlow }) {
    await expectUnseen(here, otherFlow);
  },
};

async function expectUnseen(here: RefreshFamilies, elsewhere: RefreshFamilies): Promise<void> {
  await start(here, family("a"));
  expect(await elsewhere.find("a1")).toBeNull();
  expect(await elsewhere.rotate("a1", token("a", 2), now + 7)).toBe(false);
  expect(await elsewhere.end("a", logout)).toBe(false);
  expect(await elsewhere.replace("a", family("b"), token("b", 1))).toBe("over");
  expect(await elsewhere.endAll("alice", logout)).toBe(0);
  expect(await elsewhere.list("alice", now)).toEqual([]);
  expect(await elsewhere.held(10)).toEqual([]);
  expect(await elsewhere.sweep(now + 1000)).toBe(0);

  // Even an identical one over there is a family of its own.
  await start(elsewhere, family("a"));
  await elsewhere.rotate("a1", token("a", 2), now + 7);
  await elsewhere.end("a", logout);
  expect(await here.find("a1")).toEqual({ token: token("a", 1), family: family("a") });
  expect(await here.find("a2")).toBeNull();
}
