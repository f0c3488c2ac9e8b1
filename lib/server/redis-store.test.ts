import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
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

test("a reset deletes the lab's keys in Redis", async () => {
  const { visitor } = await loggedIn();
  const lab = await app.labContexts.find(app.labContexts.labIdOf(visitor.cookies.get("__Host-lab") ?? ""));
  if (!lab) throw new Error("There is no lab");
  const records = app.stores.records({ store: "redis" }, lab.lab, "server-session");
  expect(await records.held(10)).toHaveLength(1);
  await visitor.post("/api/lab/reset");
  expect(await records.held(10)).toEqual([]);
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

  test("logins in other stores go on and can be started, also by a person with a login in Redis", async () => {
    expect((await other.get("/api/server-session/me")).status).toBe(200);
    const reported = vi.spyOn(app.app, "report").mockReturnValue();
    const copy = visitor.copy();
    expect((await copy.logIn("server-session/sql")).status).toBe(200);
    expect((await copy.get("/api/server-session/me")).status).toBe(200);
    expect(reported).toHaveBeenCalledOnce();
  });

  test("an admin's revocation ends the logins in other stores, and says that some are left", async () => {
    const bearer = other.another();
    await bearer.logIn("memory-jwt/rotating");
    const admin = other.another();
    await admin.logIn("cookie/sealed", { username: "admin" });
    const { people } = (await admin.get("/api/lab")).body;
    const alice = Array.isArray(people) ? people.find(({ username }) => username === "alice")?.id : "";
    const reply = await admin.post(`/api/admin/users/${alice}/revoke`);
    expect([reply.status, reply.code]).toEqual([503, "STORE_UNAVAILABLE"]);
    expect(reply.body["detail"]).toMatch(/ended, but not those of server-session\/redis: that store does not answer/);
    expect((await other.get("/api/server-session/me")).code).toBe("REVOKED");
    expect((await bearer.post("/api/memory-jwt/refresh")).code).toBe("REVOKED");
  });

  test("health is down, with 503", async () => {
    const { status, body } = await createVisitor(app).get("/api/health");
    expect([status, body]).toEqual([503, { status: "down", database: "up", redis: "down" }]);
  });

  test("the lab can be reset", async () => {
    expect((await visitor.copy().post("/api/lab/reset")).status).toBe(204);
  });
});
