import { createHash } from "node:crypto";
import { expect, test, vi } from "vitest";
import { minute } from "../../core/time.ts";
import { changedSpellings } from "../../testing/changed-spellings.ts";
import { createFlowBench, passwordOf } from "../../testing/flow-bench.ts";
import { accepted, expectRefused, loggedIn } from "../../testing/flow-part.ts";
import { holdToFlowContract } from "../../testing/flow-rules/flow-contract.ts";
import { cookie } from "./cookies.ts";
import { createHybridFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

const flow = { manifest, create: createHybridFlow };
const [{ id }] = manifest.variants;

holdToFlowContract(flow);

test("[ASVS 9.1.1] hybrid/allowlist: a token that was not signed here never reaches the store", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const find = vi.spyOn(bench.ports.records, "find");
  const touch = vi.spyOn(bench.ports.records, "touch");
  for (const spelling of changedSpellings(browser.cookies.get(cookie.name) ?? "")) {
    const forged = browser.copy();
    forged.cookies.set(cookie.name, spelling);
    expectRefused(await forged.authenticate(), "INVALID_CREDENTIAL");
    accepted(await forged.logOut());
  }
  expect(find).not.toHaveBeenCalled();
  expect(touch).not.toHaveBeenCalled();
  accepted(await browser.authenticate());
  expect(find).toHaveBeenCalledTimes(1);
});

test("an abandoned token is EXPIRED without a look-up", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const find = vi.spyOn(bench.ports.records, "find");
  bench.clock.advance(bench.variant.settings.lifetimes.idle);
  expectRefused(await browser.authenticate(), "EXPIRED");
  expect(find).not.toHaveBeenCalled();
});

test("hybrid/allowlist: a slide that does not fit keeps the old token, and a login that does not fit ends nothing", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const [held] = [...browser.cookies];
  bench.change("alice", { displayName: "x".repeat(3000) });
  bench.clock.advance(minute);
  accepted(await browser.authenticate());
  expect([...browser.cookies]).toEqual([held]);
  expectRefused(await browser.logIn("alice", passwordOf("alice")), "UNPROCESSABLE");
  expect([...browser.cookies]).toEqual([held]);
  accepted(await browser.authenticate());
  expect(await bench.ports.records.held(10)).toHaveLength(1);
});

test("[ASVS 9.2.2] hybrid/allowlist: a header's token is refused in the cookie, and the cookie's in a header", async () => {
  const bench = createFlowBench(flow, id);
  const { signer } = bench.ports;
  const browser = await loggedIn(bench);
  const claims = accepted(await signer.verify("login+jwt", browser.cookies.get(cookie.name) ?? ""));
  expectRefused(await signer.verify("at+jwt", browser.cookies.get(cookie.name) ?? ""), "INVALID_CREDENTIAL");

  const thief = bench.browser();
  thief.cookies.set(cookie.name, await signer.sign("at+jwt", claims));
  expectRefused(await thief.authenticate(), "INVALID_CREDENTIAL");
  // The same claims with the right type do get in: it was the type alone.
  thief.cookies.set(cookie.name, await signer.sign("login+jwt", claims));
  accepted(await thief.authenticate());
});

test("a bearer token is ignored by variants without native clients", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const bearer = bench.browser();
  bearer.accessToken = browser.cookies.get(cookie.name) ?? "";
  expectRefused(await bearer.authenticate(), "NO_CREDENTIAL");
});

test("[ASVS 7.4.1] hybrid/allowlist: a good token of an ended record is REVOKED, and of a swept one INVALID_CREDENTIAL", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench, "alice", { remember: true });
  const { recordId = "" } = accepted(await browser.authenticate());
  await bench.ports.records.end(recordId, { at: bench.clock.now(), reason: "revoked" });
  expectRefused(await browser.authenticate(), "REVOKED");
  await bench.ports.records.sweep(Number.MAX_SAFE_INTEGER);
  expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
});

test("a record is found by the hash of the token's jti, and the token is not stored", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const token = browser.cookies.get(cookie.name) ?? "";
  const { jti, record: recordId } = accepted(await bench.ports.signer.verify("login+jwt", token));
  const [record] = await bench.ports.records.held(1);
  expect(record?.key).toBe(createHash("sha256").update(jti).digest("base64url"));
  expect(recordId).toBe(record?.id);
  for (const part of [token, jti]) expect(JSON.stringify(record)).not.toContain(part);
});

test("a reissued token is the same login: one record, one jti, a later exp", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const verify = async () =>
    accepted(await bench.ports.signer.verify("login+jwt", browser.cookies.get(cookie.name) ?? ""));
  const before = await verify();
  bench.clock.advance(minute);
  accepted(await browser.authenticate());
  const after = await verify();
  expect({ jti: after.jti, record: after.record }).toEqual({ jti: before.jti, record: before.record });
  expect(after.expiresAt).toBe(before.expiresAt + minute);
  expect(await bench.ports.records.held(10)).toHaveLength(1);
});

test("hybrid/allowlist: a token that ends before its login is replaced by the next use, and by no look", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  const late = browser.copy();
  bench.clock.advance(minute);
  accepted(await browser.authenticate());
  const newest = browser.cookies.get(cookie.name);
  const { length } = late.received;

  accepted(await late.authenticate({ touch: false }));
  expect(late.received).toHaveLength(length);
  accepted(await late.authenticate());
  expect(late.cookies.get(cookie.name)).toBe(newest);
  accepted(await late.authenticate());
  expect(late.received).toHaveLength(length + 1);
});

test("hybrid/allowlist: a token of the login's own end is not signed again, though it tells whole seconds", async () => {
  const bench = createFlowBench(flow, id);
  bench.clock.advance(999);
  const browser = await loggedIn(bench);
  const { length } = browser.received;
  accepted(await browser.authenticate());
  expect(browser.received).toHaveLength(length);
});

test("a rotation of keys with overlap keeps logins; without, earlier tokens are INVALID_CREDENTIAL", async () => {
  const bench = createFlowBench(flow, id);
  const browser = await loggedIn(bench);
  bench.rotateKeys(true);
  accepted(await browser.authenticate());
  bench.rotateKeys(false);
  expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
});

test("a login that ends during a request is REVOKED, and no token is reissued", async () => {
  const bench = createFlowBench(flow, id, (ports) => ({
    ...ports,
    records: {
      ...ports.records,
      async touch(key, seen) {
        const found = await ports.records.find(key);
        if (found) await ports.records.end(found.id, { at: ports.clock.now(), reason: "revoked" });
        return ports.records.touch(key, seen);
      },
    },
  }));
  const browser = await loggedIn(bench);
  bench.clock.advance(minute);
  expectRefused(await browser.authenticate(), "REVOKED");
  expect(browser.received).toHaveLength(1);
});

test("looking at the id that renews a token answers the person, extends no login and gives no token", async () => {
  const bench = createFlowBench(flow, "hybrid/short-jwt");
  const browser = await loggedIn(bench);
  const jar = {
    get: (name: string) => ({ name, value: browser.cookies.get(name) ?? "" }),
    set: vi.fn(),
    fits: () => true,
  };
  const request = { cookies: jar, client: { ip: "", userAgent: "", device: "" } };
  const look = () =>
    bench.flow.look?.(request) ?? Promise.resolve({ ok: false as const, code: "NOT_SUPPORTED" as const });
  const before = await bench.ports.records.held(10);
  bench.clock.advance(2 * minute);
  const { user, recordId } = accepted(await look());
  expect([user.username, recordId]).toEqual(["alice", before[0]?.id]);
  expect(await bench.ports.records.held(10)).toEqual(before);
  expect(jar.set).not.toHaveBeenCalled();
  await bench.ports.records.end(recordId ?? "", { at: bench.clock.now(), reason: "revoked" });
  expectRefused(await look(), "REVOKED");
});
