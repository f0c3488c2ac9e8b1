import { expect } from "vitest";
import type { Records } from "../core/ports.ts";
import type { LoginRecord } from "../core/record.ts";
import type { Json, SessionData } from "../core/session-data.ts";
import type { Neighbours, Rules } from "./contract.ts";

const now = 1_800_000_000_000;
const logout = { at: now + 5, reason: "logout" } as const;
const cart = { items: [{ name: 'tea "green", 50 %', amount: 2 }], note: null };

/** Records and what is kept with them, of one place. */
export type LoginStore = { readonly records: Records; readonly data: SessionData };

function record(id: string, changes: Partial<LoginRecord> = {}): LoginRecord {
  const times = {
    createdAt: now,
    lastSeenAt: now,
    authenticatedAt: now,
    elevatedUntil: now,
    endsAt: now + 100,
    idleEndsAt: now + 30,
  };
  const whose = { id, key: `key of ${id}`, variant: "server-session/sql", userId: "alice", userVersion: 0 } as const;
  const sender = { ip: "192.0.2.1", userAgent: "Mozilla/5.0", device: "Firefox" };
  return { ...whose, ...times, ...sender, idleFor: 30, remembered: false, ended: null, ...changes };
}

/** A live record, with a cart. */
async function withCart({ records, data }: LoginStore, id: string, changes: Partial<LoginRecord> = {}): Promise<void> {
  await records.add(record(id, changes));
  expect(await data.set(id, "cart", cart)).toBe("kept");
}

/** People with the ids `alice` and `bob` are in both labs. */
export const sessionDataRules: Rules<Neighbours<LoginStore>> = {
  async "a new login has no session data; a value that is set is read back, and can be replaced"({ here }) {
    const { records, data } = here;
    await records.add(record("a"));
    expect([await data.all("a"), await data.get("a", "cart")]).toEqual([{}, null]);
    await withCart(here, "b");
    expect(await data.get("b", "cart")).toEqual({ value: cart });
    for (const value of [null, false, 0, "", [], {}, "\ud800 \u0000 é 🍵"]) {
      expect(await data.set("b", "cart", value)).toBe("kept");
      expect(await data.get("b", "cart")).toEqual({ value });
    }
    await data.set("b", "constructor", 1);
    expect(await data.all("b")).toEqual({ cart: "\ud800 \u0000 é 🍵", constructor: 1 });
    expect([await data.all("a"), await data.get("a", "constructor")]).toEqual([{}, null]);
  },

  async "keeps any name as any other, in a key and in a value"({ here }) {
    const { records, data } = here;
    await records.add(record("a"));
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    for (const name of names) {
      const value: Json = JSON.parse(`{"${name}":{"deep":[{"${name}":1}]}}`);
      expect(await data.set("a", name, value)).toBe("kept");
      expect(JSON.stringify((await data.get("a", name))?.value)).toBe(JSON.stringify(value));
    }
    expect(Object.keys(await data.all("a")).sort()).toEqual([...names].sort());
    expect(JSON.stringify((await data.remove("a", "__proto__"))?.value)).toBe(
      '{"__proto__":{"deep":[{"__proto__":1}]}}',
    );
    expect(await data.get("a", "__proto__")).toBeNull();
  },

  async "removing answers the removed value, once"({ here }) {
    await withCart(here, "a");
    await here.data.set("a", "step", 2);
    expect(await here.data.remove("a", "cart")).toEqual({ value: cart });
    expect(await here.data.remove("a", "cart")).toBeNull();
    expect(await here.data.remove("unknown", "cart")).toBeNull();
    expect(await here.data.all("a")).toEqual({ step: 2 });
  },

  async "clearing answers the number of values"({ here }) {
    await withCart(here, "a");
    await here.data.set("a", "step", 2);
    expect([await here.data.clear("a"), await here.data.clear("a"), await here.data.clear("unknown")]).toEqual([
      2, 0, 0,
    ]);
    expect(await here.data.all("a")).toEqual({});
    expect(await here.data.set("a", "cart", cart)).toBe("kept");
  },

  async "values set in parallel under different keys all stay"({ here }) {
    await here.records.add(record("a"));
    const keys = Array.from({ length: 12 }, (_, n) => `k${n}`);
    await Promise.all(keys.map((key, n) => here.data.set("a", key, n)));
    expect(await here.data.all("a")).toEqual(Object.fromEntries(keys.map((key, n) => [key, n])));
  },

  async "of parallel removals exactly one answers the value"({ here }) {
    await withCart(here, "a");
    const given = await Promise.all(Array.from({ length: 8 }, () => here.data.remove("a", "cart")));
    expect(given.filter(Boolean)).toEqual([{ value: cart }]);
  },

  async "there is room for sixteen keys, also set at once; an existing one can always be changed"({ here }) {
    await here.records.add(record("a"));
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => here.data.set("a", `k${n}`, n)));
    expect(outcomes.filter((outcome) => outcome === "kept")).toHaveLength(16);
    expect(outcomes.filter((outcome) => outcome === "full")).toHaveLength(4);
    const [key = ""] = Object.keys(await here.data.all("a"));
    expect(await here.data.set("a", key, "changed")).toBe("kept");
    expect(await here.data.set("a", "another", 1)).toBe("full");
    await here.data.remove("a", key);
    expect(await here.data.set("a", "another", 1)).toBe("kept");
  },

  async "an unknown or ended login takes no value"({ here }) {
    await here.records.add(record("ended", { ended: logout }));
    for (const id of ["unknown", "ended"]) {
      expect(await here.data.set(id, "cart", cart)).toBe("gone");
      expect(await here.data.all(id)).toEqual({});
    }
  },

  async "session data is deleted when its login ends, and no other login's"({ here }) {
    for (const id of ["a", "b"]) await withCart(here, id);
    await here.records.end("a", logout);
    expect(await here.data.all("a")).toEqual({});
    expect(await here.data.get("a", "cart")).toBeNull();
    expect(await here.data.set("a", "cart", cart)).toBe("gone");
    expect(await here.data.all("b")).toEqual({ cart });
  },

  async "session data is deleted with all of a person's logins, except the excepted one's"({ here }) {
    for (const id of ["a", "b", "c"]) await withCart(here, id);
    await withCart(here, "of bob", { userId: "bob" });
    await here.records.endAll("alice", logout, "b");
    for (const id of ["a", "c"]) expect(await here.data.all(id)).toEqual({});
    for (const id of ["b", "of bob"]) expect(await here.data.all(id)).toEqual({ cart });
  },

  async "a replacement gets all session data at the moment of the end"({ here }) {
    await withCart(here, "old");
    expect(await here.records.replace({ id: "old" }, record("new"), { keepsData: true })).toBe("done");
    expect([await here.data.all("old"), await here.data.all("new")]).toEqual([{}, { cart }]);
    expect(await here.data.set("new", "step", 1)).toBe("kept");
    expect(await here.data.set("old", "step", 1)).toBe("gone");
  },

  async "a replacement gets no session data from an empty login, or from one that had ended"({ here }) {
    await here.records.add(record("empty"));
    await withCart(here, "ended");
    await here.records.end("ended", logout);
    expect(await here.records.replace({ id: "empty" }, record("new"), { keepsData: true })).toBe("done");
    expect(await here.records.replace({ id: "ended" }, record("newer"), { keepsData: true })).toBe("over");
    expect(await here.data.all("new")).toEqual({});
  },

  async "of replacements at once the one that counts gets the session data"({ here }) {
    await withCart(here, "old");
    const news = Array.from({ length: 6 }, (_, at) => record(`new ${at}`));
    const outcomes = await Promise.all(
      news.map((one) => here.records.replace({ id: "old" }, one, { keepsData: true })),
    );
    const first = news[outcomes.indexOf("done")];
    expect(await here.data.all(first?.id ?? "")).toEqual({ cart });
  },

  async "a replacement that is another login gets no session data"({ here }) {
    await withCart(here, "old");
    expect(await here.records.replace({ id: "old" }, record("new"), { keepsData: false })).toBe("done");
    expect([await here.data.all("old"), await here.data.all("new")]).toEqual([{}, {}]);
  },

  async "session data is swept with its record"({ here }) {
    await withCart(here, "over", { endsAt: now });
    await withCart(here, "live");
    expect(await here.records.sweep(now)).toBe(1);
    expect([await here.data.all("over"), await here.data.all("live")]).toEqual([{}, { cart }]);
    // Also a record of the same id that comes later has none of it.
    await here.records.add(record("over"));
    expect(await here.data.all("over")).toEqual({});
  },

  async "touching a record keeps its session data"({ here }) {
    await withCart(here, "a");
    await here.records.touch("key of a", { at: now + 1, idleEndsAt: now + 31 });
    expect(await here.data.all("a")).toEqual({ cart });
  },

  async "another lab does not find the session data"({ here, otherLab }) {
    await expectUnseen(here, otherLab);
  },

  async "another flow does not find the session data"({ here, otherFlow }) {
    await expectUnseen(here, otherFlow);
  },
};

async function expectUnseen(here: LoginStore, elsewhere: LoginStore): Promise<void> {
  await withCart(here, "a");
  expect(await elsewhere.data.all("a")).toEqual({});
  expect(await elsewhere.data.get("a", "cart")).toBeNull();
  expect(await elsewhere.data.set("a", "cart", 1)).toBe("gone");
  expect(await elsewhere.data.remove("a", "cart")).toBeNull();
  expect(await elsewhere.data.clear("a")).toBe(0);
  // Even with an identical login over there.
  await withCart(elsewhere, "a");
  await elsewhere.data.set("a", "cart", "theirs");
  await elsewhere.records.end("a", logout);
  expect(await here.data.all("a")).toEqual({ cart });
}
