import { expect } from "vitest";
import type { Records } from "../core/ports.ts";
import type { LoginRecord } from "../core/record.ts";
import { type Neighbours, type Rules, winners } from "./contract.ts";

const now = 1_800_000_000_000;
const logout = { at: now + 5, reason: "logout" } as const;

/** A record of alice's that is idle for 30 and over for good at 100 milliseconds from now. */
function record(id: string, changes: Partial<LoginRecord> = {}): LoginRecord {
  return {
    id,
    key: `key of ${id}`,
    variant: "server-session/sql",
    userId: "alice",
    userVersion: 3,
    createdAt: now,
    lastSeenAt: now,
    authenticatedAt: now - 1,
    elevatedUntil: now + 7,
    endsAt: now + 100,
    idleFor: 30,
    idleEndsAt: now + 30,
    remembered: true,
    ip: "192.0.2.1",
    userAgent: "Mozilla/5.0",
    device: "Firefox on Linux",
    ended: null,
    ...changes,
  };
}

const ids = (records: readonly LoginRecord[]) => records.map(({ id }) => id);

/** People with the ids `alice` and `bob` are in both labs. */
export const recordRules: Rules<Neighbours<Records>> = {
  async "finds an added record, field for field, and none under another key"({ here }) {
    await here.add(record("a"));
    await here.add(record("b", { ended: logout, remembered: false }));
    expect(await here.find("key of a")).toEqual(record("a"));
    expect(await here.find("key of b")).toEqual(record("b", { ended: logout, remembered: false }));
    expect(await here.find("a")).toBeNull();
  },

  async "a record that is added under a known key takes the place of the one before"({ here }) {
    await here.add(record("a", { key: "one key", ended: logout }));
    await here.add(record("b", { key: "one key", userId: "bob", createdAt: now - 1 }));
    expect(await here.find("one key")).toEqual(record("b", { key: "one key", userId: "bob", createdAt: now - 1 }));
    expect(ids(await here.held(10))).toEqual(["b"]);
    expect([ids(await here.list("alice", now)), ids(await here.list("bob", now))]).toEqual([[], ["b"]]);
    expect(await here.end("a", logout)).toBe(false);
    expect(await here.touch("one key", { at: now + 7, idleEndsAt: now + 37 })).toBe(true);
    expect(await here.end("b", logout)).toBe(true);
  },

  async "ends a record once, and keeps it with the time and reason"({ here }) {
    await here.add(record("a"));
    expect(await here.end("a", logout)).toBe(true);
    expect(await here.end("a", { at: now + 9, reason: "revoked" })).toBe(false);
    expect(await here.end("unknown", logout)).toBe(false);
    expect(await here.find("key of a")).toEqual(record("a", { ended: logout }));
  },

  async "of parallel endings exactly one answers true"({ here }) {
    await here.add(record("a"));
    expect(await winners(Array.from({ length: 8 }, () => here.end("a", logout)))).toBe(1);
  },

  async "replaces a live record once, and adds the one that took its place"({ here }) {
    await here.add(record("old"));
    const [first, second] = [record("first", { createdAt: now + 6 }), record("second")];
    expect(await here.replace({ id: "old", key: "key of old" }, first, { keepsData: true })).toBe("done");
    expect(await here.replace({ id: "old" }, second, { keepsData: true })).toBe("rival");
    expect(await here.find("key of old")).toEqual(record("old", { ended: { at: now + 6, reason: "replaced" } }));
    expect(await here.find("key of first")).toEqual(first);
    expect(await here.find("key of second")).toBeNull();
    expect(ids(await here.list("alice", now))).toEqual(["first"]);
  },

  async "replaces no record that ended for another reason, or is unknown"({ here }) {
    await here.add(record("ended"));
    await here.end("ended", logout);
    for (const id of ["ended", "unknown"]) {
      expect(await here.replace({ id }, record("new"), { keepsData: true })).toBe("over");
    }
    expect(await here.find("key of new")).toBeNull();
    expect(await here.find("key of ended")).toEqual(record("ended", { ended: logout }));
  },

  async "of parallel replacements exactly one counts, and no other record is added"({ here }) {
    await here.add(record("old"));
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, at) => here.replace({ id: "old" }, record(`new ${at}`), { keepsData: false })),
    );
    expect(outcomes.toSorted()).toEqual(["done", ...Array.from({ length: 7 }, () => "rival")]);
    expect(await here.list("alice", now)).toHaveLength(1);
  },

  async "touch moves the last-seen time and the idle end of a live record"({ here }) {
    await here.add(record("a"));
    expect(await here.touch("key of a", { at: now + 7, idleEndsAt: now + 37 })).toBe(true);
    expect(await here.find("key of a")).toEqual(record("a", { lastSeenAt: now + 7, idleEndsAt: now + 37 }));
  },

  async "touch has no effect on an ended or unknown record"({ here }) {
    await here.add(record("a"));
    await here.end("a", logout);
    expect(await here.touch("key of a", { at: now + 7, idleEndsAt: now + 37 })).toBe(false);
    expect(await here.touch("unknown", { at: now + 7, idleEndsAt: now + 37 })).toBe(false);
    expect(await here.find("key of a")).toEqual(record("a", { ended: logout }));
  },

  async "ends all records of a person, but for the excepted one and those already ended"({ here }) {
    for (const id of ["a", "b", "c", "ended"]) await here.add(record(id));
    await here.add(record("of bob", { userId: "bob" }));
    await here.end("ended", logout);
    expect(await here.endAll("alice", { at: now + 6, reason: "revoked" }, "b")).toBe(2);
    expect(ids(await here.list("alice", now))).toEqual(["b"]);
    expect(ids(await here.list("bob", now))).toEqual(["of bob"]);
    expect((await here.find("key of ended"))?.ended).toEqual(logout);
    expect(await here.endAll("alice", { at: now + 6, reason: "revoked" })).toBe(1);
  },

  async "lists a person's live records, newest first"({ here }) {
    await here.add(record("older", { createdAt: now - 20 }));
    await here.add(record("newest", { createdAt: now - 1 }));
    await here.add(record("middle", { createdAt: now - 10 }));
    await here.add(record("idle end", { idleEndsAt: now }));
    await here.add(record("absolute end", { endsAt: now }));
    await here.add(record("ended", { ended: logout }));
    await here.add(record("of bob", { userId: "bob" }));
    expect(ids(await here.list("alice", now))).toEqual(["newest", "middle", "older"]);
  },

  async "counts the live records of all people"({ here, otherFlow, otherLab }) {
    expect(await here.live(now)).toBe(0);
    for (const id of ["a", "b", "ended"]) await here.add(record(id));
    await here.add(record("idle end", { idleEndsAt: now }));
    await here.add(record("absolute end", { endsAt: now }));
    await here.add(record("of bob", { userId: "bob" }));
    await here.end("ended", logout);
    expect(await here.live(now)).toBe(3);
    expect(await here.live(now + 30)).toBe(0);
    expect([await otherFlow.live(now), await otherLab.live(now)]).toEqual([0, 0]);
  },

  async "answers all records, ended ones too, newest first, up to a limit"({ here }) {
    await here.add(record("a", { createdAt: now - 20 }));
    await here.add(record("b", { createdAt: now - 5, ended: logout }));
    await here.add(record("c", { createdAt: now - 10, userId: "bob" }));
    expect(await here.held(2)).toEqual([
      record("b", { createdAt: now - 5, ended: logout }),
      record("c", { createdAt: now - 10, userId: "bob" }),
    ]);
    expect(ids(await here.held(10))).toEqual(["b", "c", "a"]);
  },

  async "sweep deletes only what is past its absolute end"({ here }) {
    await here.add(record("idle", { idleEndsAt: now - 50 }));
    await here.add(record("ended", { ended: logout }));
    await here.add(record("over", { endsAt: now }));
    expect(await here.sweep(now)).toBe(1);
    expect(await here.find("key of over")).toBeNull();
    expect(ids(await here.held(10)).sort()).toEqual(["ended", "idle"]);
  },

  async "another lab does not find the record"({ here, otherLab }) {
    await expectUnseen(here, otherLab);
  },

  async "another flow does not find the record"({ here, otherFlow }) {
    await expectUnseen(here, otherFlow);
  },
};

async function expectUnseen(here: Records, elsewhere: Records): Promise<void> {
  await here.add(record("a"));
  expect(await elsewhere.find("key of a")).toBeNull();
  expect(await elsewhere.touch("key of a", { at: now + 7, idleEndsAt: now + 37 })).toBe(false);
  expect(await elsewhere.end("a", logout)).toBe(false);
  expect(await elsewhere.replace({ id: "a" }, record("b"), { keepsData: true })).toBe("over");
  expect(await elsewhere.endAll("alice", logout)).toBe(0);
  expect(await elsewhere.list("alice", now)).toEqual([]);
  expect(await elsewhere.held(10)).toEqual([]);
  expect(await elsewhere.sweep(now + 1000)).toBe(0);

  // Even an identical one over there is a record of its own.
  await elsewhere.add(record("a"));
  await elsewhere.end("a", logout);
  expect(await here.find("key of a")).toEqual(record("a"));
}
