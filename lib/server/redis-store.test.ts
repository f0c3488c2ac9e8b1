import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lately } from "../core/login.ts";
import type { LabView } from "../lab/lab-view.ts";
import { startRedis } from "../testing/redis-server.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { createVisitor, enterLab, type Visitor } from "../testing/visitor.ts";

const variant = "server-session/redis";

const redis = await startRedis();
const [app, without] = [
  await createTestApplication({ REDIS_URL: redis.url }),
  await createTestApplication({ REDIS_URL: "" }),
];
afterAll(async () => {
  await Promise.all([app.dispose(), without.dispose()]);
  await redis.stop();
});

/** A person whose login is in Redis, and another person of the same lab whose login is not. */
async function loggedIn() {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant)).status).toBe(200);
  const other = visitor.another();
  expect((await other.logIn("server-session/sql")).status).toBe(200);
  return { visitor, other };
}

/** How many logins in SQL there are of everybody in this lab. */
async function liveOf(visitor: Visitor): Promise<number> {
  const context = await app.labContexts.find(app.labContexts.labIdOf(visitor.cookies.get("__Host-lab") ?? ""));
  if (!context) throw new Error("There is no lab");
  return app.stores.records({ store: "sql" }, context.lab, "server-session").live(context.clock.now());
}

describe("without REDIS_URL", () => {
  test("the variant is not listed, and a login with it says that Redis is missing", async () => {
    const visitor = await enterLab(without);
    const { variants } = (await visitor.get("/api/lab")).body;
    const ids = Array.isArray(variants) ? variants.map(({ id }) => id) : [];
    expect(ids).toContain("server-session/memory");
    expect(ids).not.toContain(variant);
    for (const name of [variant, "redis"]) {
      const reply = await visitor.post("/api/server-session/login", {
        username: "alice",
        password: "x",
        variant: name,
      });
      expect([reply.status, reply.code, reply.body["detail"]]).toEqual([
        422,
        "UNPROCESSABLE",
        "variant: server-session/redis needs REDIS_URL, the address of a Redis server.",
      ]);
    }
    expect((await visitor.logIn("server-session/sql")).status).toBe(200);
  });

  test("health says so and answers 200", async () => {
    const { status, body } = await createVisitor(without).get("/api/health");
    expect([status, body]).toEqual([200, { status: "ok", database: "up", redis: "not configured" }]);
  });

  test("a credential from an earlier time with Redis is INVALID_CREDENTIAL", async () => {
    const visitor = await enterLab(without);
    const lab = without.labContexts.labIdOf(visitor.cookies.get("__Host-lab") ?? "");
    await (await without.labContexts.find(lab))?.enable(variant);
    visitor.cookies.set("__Host-sid", `${lab}.redis.${"A".repeat(43)}`);
    expect((await visitor.get("/api/server-session/me")).code).toBe("INVALID_CREDENTIAL");
    const login = { accepted: false, code: "INVALID_CREDENTIAL" };
    expect((await visitor.get("/api/lab")).body).toMatchObject({ held: { "server-session": { login } } });
  });
});

test("a record in Redis shows its user agent, the hash of that, and until when it is elevated, as one in SQL does", async () => {
  const visitor = await enterLab(app);
  const agent = "Mozilla/5.0 (of this test)";
  const credentials = { username: "alice", password: "alice-likes-tea" };
  for (const store of ["redis", "sql"]) {
    const body = { ...credentials, variant: `server-session/${store}` };
    const login = await visitor
      .another()
      .send("POST", "/api/server-session/login", { body, headers: { "user-agent": agent } });
    expect(login.status).toBe(200);
  }
  const { held } = (await visitor.get("/api/lab")).body as Pick<LabView, "held">;
  const records = held["server-session"]?.records ?? [];
  expect(records.map(({ place }) => place.kind).toSorted()).toEqual(["key", "row"]);
  for (const { createdAt, ...record } of records) {
    expect(record).toMatchObject({
      userAgent: agent,
      userAgentHash: createHash("sha256").update(agent).digest("base64url"),
      elevatedUntil: new Date(Date.parse(createdAt) + lately).toISOString(),
    });
  }
});

test("a reset deletes the lab's keys in Redis", async () => {
  const { visitor } = await loggedIn();
  const lab = await app.labContexts.find(app.labContexts.labIdOf(visitor.cookies.get("__Host-lab") ?? ""));
  if (!lab) throw new Error("There is no lab");
  const records = app.stores.records({ store: "redis" }, lab.lab, "server-session");
  expect(await records.held(10)).toHaveLength(1);
  await visitor.post("/api/lab/reset");
  expect(await records.held(10)).toEqual([]);
});

describe("while Redis is full", () => {
  beforeAll(() => redis.setFull(true));
  afterAll(() => redis.setFull(false));

  /** A login from before there was no memory left. */
  async function kept() {
    await redis.setFull(false);
    const { visitor, other } = await loggedIn();
    await redis.setFull(true);
    return { visitor, other, copy: visitor.copy() };
  }

  test("a logout ends the login all the same", async () => {
    const { visitor, copy } = await kept();
    expect((await visitor.post("/api/server-session/logout")).status).toBe(204);
    expect((await copy.get("/api/server-session/me")).code).toBe("INVALID_CREDENTIAL");
  });

  test("revoking all ends every one of them", async () => {
    const { visitor, copy, other } = await kept();
    expect((await visitor.post("/api/server-session/revoke", { scope: "all" })).status).toBe(200);
    expect((await copy.get("/api/server-session/me")).status).toBe(401);
    expect(other.cookies.size).toBeGreaterThan(0);
  });

  test("a login with another variant ends the one before it", async () => {
    const { visitor, copy } = await kept();
    expect((await visitor.logIn("server-session/sql")).status).toBe(200);
    expect((await copy.get("/api/server-session/me")).code).toBe("INVALID_CREDENTIAL");
  });

  test("a changed password is 204, and deletes the cookie where the login could not be issued anew", async () => {
    const { visitor, copy } = await kept();
    const change = { current: "alice-likes-tea", next: "alice-likes-rain" };
    const reply = await visitor.post("/api/account/password", change);
    expect([reply.status, [...visitor.cookies.keys()]]).toEqual([204, ["__Host-lab"]]);
    expect((await copy.get("/api/server-session/me")).code).toBe("REVOKED");
    const again = await visitor.logIn("server-session/sql", { password: change.next });
    expect(again.status).toBe(200);
  });
});

describe("while Redis does not answer", () => {
  let visitor: Visitor;
  let other: Visitor;
  beforeAll(async () => {
    ({ visitor, other } = await loggedIn());
    await redis.stop();
  });

  test.for([
    ["GET", "me"],
    ["GET", "sessions"],
    ["POST", "logout"],
  ] as const)("%s %s is STORE_UNAVAILABLE, and the cookie stays", async ([method, action]) => {
    const reply = await visitor.send(method, `/api/server-session/${action}`);
    expect([reply.status, reply.code, reply.setCookies]).toEqual([503, "STORE_UNAVAILABLE", []]);
    expect(reply.headers.get("content-type")).toBe("application/problem+json");
  });

  test("a login is STORE_UNAVAILABLE, and sets no cookie", async () => {
    const reply = await visitor.another().logIn(variant);
    expect([reply.status, reply.code, reply.setCookies]).toEqual([503, "STORE_UNAVAILABLE", []]);
  });

  test("user-info is STORE_UNAVAILABLE too, and never answers another person", async () => {
    expect((await visitor.get("/api/user-info")).code).toBe("STORE_UNAVAILABLE");
  });

  test("the lab's view can be read, and says that the store does not answer", async () => {
    const { status, body } = await visitor.get("/api/lab");
    const login = { accepted: false, code: "STORE_UNAVAILABLE" };
    const silent = { "server-session": { login, unanswered: ["redis"] }, hybrid: { unanswered: [] } };
    expect([status, body]).toMatchObject([200, { held: silent }]);
  });

  test("logins in other stores go on and can be started", async () => {
    expect((await other.get("/api/server-session/me")).status).toBe(200);
    expect((await other.another().logIn("server-session/sql")).status).toBe(200);
  });

  test("a login that cannot end the one before it is STORE_UNAVAILABLE, sets nothing and leaves nothing", async () => {
    const before = await liveOf(other);
    const reply = await visitor.copy().logIn("server-session/sql");
    expect([reply.status, reply.code, reply.setCookies]).toEqual([503, "STORE_UNAVAILABLE", []]);
    expect(await liveOf(other)).toEqual(before);
  });

  test("a logout says that the login still lives", async () => {
    const { body } = await visitor.post("/api/server-session/logout");
    expect(body["detail"]).toMatch(/^You are still logged in/);
  });

  test("an admin's revocation ends the logins in other stores, and says that some are left", async () => {
    const bearer = other.another();
    await bearer.logIn("memory-jwt/rotating");
    const admin = other.another();
    await admin.logIn("cookie/sealed", { username: "admin" });
    const { people } = (await admin.get("/api/lab")).body;
    const alice = Array.isArray(people) ? people.find(({ username }) => username === "alice")?.id : "";
    const reply = await admin.post(`/api/admin/users/${alice}/revoke`);
    expect([reply.status, reply.body["unanswered"]]).toEqual([200, [variant]]);
    expect((await other.get("/api/server-session/me")).code).toBe("REVOKED");
    expect((await bearer.post("/api/memory-jwt/refresh")).code).toBe("REVOKED");
  });

  test("a person's list and their end of all logins name the store that does not answer, and reach the others", async () => {
    const [one, two] = [other.another(), other.another()];
    for (const each of [one, two]) await each.logIn("server-session/sql", { username: "bob" });
    const listed = await one.get("/api/server-session/sessions");
    expect([listed.status, listed.body]).toMatchObject([200, { sessions: [{}, {}], unanswered: [variant] }]);
    const ended = await one.post("/api/server-session/revoke", { scope: "all" });
    expect([ended.status, ended.body]).toEqual([200, { revoked: 2, unanswered: [variant] }]);
    expect((await two.get("/api/server-session/me")).code).toBe("REVOKED");
  });

  test("health is down, with 503", async () => {
    const { status, body } = await createVisitor(app).get("/api/health");
    expect([status, body]).toEqual([503, { status: "down", database: "up", redis: "down" }]);
  });

  test("the lab can be reset", async () => {
    expect((await visitor.copy().post("/api/lab/reset")).status).toBe(204);
  });
});
