import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { day, minute, second } from "../../core/time.ts";
import { createBrowser } from "../../testing/browser.ts";
import { createFlowBench, passwordOf } from "../../testing/flow-bench.ts";
import { accepted, claimed, expectRefused, loggedIn, partOf } from "../../testing/flow-part.ts";
import { holdToFlowContract } from "../../testing/flow-rules/flow-contract.ts";
import { cookie, createMemoryJwtFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";
import { accessCookie } from "./token-delivery.ts";

const flow = { manifest, create: createMemoryJwtFlow };

holdToFlowContract(flow);

const ids = manifest.variants.map(({ id }) => id);

describe.for(ids)("%s, of its tokens", (id) => {
  const { held, variant } = partOf(flow, id);
  const [access = missing(), refresh = missing()] = held;
  const inCookies = variant.holds.flatMap((holding) => (holding.travels === "cookie" ? holding.cookie : []));

  test("[RFC 9068 2.1] [RFC 8725 3.11] an access token's header has exactly its type, algorithm and key id", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const [header] = partsOf(access.read(browser));
    const { algorithm: alg = "none" } = bench.variant.settings;
    const name = { EdDSA: "ed25519-1", ES256: "es256-1", HS256: "hs256-1", none: "" }[alg];
    expect(header).toEqual({ typ: "at+jwt", alg, kid: expect.stringMatching(new RegExp(`^${name}-[0-9a-f]{8}$`)) });
  });

  test("[RFC 9068 2.2] an access token has all required claims, and those that it is judged by", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const [, payload] = partsOf(access.read(browser));
    const now = bench.clock.now() / second;
    const [family] = await bench.ports.families.held(1);
    expect(payload).toEqual({
      iss: "https://login.test/api/labs/bench",
      aud: "loginscope",
      client_id: "loginscope",
      sub: "alice-id",
      jti: expect.stringMatching(/^[\w-]{22}$/),
      iat: now,
      nbf: now,
      exp: now + bench.variant.settings.lifetimes.access / second,
      auth_time: now,
      sid: family?.id,
      preferred_username: "alice",
      name: "ALICE",
      role: "user",
      version: 0,
      variant: id,
    });
  });

  test("each access token has a jti of its own, and the time of the login, not of the refresh, as auth_time", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const [, first] = partsOf(access.read(browser));
    bench.clock.advance(minute);
    accepted(await browser.refresh());
    const [, later] = partsOf(access.read(browser));
    expect(later["jti"]).not.toBe(first["jti"]);
    expect(later["auth_time"]).toBe(first["auth_time"]);
    expect(later["iat"]).toBe(Number(first["iat"]) + 60);
  });

  test("[ASVS 10.1.1] each token is delivered only to the place where the variant keeps it", async () => {
    const bench = createFlowBench(flow, id);
    const browser = bench.browser();
    const grants = [accepted(await browser.logIn("alice", passwordOf("alice")))];
    const tokens = held.map(({ read }) => read(browser));
    grants.push(accepted(await browser.refresh()));
    tokens.push(...held.map(({ read }) => read(browser)));
    expect(browser.received.map(({ name }) => name)).toEqual([...inCookies, ...inCookies]);
    const [cookies, bodies] = [JSON.stringify(browser.received), JSON.stringify(grants)];
    expect(new Set(tokens).size).toBe(4);
    for (const [index, token] of tokens.entries()) {
      const inCookie = variant.holds[index % 2]?.travels === "cookie";
      expect([cookies.includes(token), bodies.includes(token)]).toEqual([inCookie, !inCookie]);
    }
  });

  test("[ASVS 9.2.2] a token of another type is refused as an access token", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const claims = accepted(await bench.ports.signer.verify("at+jwt", access.read(browser)));
    access.put(browser, await bench.ports.signer.sign("login+jwt", claims));
    expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
    access.put(browser, await bench.ports.signer.sign("at+jwt", claims));
    accepted(await browser.authenticate());
  });

  test("a refresh token is refused as an access token, and an access token as a refresh token", async () => {
    const browser = await loggedIn(createFlowBench(flow, id));
    const swapped = browser.copy();
    access.put(swapped, refresh.read(browser));
    refresh.put(swapped, access.read(browser));
    expectRefused(await swapped.authenticate(), "INVALID_CREDENTIAL");
    expectRefused(await swapped.refresh(), "INVALID_CREDENTIAL");
  });

  test("a refresh token alone does not authenticate, and an access token alone does not refresh", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const [accessOnly, refreshOnly] = [bench.browser(), bench.browser()];
    access.put(accessOnly, access.read(browser));
    refresh.put(refreshOnly, refresh.read(browser));
    expectRefused(await refreshOnly.authenticate(), "NO_CREDENTIAL");
    expectRefused(await accessOnly.refresh(), "NO_CREDENTIAL");
  });

  test("an access token counts only in the place of its variant: in the header or in the cookie", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const token = access.read(browser);
    const moved = bench.browser();
    if (inCookies.includes(accessCookie.name)) moved.accessToken = token;
    else moved.cookies.set(accessCookie.name, token);
    expectRefused(await moved.authenticate(), "INVALID_CREDENTIAL");
    accepted(await browser.authenticate());
    // If there is a header, it decides alone, also if its token is not accepted.
    browser.accessToken = "bench.none.of-ours";
    expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
  });

  test("[ASVS 7.2.3] [NIST 5.1.1 opaque] a refresh token has 256 random bits, and only its hash is stored", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const value = refresh.read(browser);
    const random = value.split(".")[2] ?? "";
    expect(value).toBe(`bench.${id.split("/")[1]}.${random}`);
    expect(Buffer.from(random, "base64url")).toHaveLength(32);
    const held = await bench.ports.families.held(10);
    expect(held.flatMap(({ tokens }) => tokens.map(({ hash }) => hash))).toEqual([
      createHash("sha256").update(value).digest("base64url"),
    ]);
    expect(JSON.stringify(held)).not.toContain(random);
  });

  test("a rotation of keys without overlap ends access tokens, and a refresh gives new ones", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    bench.rotateKeys(true);
    accepted(await browser.authenticate());
    bench.rotateKeys(false);
    expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
    accepted(await browser.refresh());
    accepted(await browser.authenticate());
  });

  test("reauthenticating by the access token alone ends its family, and a native client stays one", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const native = variant.native ? await loggedIn(bench, "alice", { client: "native" }) : null;
    for (const client of native ? [browser, native] : [browser]) {
      const thief = client.copy();
      client.cookies.delete(cookie.name);
      client.refreshToken = null;
      accepted(await client.reissue(accepted(await client.authenticate())));
      expectRefused(await thief.refresh(), "REVOKED");
      accepted(await client.refresh());
    }
    if (native) expect(native.received).toEqual([]);
  });

  test("looking at a refresh token answers the person without an exchange, and refuses used and ended ones", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const look = (refreshToken: string) =>
      bench.flow.look?.({ ...nobody, refreshToken }) ?? { ok: false as const, code: "NOT_SUPPORTED" as const };
    const first = refresh.read(browser);
    const { user, recordId } = accepted(await look(first));
    expect([user.username, recordId]).toEqual(["alice", accepted(await browser.authenticate()).recordId]);
    accepted(await browser.refresh());
    expectRefused(await look(first), "REVOKED");
    const second = refresh.read(browser);
    accepted(await look(second));
    accepted(await browser.refresh());
    accepted(await browser.logOut());
    expectRefused(await look(second), "REVOKED");
    expectRefused(await look("bench.none.of-ours"), "INVALID_CREDENTIAL");
  });

  test("a browser that lost its refresh token can still log out with its access token alone", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const thief = browser.copy();
    browser.cookies.delete(cookie.name);
    browser.refreshToken = null;
    accepted(await browser.logOut());
    const copied = await thief.refresh();
    expect(copied.ok ? "exposed" : copied.code).toBe(claimed(bench.variant, "replay-after-logout", "refresh"));
    expect([...browser.cookies]).toEqual([]);
  });
});

test("a login by another variant deletes the cookies of the previous one", async () => {
  const bench = createFlowBench(flow, "memory-jwt/http-only-cookie");
  const browser = await loggedIn(bench);
  for (const [id, expected] of [
    ["memory-jwt/rotating", [cookie.name]],
    ["memory-jwt/script-cookie", [accessCookie.name, cookie.name]],
    ["memory-jwt/local-storage", []],
  ] as const) {
    const next = createBrowser(() => createFlowBench(flow, id).flow, browser);
    accepted(await next.logIn("alice", passwordOf("alice")));
    expect([...next.cookies.keys()].sort()).toEqual(expected);
  }
});

test("with a signature alone an access token still gets in after the logout, to its exp", async () => {
  const bench = createFlowBench(flow, "memory-jwt/rotating");
  const browser = await loggedIn(bench);
  const copy = browser.copy();
  accepted(await browser.logOut());
  bench.clock.advance(bench.variant.settings.lifetimes.access - 1);
  accepted(await copy.authenticate());
  bench.clock.advance(1);
  expectRefused(await copy.authenticate(), "EXPIRED");
  expectRefused(await copy.refresh(), "REVOKED");
});

test("after a logout that only forgets, a copy gets new tokens to the end of its family", async () => {
  const bench = createFlowBench(flow, "memory-jwt/forgetful-logout");
  const browser = await loggedIn(bench);
  const thief = browser.copy();
  accepted(await browser.logOut());
  expect([...browser.cookies]).toEqual([]);
  for (let days = 0; days < 6; days += 1) {
    bench.clock.advance(day);
    accepted(await thief.refresh());
    accepted(await thief.authenticate());
  }
  bench.clock.advance(day);
  expectRefused(await thief.refresh(), "EXPIRED");
});

test("[ASVS 7.4.1] memory-jwt/user-version: with the person's version in the token, a logout ends all of their access tokens at once", async () => {
  const bench = createFlowBench(flow, "memory-jwt/user-version");
  const [here, there] = [await loggedIn(bench), await loggedIn(bench)];
  const bob = await loggedIn(bench, "bob");
  accepted(await here.logOut());
  expectRefused(await there.authenticate(), "REVOKED");
  expectRefused(await there.refresh(), "REVOKED");
  accepted(await bob.authenticate());
});

describe("memory-jwt/denylist, whose tokens can be put on a list", () => {
  const id = "memory-jwt/denylist";

  test("[ASVS 7.4.1] a logout ends the access token on the request, and no other login's", async () => {
    const bench = createFlowBench(flow, id);
    const [here, there] = [await loggedIn(bench), await loggedIn(bench)];
    const copy = here.copy();
    accepted(await here.logOut());
    expectRefused(await copy.authenticate(), "REVOKED");
    accepted(await there.authenticate());
    accepted(await there.refresh());
  });

  test("a denied token is REVOKED up to its exp, and EXPIRED afterwards", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const copy = browser.copy();
    accepted(await browser.logOut());
    bench.clock.advance(bench.variant.settings.lifetimes.access - 1);
    // Another logout cleans up, and leaves what is alive.
    accepted(await (await loggedIn(bench, "bob")).logOut());
    expectRefused(await copy.authenticate(), "REVOKED");
    bench.clock.advance(1);
    expectRefused(await copy.authenticate(), "EXPIRED");
  });

  test("[ASVS 7.5.2] revoking the current login, by scope or by id, ends the access token that asked", async () => {
    const bench = createFlowBench(flow, id);
    for (const target of [{ scope: "current" }, { session: "own" }] as const) {
      const browser = await loggedIn(bench);
      const actor = accepted(await browser.authenticate());
      const { recordId: session = "" } = actor;
      const own = "session" in target ? { session } : target;
      accepted(
        (await bench.flow.revoke?.(actor, { user: "alice-id", ...own })) ?? { ok: false, code: "NOT_SUPPORTED" },
      );
      expectRefused(await browser.authenticate(), "REVOKED");
      expectRefused(await browser.refresh(), "REVOKED");
    }
  });

  test("an access token from before a refresh is not denied by a logout, and lives to its exp", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const earlier = browser.copy();
    bench.clock.advance(minute);
    accepted(await browser.refresh());
    accepted(await browser.logOut());
    accepted(await earlier.authenticate());
    bench.clock.advance(bench.variant.settings.lifetimes.access - minute);
    expectRefused(await earlier.authenticate(), "EXPIRED");
  });

  test("a logout without an access token denies none", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const copy = browser.copy();
    browser.accessToken = null;
    accepted(await browser.logOut());
    accepted(await copy.authenticate());
    expectRefused(await copy.refresh(), "REVOKED");
  });

  test("a token that does not verify is not put on the list", async () => {
    const end = vi.fn();
    const bench = createFlowBench(flow, id, (ports) => ({ ...ports, revocation: { ...ports.revocation, end } }));
    const browser = await loggedIn(bench);
    const { accessToken } = browser;
    browser.accessToken = `${accessToken}A`;
    accepted(await browser.logOut());
    browser.accessToken = accessToken;
    bench.clock.advance(bench.variant.settings.lifetimes.access);
    accepted(await browser.logOut());
    expect(end).not.toHaveBeenCalled();
  });
});

function missing(): never {
  throw new Error("Every variant of this flow has two credentials");
}

const nobody = {
  cookies: { get: () => undefined, set: () => {}, fits: () => true },
  client: { ip: "192.0.2.7", userAgent: "", device: "" },
};

/** Header and payload, which can be read without a key. */
function partsOf(token: string | null): [Record<string, unknown>, Record<string, unknown>] {
  const [header, payload] = String(token)
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
  return [header, payload];
}
