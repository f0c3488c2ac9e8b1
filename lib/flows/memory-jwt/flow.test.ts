import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { day, minute, second } from "../../core/time.ts";
import { createFlowBench } from "../../testing/flow-bench.ts";
import { holdToFlowContract } from "../../testing/flow-contract.ts";
import { accepted, claimed, expectRefused, loggedIn } from "../../testing/flow-part.ts";
import { cookie, createMemoryJwtFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

const flow = { manifest, create: createMemoryJwtFlow };

holdToFlowContract(flow);

describe.for(manifest.variants.map(({ id }) => id))("%s, of its tokens", (id) => {
  test("[RFC 9068 2.1] [RFC 8725 3.11] an access token has its type, its algorithm and its key's id, and nothing else, in the header", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const [header] = partsOf(browser.accessToken);
    const { algorithm: alg = "none" } = bench.variant.settings;
    const name = { EdDSA: "ed25519-1", ES256: "es256-1", HS256: "hs256-1", none: "" }[alg];
    expect(header).toEqual({ typ: "at+jwt", alg, kid: expect.stringMatching(new RegExp(`^${name}-[0-9a-f]{8}$`)) });
  });

  test("[RFC 9068 2.2] an access token has every claim that it is asked for, and every one that it is judged by", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const [, payload] = partsOf(browser.accessToken);
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
    const [, first] = partsOf(browser.accessToken);
    bench.clock.advance(minute);
    accepted(await browser.refresh());
    const [, later] = partsOf(browser.accessToken);
    expect(later["jti"]).not.toBe(first["jti"]);
    expect(later["auth_time"]).toBe(first["auth_time"]);
    expect(later["iat"]).toBe(Number(first["iat"]) + 60);
  });

  test("[ASVS 10.1.1] the access token is in no cookie, and the refresh token in no body", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const tokens = [browser.accessToken];
    const grant = accepted(await browser.refresh());
    tokens.push(browser.accessToken);
    expect(browser.received.map(({ name }) => name)).toEqual([cookie.name, cookie.name]);
    const cookies = JSON.stringify(browser.received);
    for (const token of tokens) expect(cookies).not.toContain(String(token).split(".")[2]);
    expect(JSON.stringify(grant)).not.toContain(browser.cookies.get(cookie.name));
  });

  test("[ASVS 9.2.2] a login's token of another type is refused as an access token", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const claims = accepted(await bench.ports.signer.verify("at+jwt", browser.accessToken ?? ""));
    browser.accessToken = await bench.ports.signer.sign("login+jwt", claims);
    expectRefused(await browser.authenticate(), "INVALID_CREDENTIAL");
    browser.accessToken = await bench.ports.signer.sign("at+jwt", claims);
    accepted(await browser.authenticate());
  });

  test("a refresh token is no access token, and an access token no refresh token", async () => {
    const browser = await loggedIn(createFlowBench(flow, id));
    const swapped = browser.copy();
    swapped.accessToken = browser.cookies.get(cookie.name) ?? "";
    swapped.cookies.set(cookie.name, browser.accessToken ?? "");
    expectRefused(await swapped.authenticate(), "INVALID_CREDENTIAL");
    expectRefused(await swapped.refresh(), "INVALID_CREDENTIAL");
  });

  test("the refresh cookie alone is nobody, and an access token alone refreshes nothing", async () => {
    const browser = await loggedIn(createFlowBench(flow, id));
    const tokenOnly = browser.copy();
    tokenOnly.cookies.clear();
    browser.accessToken = null;
    expectRefused(await browser.authenticate(), "NO_CREDENTIAL");
    expectRefused(await tokenOnly.refresh(), "NO_CREDENTIAL");
  });

  test("[ASVS 7.2.3] a refresh token has 256 random bits, and only its hash is at rest", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const value = browser.cookies.get(cookie.name) ?? "";
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

  test("[ASVS 7.2.4] proving oneself again with the access token alone ends its family, and a native client stays one", async () => {
    const bench = createFlowBench(flow, id);
    const [browser, native] = [await loggedIn(bench), await loggedIn(bench, "alice", { client: "native" })];
    for (const client of [browser, native]) {
      const thief = client.copy();
      client.cookies.clear();
      client.refreshToken = null;
      accepted(await client.reissue(accepted(await client.authenticate())));
      expectRefused(await thief.refresh(), "REVOKED");
      accepted(await client.refresh());
    }
    expect(native.received).toEqual([]);
  });

  test("looking at a refresh token tells whose it is, exchanges nothing, and knows no used or ended one", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const look = (refreshToken: string) =>
      bench.flow.look?.({ ...nobody, refreshToken }) ?? { ok: false as const, code: "NOT_SUPPORTED" as const };
    const first = browser.cookies.get(cookie.name) ?? "";
    const { user, recordId } = accepted(await look(first));
    expect([user.username, recordId]).toEqual(["alice", accepted(await browser.authenticate()).recordId]);
    accepted(await browser.refresh());
    expectRefused(await look(first), "REVOKED");
    const second = browser.cookies.get(cookie.name) ?? "";
    accepted(await look(second));
    accepted(await browser.refresh());
    accepted(await browser.logOut());
    expectRefused(await look(second), "REVOKED");
    expectRefused(await look("bench.none.of-ours"), "INVALID_CREDENTIAL");
  });

  test("a browser that lost its cookie can still log out with its access token alone", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const thief = browser.copy();
    browser.cookies.clear();
    accepted(await browser.logOut());
    const copied = await thief.refresh();
    expect(copied.ok ? "exposed" : copied.code).toBe(claimed(bench.variant, "replay-after-logout", "refresh"));
    expect(browser.received).toHaveLength(1);
  });
});

test("the honest limit of a signature alone: an access token still gets in after the logout, to its exp", async () => {
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

test("wrong on purpose: after a logout that only forgets, a copy goes on getting new tokens to the end of its family", async () => {
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

test("[ASVS 7.4.1] with the person's version in the token, a logout ends all of their access tokens at once", async () => {
  const bench = createFlowBench(flow, "memory-jwt/user-version");
  const [here, there] = [await loggedIn(bench), await loggedIn(bench)];
  const bob = await loggedIn(bench, "bob");
  accepted(await here.logOut());
  expectRefused(await there.authenticate(), "REVOKED");
  expectRefused(await there.refresh(), "REVOKED");
  accepted(await bob.authenticate());
});

describe("with a denylist", () => {
  const id = "memory-jwt/denylist";

  test("[ASVS 7.4.1] a logout ends the access token it was shown, and no other login's", async () => {
    const bench = createFlowBench(flow, id);
    const [here, there] = [await loggedIn(bench), await loggedIn(bench)];
    const copy = here.copy();
    accepted(await here.logOut());
    expectRefused(await copy.authenticate(), "REVOKED");
    accepted(await there.authenticate());
    accepted(await there.refresh());
  });

  test("it stays ended up to its exp, and is then refused for that", async () => {
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

  test("[ASVS 7.5.2] revoking the current login ends the access token that asked, by whichever name it is called", async () => {
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

  test("the honest limit: a token that nobody shows lives to its exp, as one from before a refresh", async () => {
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

  test("the honest limit: a logout that shows no access token denies none", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const copy = browser.copy();
    browser.accessToken = null;
    accepted(await browser.logOut());
    accepted(await copy.authenticate());
    expectRefused(await copy.refresh(), "REVOKED");
  });

  test("a token that does not verify puts nothing on the list", async () => {
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

const nobody = {
  cookies: { get: () => undefined, set: () => {} },
  client: { ip: "192.0.2.7", userAgent: "", device: "" },
};

/** Header and payload, as anybody can read them. */
function partsOf(token: string | null): [Record<string, unknown>, Record<string, unknown>] {
  const [header, payload] = String(token)
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
  return [header, payload];
}
