import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import type { Principal } from "../../core/login.ts";
import { day, minute } from "../../core/time.ts";
import { identityOf } from "../../core/user.ts";
import type { Browser } from "../../testing/browser.ts";
import { createFlowBench, type FlowBench, passwordOf } from "../../testing/flow-bench.ts";
import { accepted, expectRefused, loggedIn } from "../../testing/flow-part.ts";
import { holdToFlowContract } from "../../testing/flow-rules/flow-contract.ts";
import { cookie, createCookieFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

const flow = { manifest, create: createCookieFlow };

holdToFlowContract(flow);

const variants = manifest.variants.map(({ id, settings }) => ({ id, encoding: settings.encoding }));
const keyed = variants.filter(({ encoding }) => encoding !== "plain");
const sealed = variants.filter(({ encoding }) => encoding === "sealed");
const readable = variants.filter(({ encoding }) => encoding !== "sealed");

describe.for(keyed)("$id, of its keys", ({ id }) => {
  test("a rotation of keys with overlap keeps logins, and new cookies have the new key", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const old = browser.copy();
    bench.rotateKeys(true);
    bench.clock.advance(minute);
    accepted(await browser.authenticate());
    accepted(await old.authenticate({ touch: false }));
    expect([old, browser].map(generationOf)).toEqual(["1", "2"]);
  });

  test("after a rotation of keys without overlap earlier cookies are INVALID_CREDENTIAL", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    bench.rotateKeys(false);
    expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
    accepted(await (await loggedIn(bench)).authenticate());
  });
});

describe.for(variants)("$id, of its state", ({ id }) => {
  test("[ASVS 3.3.5] a login whose names make the cookie longer than 4096 bytes is UNPROCESSABLE, and sets no cookie", async () => {
    const bench = createFlowBench(flow, id);
    // Random bytes, which hardly compress.
    const displayName = Array.from({ length: 256 }, (_, at) => createHash("sha256").update(`${at}`).digest("hex"));
    const username = displayName.join("");
    bench.change("alice", { username, displayName: username });
    const browser = bench.browser();
    expectRefused(await browser.logIn(username, passwordOf("alice")), "UNPROCESSABLE");
    expect(browser.received).toEqual([]);
    expect(bench.events).toEqual([]);
  });

  test("a slide that does not fit keeps the old cookie, and the login goes on to that one's end", async () => {
    let full = false;
    const bench = createFlowBench(flow, id, (ports) => ({
      ...ports,
      cookieState: {
        ...ports.cookieState,
        write: (...given) =>
          full ? Promise.resolve({ ok: false, code: "PAYLOAD_TOO_LARGE" }) : ports.cookieState.write(...given),
      },
    }));
    const browser = await loggedIn(bench);
    const { expiresAt } = accepted(await browser.authenticate());
    full = true;
    bench.clock.advance(minute);
    expect(accepted(await browser.authenticate()).expiresAt).toBe(expiresAt);
    expect(accepted(await browser.withData((data) => data.all()))).toEqual({});
    expect(browser.received).toHaveLength(1);
    bench.clock.advance(expiresAt - bench.clock.now());
    expectRefused(await browser.authenticate(), "EXPIRED");
  });

  test("[ASVS 3.3.5] data that makes the cookie too long is PAYLOAD_TOO_LARGE, and earlier data stays", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const set = async (key: string, value: string) => accepted(await browser.withData((data) => data.set(key, value)));
    const all = async () => accepted(await browser.withData((data) => data.all()));
    const kept: Record<string, string> = {};
    let refusal: unknown = null;
    for (let n = 0; n < 16 && !refusal; n += 1) {
      const value = incompressible(n);
      const before = browser.cookies.get(cookie.name);
      const result = await set(`k${n}`, value);
      if (result.ok) kept[`k${n}`] = value;
      else {
        refusal = result;
        expect(browser.cookies.get(cookie.name)).toBe(before);
      }
    }
    expect(refusal).toEqual({ ok: false, code: "PAYLOAD_TOO_LARGE" });
    expect(Object.keys(kept).length).toBeGreaterThan(1);
    expect(await all()).toEqual(kept);
    // Nor does a value that grows push the others out; a smaller one has room.
    expect(await set("k0", incompressible(0).repeat(20))).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    expect(await all()).toEqual(kept);
    expect(await set("k0", "")).toMatchObject({ ok: true });
  });

  test("a cookie as full as data may make it still slides, is reissued, and can be emptied", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const set = async (key: string, value: string) => accepted(await browser.withData((data) => data.set(key, value)));
    for (let n = 0; (await set(`k${n}`, incompressible(n))).ok; n += 1);
    // To the last byte.
    let value = "";
    for (let n = 256; n >= 1; n /= 2) {
      const longer = value + incompressible(n).slice(0, n);
      if ((await set("last", longer)).ok) value = longer;
    }
    const before = await browser.withData((data) => data.all());
    bench.change("alice", { role: "admin" });
    for (let n = 0; n < 12; n += 1) await bench.ports.users.raiseVersion("alice-id");
    for (let n = 0; n < 12; n += 1) bench.rotateKeys(true);
    if (bench.variant.settings.revocation === "none") {
      bench.clock.advance(29 * minute);
      accepted(await browser.authenticate());
    }
    accepted(await browser.reissue(principalOfAlice(bench)));
    expect(await browser.withData((data) => data.all())).toEqual(before);
    expect(accepted(await browser.withData((data) => data.remove("last")))).toMatchObject({ ok: true });
    expect(accepted(await browser.withData((data) => data.clear()))).toMatchObject({ ok: true });
  });

  test("a login leaves no record on the server", async () => {
    const bench = createFlowBench(flow, id);
    await loggedIn(bench);
    expect(await bench.ports.records.held(1)).toEqual([]);
    expect(await bench.ports.families.held(1)).toEqual([]);
  });
});

describe.for(sealed)("$id, of its seal", ({ id }) => {
  test("[NIST 5.1.1 opaque] the cookie does not show the person", async () => {
    const browser = await loggedIn(createFlowBench(flow, id));
    const value = browser.cookies.get(cookie.name) ?? "";
    const parts = value.split(/[.*~]/);
    expect(parts.length).toBeGreaterThan(6);
    const readable = [value, ...parts.map((part) => Buffer.from(part, "base64url").toString("latin1"))].join("\n");
    for (const word of ["alice", "ALICE", "displayName", "role", "endsAt"]) expect(readable).not.toContain(word);
  });

  test("the same state sealed twice gives two cookies", async () => {
    const bench = createFlowBench(flow, id);
    const [one, other] = [await loggedIn(bench), await loggedIn(bench)];
    expect(one.cookies.get(cookie.name)).not.toBe(other.cookies.get(cookie.name));
  });
});

test.for(readable)("[NIST 5.1.1 opaque: cannot] $id can be read by anyone, without a key", async ({ id, encoding }) => {
  const browser = await loggedIn(createFlowBench(flow, id));
  const [, , ...rest] = (browser.cookies.get(cookie.name) ?? "").split(".");
  const text = encoding === "plain" ? rest.join(".") : `${inflateRawSync(Buffer.from(rest[1] ?? "", "base64url"))}`;
  const user = encoding === "plain" ? "alice" : { username: "alice", role: "user" };
  expect(JSON.parse(text)).toMatchObject({ user, endsAt: expect.any(Number) });
});

/** A browser with alice's plain cookie, and another name, other times or other members in it. */
async function withPlainCookie(bench: FlowBench, changes: object): Promise<Browser> {
  const browser = await loggedIn(bench);
  const value = browser.cookies.get(cookie.name) ?? "";
  const from = value.indexOf("{");
  browser.cookies.set(
    cookie.name,
    value.slice(0, from) + JSON.stringify({ ...JSON.parse(value.slice(from)), ...changes }),
  );
  return browser;
}

test("another username in a plain cookie is enough to be that person, with their id and role", async () => {
  const bench = createFlowBench(flow, "cookie/plain");
  bench.change("bob", { role: "admin" });
  const browser = await withPlainCookie(bench, { user: "bob" });
  expect(accepted(await browser.authenticate()).user).toEqual(identityOf(bench.person("bob")));
  bench.clock.advance(minute);
  expect(accepted(await browser.authenticate()).user.role).toBe("admin");
});

test("the sender of a plain cookie chooses its lifetime", async () => {
  const bench = createFlowBench(flow, "cookie/plain");
  const browser = await withPlainCookie(bench, { endsAt: 253_402_300_799_999, idleFor: 253_402_300_799_999 });
  bench.clock.advance(400 * day);
  expect(accepted(await browser.authenticate()).user.username).toBe("alice");
});

test("a plain cookie that names an unknown person is INVALID_CREDENTIAL, and a disabled one REVOKED", async () => {
  const bench = createFlowBench(flow, "cookie/plain");
  for (const user of ["nobody", "Alice", "", "alice-id"]) {
    const refusal = { ok: false, code: "INVALID_CREDENTIAL", at: "look-up" };
    expect([user, await (await withPlainCookie(bench, { user })).authenticate()]).toEqual([user, refusal]);
  }
  const bob = await withPlainCookie(bench, { user: "bob" });
  bench.change("bob", { disabled: true });
  expectRefused(await bob.authenticate(), "REVOKED");
});

test("a copy of a person in a plain cookie, or a mere name in another one, is INVALID_CREDENTIAL at the shape", async () => {
  const bench = createFlowBench(flow, "cookie/plain");
  const copy = await withPlainCookie(bench, { user: { ...identityOf(bench.person("alice")), role: "admin" } });
  expect(await copy.authenticate()).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "shape" });
  const sealing = createFlowBench(flow, "cookie/sealed");
  const browser = await loggedIn(sealing);
  const set = (_: string, value: string) => void browser.cookies.set(cookie.name, value);
  const jar = { get: () => undefined, fits: () => true, set };
  const now = sealing.clock.now();
  const times = { issuedAt: now, authenticatedAt: now, seenAt: now, idleFor: minute, endsAt: now + minute };
  await sealing.ports.cookieState.write(jar, cookie, { user: "alice", version: 0, ...times, remembered: false });
  expect(await browser.authenticate()).toEqual({ ok: false, code: "INVALID_CREDENTIAL", at: "shape" });
});

test.for([
  ...["{}", "null", "[]", '"admin"', "admin", "", '{"user":null}', '{"user":{"username":"admin"}}'],
  ...['"idleFor":1e300', '"endsAt":-1', '"endsAt":"never"', '"seenAt":0.5', '"user":7', '"remembered":1'],
])("a plain cookie with %s is INVALID_CREDENTIAL", async (text) => {
  const browser = await loggedIn(createFlowBench(flow, "cookie/plain"));
  const value = browser.cookies.get(cookie.name) ?? "";
  const member = /^("\w+"):/.exec(text)?.[1];
  const changed = member ? value.replace(new RegExp(`${member}:[^,}]+`), text) : `bench.plain.${text}`;
  expect(changed).not.toBe(value);
  browser.cookies.set(cookie.name, changed);
  expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
});

test.for(["cookie/signed", "cookie/sealed"] as const)(
  "a copy of %s still gets in after the logout, to its idle end",
  async (id) => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const copy = browser.copy();
    accepted(await browser.logOut());
    bench.clock.advance(bench.variant.settings.lifetimes.idle - 1);
    expect(accepted(await copy.authenticate({ touch: false })).user.username).toBe("alice");
    bench.clock.advance(1);
    expectRefused(await copy.authenticate(), "EXPIRED");
  },
);

test.for([
  ["cookie/plain", 1],
  ["cookie/signed", 0],
  ["cookie/sealed", 0],
  ["cookie/sealed-versioned", 1],
] as const)("%s looks the person up %i times a request", async ([id, times]) => {
  const bench = createFlowBench(flow, id);
  const asked = (["find", "findByName"] as const).map((way) => vi.spyOn(bench.ports.users, way));
  const browser = await loggedIn(bench);
  accepted(await browser.authenticate());
  expect(asked.flatMap(({ mock }) => mock.calls)).toHaveLength(times);
});

test("[ASVS 7.4.1] cookie/sealed-versioned: with the person's version in the seal, a logout ends all of their logins in this flow", async () => {
  const bench = createFlowBench(flow, "cookie/sealed-versioned");
  const [here, there] = [await loggedIn(bench), await loggedIn(bench)];
  const bob = await loggedIn(bench, "bob");
  accepted(await here.logOut());
  expectRefused(await there.authenticate(), "REVOKED");
  accepted(await bob.authenticate());
  accepted(await (await loggedIn(bench)).authenticate());
});

test("logging out with an ended login ends no other login", async () => {
  const bench = createFlowBench(flow, "cookie/sealed-versioned");
  const stale = await loggedIn(bench);
  bench.clock.advance(bench.variant.settings.lifetimes.idle);
  const fresh = await loggedIn(bench);
  accepted(await stale.logOut());
  expect([...stale.cookies]).toEqual([]);
  accepted(await fresh.authenticate());
});

/** Which generation of keys a value was made with, as it says itself. */
function generationOf({ cookies }: Browser): string | undefined {
  return /\.(?:Fe26\.2\*)?(\d+)[*.]/.exec(cookies.get(cookie.name) ?? "")?.[1];
}

/** 256 characters that no compression shortens much. */
function incompressible(seed: number): string {
  const hashes = Array.from({ length: 6 }, (_, at) => createHash("sha256").update(`${seed} ${at}`).digest("base64url"));
  return hashes.join("").slice(0, 256);
}

function principalOfAlice({ person, clock }: FlowBench): Principal {
  const [now, user] = [clock.now(), identityOf(person("alice"))];
  return { user, issuedAt: now, authenticatedAt: now, expiresAt: now + minute };
}
