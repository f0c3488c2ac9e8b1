import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { minute } from "../../core/time.ts";
import { createFlowBench, passwordOf } from "../../testing/flow-bench.ts";
import { accepted, expectRefused, loggedIn } from "../../testing/flow-part.ts";
import { holdToFlowContract } from "../../testing/flow-rules/flow-contract.ts";
import { cookie, createServerSessionFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

const flow = { manifest, create: createServerSessionFlow };
const [{ id }] = manifest.variants;

holdToFlowContract(flow);

test("[ASVS 7.2.3] [NIST 5.1.1 opaque] server-session/sql: an id has 256 random bits behind its address", async () => {
  const bench = createFlowBench(flow, id);
  const ids = await Promise.all(Array.from({ length: 50 }, () => loggedIn(bench)));
  const values = ids.map(({ cookies }) => cookies.get(cookie.name) ?? "");
  for (const value of values) {
    expect(value).toMatch(/^bench\.sql\.[\w-]{43}$/);
    expect(Buffer.from(value.split(".")[2] ?? "", "base64url")).toHaveLength(32);
  }
  expect(new Set(values).size).toBe(values.length);
});

test("only the hash of an id is stored", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const value = browser.cookies.get(cookie.name) ?? "";
  const [record, ...others] = await bench.ports.records.held(10);
  expect(others).toEqual([]);
  expect(record?.key).toBe(createHash("sha256").update(value).digest("base64url"));
  const stored = JSON.stringify(record);
  for (const part of [value, value.split(".")[2] ?? value]) expect(stored).not.toContain(part);
});

test("the public id of a record is refused as a credential", async () => {
  const bench = createFlowBench(flow, id);
  const { recordId = "" } = accepted(await (await loggedIn(bench)).authenticate());
  const guesser = bench.browser();
  for (const guess of [recordId, `bench.sql.${recordId}`]) {
    guesser.cookies.set(cookie.name, guess);
    expectRefused(await guesser.authenticate(), "INVALID_CREDENTIAL");
  }
});

test("[WSTG-SESS-03] server-session/sql: an id that was not issued is never adopted, not by a login either", async () => {
  const bench = createFlowBench(flow, id);
  const fixed = `bench.sql.${"A".repeat(43)}`;
  const browser = bench.browser();
  browser.cookies.set(cookie.name, fixed);
  const attacker = browser.copy();
  expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
  expect(await bench.ports.records.held(1)).toEqual([]);
  accepted(await browser.logIn("alice", passwordOf("alice")));
  expect(browser.cookies.get(cookie.name)).not.toBe(fixed);
  expectRefused(await attacker.authenticate(), "INVALID_CREDENTIAL");
});

test("an ended login is REVOKED until its absolute end, and unknown after a sweep", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const copy = browser.copy();
  accepted(await browser.logOut());
  bench.clock.advance(bench.variant.settings.lifetimes.absolute);
  expectRefused(await copy.authenticate(), "REVOKED");
  expect(await bench.ports.records.sweep(bench.clock.now())).toBe(1);
  expectRefused(await copy.authenticate(), "INVALID_CREDENTIAL");
});

test("a login that ends during a request is REVOKED, and its end does not move", async () => {
  const bench = createFlowBench(flow, id, (ports) => ({
    ...ports,
    records: {
      ...ports.records,
      async find(key) {
        const found = await ports.records.find(key);
        if (found) await ports.records.end(found.id, { at: ports.clock.now(), reason: "revoked" });
        return found;
      },
    },
  }));
  const browser = await loggedIn(bench);
  const [before] = await bench.ports.records.held(1);
  bench.clock.advance(minute);
  expectRefused(await browser.authenticate(), "REVOKED");
  const [after] = await bench.ports.records.held(1);
  expect(after?.idleEndsAt).toBe(before?.idleEndsAt);
  expect(after?.ended?.reason).toBe("revoked");
});

test("a record ends once, and keeps the reason", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const copy = browser.copy();
  bench.clock.advance(minute);
  accepted(await browser.logIn("alice", passwordOf("alice")));
  const replacedAt = bench.clock.now();
  bench.clock.advance(minute);
  accepted(await copy.logOut());
  const ended = (await bench.ports.records.held(10)).map((record) => record.ended);
  expect(ended).toEqual([null, { at: replacedAt, reason: "replaced" }]);
  expect(bench.events.map(({ type }) => type)).toEqual(["logged-in", "logged-in"]);
});

describe("an id that is signed", () => {
  const signed = "server-session/signed-id";

  /** A bench that notes each look at the records. */
  function watched() {
    const asked: string[] = [];
    const bench = createFlowBench(flow, signed, (ports) => ({
      ...ports,
      records: new Proxy(ports.records, {
        get(records, property, receiver) {
          asked.push(String(property));
          return Reflect.get(records, property, receiver);
        },
      }),
    }));
    return { bench, asked };
  }

  test("a made-up id is refused before the look-up", async () => {
    const { bench, asked } = watched();
    const own = (await loggedIn(bench)).cookies.get(cookie.name) ?? "";
    const garbage = [
      "x",
      `bench.signed-id.${"A".repeat(43)}`,
      `bench.signed-id.${"A".repeat(43)}.1.${"A".repeat(43)}`,
      own.slice(0, -46),
      `${own}=`,
      own.replace(/^bench/, "other"),
    ];
    const stranger = bench.browser();
    asked.length = 0;
    for (const value of garbage) {
      stranger.cookies.set(cookie.name, value);
      expectRefused(await stranger.authenticate(), "INVALID_CREDENTIAL");
      accepted(await stranger.logOut());
    }
    expect(asked).toEqual([]);
    stranger.cookies.set(cookie.name, own);
    accepted(await stranger.authenticate());
    expect(asked).toEqual(["find"]);
  });

  test("a rotation of keys with overlap keeps logins, and one without ends those signed before", async () => {
    const { bench, asked } = watched();
    const browser = await loggedIn(bench);
    bench.rotateKeys(true);
    accepted(await browser.authenticate());
    expect((await loggedIn(bench)).cookies.get(cookie.name)).toMatch(/^bench\.signed-id\.[\w-]{43}\.2\./);
    bench.rotateKeys(false);
    asked.length = 0;
    expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
    expect(asked).toEqual([]);
    accepted(await (await loggedIn(bench)).authenticate());
  });
});

test("a reissue moves session data atomically: if the store refuses, the old login keeps all of it", async () => {
  let broken = false;
  const bench = createFlowBench(flow, id, (ports) => ({
    ...ports,
    records: {
      ...ports.records,
      async replace(...replacing) {
        if (broken) throw new StoreUnavailable("a test's");
        return ports.records.replace(...replacing);
      },
    },
  }));
  const browser = await loggedIn(bench);
  accepted(await browser.withData((data) => data.set("cart", ["tea"])));
  const principal = accepted(await browser.authenticate());
  broken = true;
  await expect(browser.reissue(principal)).rejects.toThrow(StoreUnavailable);
  expect(accepted(await browser.withData((data) => data.all()))).toEqual({ cart: ["tea"] });
});
