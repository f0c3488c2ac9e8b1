import { afterAll, describe, expect, test } from "vitest";
import type { VariantId } from "../core/ids.ts";
import { cachedFor } from "../core/settings.ts";
import { second } from "../core/time.ts";
import { startRedis } from "../testing/redis-server.ts";
import { createTestApplication, openTwoProcesses } from "../testing/test-application.ts";
import { idsOfPeople } from "../testing/two-labs.ts";
import { createVisitor, enterLab, flowOf, type Visitor } from "../testing/visitor.ts";
import { demoPasswords } from "./demo-people.ts";

const { first, other, pass, dispose } = await openTwoProcesses();
afterAll(dispose);

/** Each asks a store on every request, through a port that is cached. */
const asking: readonly VariantId[] = [
  ...(["cookie/sealed-versioned", "memory-jwt/denylist", "memory-jwt/user-version"] as const),
  ...(["server-session/sql", "server-session/signed-id", "server-session/redis", "server-session/file"] as const),
  ...(["hybrid/allowlist", "hybrid/bearer-or-session", "hybrid/gateway"] as const),
];

const api = (variant: VariantId, operation: string) => `/api/${flowOf(variant)}/${operation}`;

async function me(variant: VariantId, visitor: Visitor) {
  const { status, code } = await visitor.get(api(variant, "me"));
  return status === 200 ? "in" : code;
}

/** The same lab with the same credentials, at the other process. */
function elsewhere(visitor: Visitor): Visitor {
  const there = createVisitor(other, visitor.cookies);
  there.accessToken = visitor.accessToken;
  return there;
}

async function enter(variant: VariantId, { readCache = true, username = "alice" } = {}) {
  const here = await enterLab(first);
  if (readCache) expect((await here.send("PATCH", "/api/lab/settings", { body: { readCache } })).status).toBe(200);
  expect((await here.logIn(variant, { username })).status).toBe(200);
  return here;
}

async function anAdmin(here: Visitor) {
  const admin = here.another();
  expect((await admin.logIn("server-session/sql", { username: "admin" })).status).toBe(200);
  const alice = (await idsOfPeople(here)).get("alice") ?? "";
  return (action: string, body?: object) => admin.post(`/api/admin/users/${alice}/${action}`, body);
}

describe.for(asking)("%s", (variant) => {
  test("asks its store on every request, as long as the setting is off", async () => {
    const here = await enter(variant, { readCache: false });
    const there = elsewhere(here.copy());
    expect(await me(variant, there)).toBe("in");
    expect((await here.post(api(variant, "logout"))).status).toBe(204);
    expect(await me(variant, there)).toBe("REVOKED");
  });

  test("with a read cache sees at once what this process ended, and what another one ended after 5 s and not later", async () => {
    const here = await enter(variant);
    const [copy, there, new_] = [here.copy(), elsewhere(here.copy()), elsewhere(here.copy())];
    expect([await me(variant, copy), await me(variant, there)]).toEqual(["in", "in"]);
    expect((await here.post(api(variant, "logout"))).status).toBe(204);
    expect([await me(variant, copy), await me(variant, there)]).toEqual(["REVOKED", "in"]);
    pass(cachedFor - 1);
    expect(await me(variant, new_)).toBe("in");
    pass(1);
    expect(await me(variant, there)).toBe("REVOKED");
  });

  test("with a read cache lets nobody act by a login that another process ended", async () => {
    const here = await enter(variant);
    const there = elsewhere(here.copy());
    expect(await me(variant, there)).toBe("in");
    await here.post(api(variant, "logout"));
    expect(await me(variant, there)).toBe("in");
    const acted = await there.post(api(variant, "transfer"), { to: "bob", amount: 1 });
    expect([acted.status, acted.code]).toEqual([401, "REVOKED"]);
  });
});

/** What ends a login of alice, or changes her, by this process. */
const ends: Readonly<Record<string, (here: Visitor, variant: VariantId) => Promise<{ readonly status: number }>>> = {
  "the password": (here) =>
    here.post("/api/account/password", { current: demoPasswords["alice"], next: "a quite different horse" }),
  "a revocation of all": (here, variant) => here.post(api(variant, "revoke"), { scope: "all" }),
  "an admin's revocation": async (here) => (await anAdmin(here))("revoke"),
  "disabling her": async (here) => (await anAdmin(here))("disable"),
  "a raised role": async (here) => (await anAdmin(here))("role", { role: "admin" }),
  "the reset of the lab": (here) => here.another().post("/api/lab/reset"),
};

describe.for(["cookie/sealed-versioned", "memory-jwt/user-version", "server-session/sql", "hybrid/allowlist"] as const)(
  "%s with a read cache",
  (variant) => {
    test.for(Object.entries(ends))("sees at once what this process changed by %s", async ([, end]) => {
      const here = await enter(variant);
      const copy = here.copy();
      expect([await me(variant, copy), await me(variant, copy)]).toEqual(["in", "in"]);
      expect((await end(here, variant)).status).toBeLessThan(300);
      expect(await me(variant, copy)).toMatch(/^(REVOKED|INVALID_CREDENTIAL|NOT_FOUND)$/);
    });
  },
);

test("a role that this process lowered acts no longer on the next request", async () => {
  const here = await enter("server-session/sql");
  const admin = await anAdmin(here);
  await admin("role", { role: "admin" });
  const alice = here.another();
  await alice.logIn("server-session/sql");
  const role = async () => (await alice.get("/api/server-session/me")).body["user"];
  expect(await role()).toMatchObject({ role: "admin" });
  await admin("role", { role: "user" });
  expect(await role()).toMatchObject({ role: "user" });
});

test.for(["memory-jwt/rotating", "memory-jwt/user-version", "hybrid/short-jwt"] as const)(
  "%s with a read cache renews nothing that another process ended",
  async (variant) => {
    const here = await enter(variant);
    const there = elsewhere(here.copy());
    expect(await me(variant, there)).toBe("in");
    expect((await there.copy().post(api(variant, "refresh"))).status).toBe(200);
    await here.another().logIn(variant);
    await (await anAdmin(here))("disable");
    expect((await there.post(api(variant, "refresh"))).code).toBe("REVOKED");
  },
);

test("a logout beside a hundred requests is seen by all that begin after it", async () => {
  const here = await enter("server-session/sql");
  const copy = here.copy();
  const during = Array.from({ length: 50 }, () => me("server-session/sql", copy));
  const out = here.post("/api/server-session/logout");
  during.push(...Array.from({ length: 50 }, () => me("server-session/sql", copy)));
  await out;
  const after = await Promise.all(Array.from({ length: 20 }, () => me("server-session/sql", copy)));
  expect(new Set(after)).toEqual(new Set(["REVOKED"]));
  await Promise.all(during);
  expect(await me("server-session/sql", copy)).toBe("REVOKED");
});

test("a change while the setting was off is seen once it is on again", async () => {
  const here = await enter("cookie/sealed-versioned");
  const copy = here.copy();
  const turn = (readCache: boolean) => here.another().send("PATCH", "/api/lab/settings", { body: { readCache } });
  expect(await me("cookie/sealed-versioned", copy)).toBe("in");
  await turn(false);
  await here.post("/api/cookie/logout");
  await turn(true);
  expect(await me("cookie/sealed-versioned", copy)).toBe("REVOKED");
});

test("moving the lab's clock by the bound ages what is cached", async () => {
  const here = await enter("server-session/sql");
  const [copy, node] = [here.copy(), { "loginscope-node": "other" }];
  const atOtherNode = () => copy.send("GET", "/api/server-session/me", { headers: node });
  expect((await atOtherNode()).status).toBe(200);
  await here.post("/api/server-session/logout");
  expect((await atOtherNode()).status).toBe(200);
  await here.another().post("/api/lab/clock", { advanceSeconds: cachedFor / second });
  expect((await atOtherNode()).code).toBe("REVOKED");
});

test("a restart forgets what is cached, and so does the reset of the lab", async () => {
  const here = await enter("server-session/sql");
  const [copy, node] = [here.copy(), { "loginscope-node": "other" }];
  await copy.send("GET", "/api/server-session/me", { headers: node });
  await here.post("/api/server-session/logout");
  expect((await here.another().send("POST", "/api/lab/forget-memory", { headers: node })).status).toBe(204);
  expect((await copy.send("GET", "/api/server-session/me", { headers: node })).code).toBe("REVOKED");
  const before = first.memory.counts()["read caches"] ?? 0;
  await here.another().post("/api/lab/reset");
  await expect.poll(() => first.memory.counts()["read caches"] ?? 0).toBeLessThan(before);
});

test("while a store does not answer, what is cached lets in up to the bound, and nobody acts by it", async () => {
  const redis = await startRedis();
  const app = await createTestApplication({ REDIS_URL: redis.url }, { systemClock: first.systemClock });
  try {
    const here = await enterLab(app);
    await here.send("PATCH", "/api/lab/settings", { body: { readCache: true } });
    await here.logIn("server-session/redis");
    expect(await me("server-session/redis", here)).toBe("in");
    await redis.stop();
    expect(await me("server-session/redis", here)).toBe("in");
    const acted = await here.post("/api/server-session/transfer", { to: "bob", amount: 1 });
    expect([acted.status, acted.code]).toEqual([503, "STORE_UNAVAILABLE"]);
    pass(cachedFor);
    expect(await me("server-session/redis", here)).toBe("STORE_UNAVAILABLE");
  } finally {
    await app.dispose();
  }
});

test("the page says how many look-ups were answered from the cache, and only where there is one", async () => {
  const here = await enter("server-session/sql");
  for (const _ of [1, 2, 3]) await here.get("/api/server-session/me");
  const { held, variants } = (await here.get("/api/lab")).body;
  // A record and a person by each request. The login has asked for the person before.
  expect(held).toMatchObject({ "server-session": { readCache: { hits: 5, misses: 1 } } });
  expect(Object(held)["memory-jwt"]).not.toHaveProperty("readCache");
  const said = Array.isArray(variants) ? variants.map(({ id, belief }) => [id, belief]) : [];
  expect(said).toContainEqual([
    "server-session/sql",
    "Looks up its row and believes it for 5 s. Its read cache answered 5 of 6 look-ups.",
  ]);
  expect(said).toContainEqual(["memory-jwt/rotating", "Believes its signature and asks nobody."]);
});
