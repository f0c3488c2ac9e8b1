import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { minute } from "../../core/time.ts";
import { createFlowBench, passwordOf } from "../../testing/flow-bench.ts";
import { holdToFlowContract } from "../../testing/flow-contract.ts";
import { accepted, expectRefused, loggedIn } from "../../testing/flow-part.ts";
import { cookie, createServerSessionFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

const flow = { manifest, create: createServerSessionFlow };
const [{ id }] = manifest.variants;

holdToFlowContract(flow);

test("[ASVS 7.2.3] an id has 256 random bits behind its address", async () => {
  const bench = createFlowBench(flow, id);
  const ids = await Promise.all(Array.from({ length: 50 }, () => loggedIn(bench)));
  const values = ids.map(({ cookies }) => cookies.get(cookie.name) ?? "");
  for (const value of values) {
    expect(value).toMatch(/^bench\.sql\.[\w-]{43}$/);
    expect(Buffer.from(value.split(".")[2] ?? "", "base64url")).toHaveLength(32);
  }
  expect(new Set(values).size).toBe(values.length);
});

test("only the hash of an id is at rest", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const value = browser.cookies.get(cookie.name) ?? "";
  const [record, ...others] = await bench.ports.records.held(10);
  expect(others).toEqual([]);
  expect(record?.key).toBe(createHash("sha256").update(value).digest("base64url"));
  const stored = JSON.stringify(record);
  for (const part of [value, value.split(".")[2] ?? value]) expect(stored).not.toContain(part);
});

test("the public id of a record opens nothing", async () => {
  const bench = createFlowBench(flow, id);
  const { recordId = "" } = accepted(await (await loggedIn(bench)).authenticate());
  const guesser = bench.browser();
  for (const guess of [recordId, `bench.sql.${recordId}`]) {
    guesser.cookies.set(cookie.name, guess);
    expectRefused(await guesser.authenticate(), "INVALID_CREDENTIAL");
  }
});

test("[WSTG-SESS-03] an id that was never given out is not adopted, not by a login either", async () => {
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

test("an ended login says so until its absolute end, and is unknown once it was cleaned up", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const copy = browser.copy();
  accepted(await browser.logOut());
  bench.clock.advance(bench.variant.settings.lifetimes.absolute);
  expectRefused(await copy.authenticate(), "REVOKED");
  expect(await bench.ports.records.sweep(bench.clock.now())).toBe(1);
  expectRefused(await copy.authenticate(), "INVALID_CREDENTIAL");
});

test("a login that is ended while a request looks at it is REVOKED, and its end does not move", async () => {
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

test("a record tells why its login ended, and that it ended once", async () => {
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
