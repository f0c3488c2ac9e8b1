import { afterAll, describe, expect, test } from "vitest";
import { openRedis } from "../stores/redis/redis.ts";
import { sharedRedis } from "../testing/shared-redis.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab, type Visitor } from "../testing/visitor.ts";

const app = await createTestApplication();
const redis = await openRedis(sharedRedis());
afterAll(async () => {
  redis.close();
  await app.dispose();
});

/** As when Redis evicts keys: all of a lab that lead to records go, and the records stay. */
const evict = `
local lost = 0
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
  if not string.find(key, ':record:', 1, true) then lost = lost + redis.call('DEL', key) end
end
return lost`;

const me = "/api/server-session/me";

/** A person with a login in Redis. Redis has evicted the index entries of its record. */
async function withoutIndex(username = "alice", visitor?: Visitor): Promise<Visitor> {
  const somebody = visitor ?? (await enterLab(app));
  expect((await somebody.logIn("server-session/redis", { username })).status).toBe(200);
  const lab = app.labContexts.labIdOf(somebody.cookies.get("__Host-lab") ?? "");
  expect(await redis.run(evict, [], [`*${lab}*`])).toBeGreaterThan(0);
  return somebody;
}

describe("server-session/redis, where an index is a hint", () => {
  test("a logout ends the record itself", async () => {
    const visitor = await withoutIndex();
    const copy = visitor.copy();
    expect((await visitor.post("/api/server-session/logout")).status).toBe(204);
    expect((await copy.get(me)).code).toBe("REVOKED");
  });

  test("revoking the current login ends the record itself", async () => {
    const visitor = await withoutIndex();
    expect((await visitor.copy().post("/api/server-session/revoke", { scope: "current" })).body).toEqual({
      revoked: 1,
    });
    expect((await visitor.get(me)).code).toBe("REVOKED");
  });

  test("[ASVS 7.4.1] revoking all reaches a login that no list leads to", async () => {
    const visitor = await withoutIndex();
    const copy = visitor.copy();
    expect((await visitor.post("/api/server-session/revoke", { scope: "all" })).status).toBe(200);
    expect([(await copy.get(me)).code, (await visitor.get(me)).code]).toEqual(["REVOKED", "NO_CREDENTIAL"]);
    expect((await visitor.logIn("server-session/redis")).status).toBe(200);
    expect((await visitor.get(me)).status).toBe(200);
  });

  test("[ASVS 7.4.5] an admin who revokes all of a person's logins reaches it too, and nobody else's", async () => {
    const bob = await withoutIndex("bob");
    const alice = bob.another();
    await alice.logIn("server-session/redis");
    const admin = bob.another();
    await admin.logIn("cookie/sealed", { username: "admin" });
    const { people } = (await admin.get("/api/lab")).body;
    const id = Array.isArray(people) ? people.find(({ username }) => username === "bob")?.id : "";
    expect((await admin.post(`/api/admin/users/${id}/revoke`)).status).toBe(200);
    expect((await bob.get(me)).code).toBe("REVOKED");
    expect((await alice.get(me)).status).toBe(200);
  });

  test("what is kept with such a login stays with it", async () => {
    const visitor = await withoutIndex();
    const path = "/api/server-session/data/cart";
    expect((await visitor.send("PUT", path, { body: { value: 1 } })).status).toBe(204);
    expect((await visitor.get(path)).body).toEqual({ value: 1 });
  });

  test("a login that is used is listed again", async () => {
    const visitor = await withoutIndex();
    expect((await visitor.get("/api/server-session/sessions")).body["sessions"]).toEqual([]);
    await visitor.another().post("/api/lab/clock", { advanceSeconds: 120 });
    expect((await visitor.get(me)).status).toBe(200);
    expect((await visitor.get("/api/server-session/sessions")).body["sessions"]).toMatchObject([{ current: true }]);
  });
});

describe("a person's logins of one flow are one list, whatever stores they are in", () => {
  const stores = [
    "server-session/sql",
    "server-session/redis",
    "server-session/file",
    "server-session/memory",
  ] as const;

  async function everywhere() {
    const visitor = await enterLab(app);
    const logins = [];
    for (const variant of stores) {
      const login = visitor.another();
      expect((await login.logIn(variant)).status).toBe(200);
      logins.push(login);
    }
    const [first = visitor] = logins;
    return { first, logins, visitor };
  }

  const countOf = (visitor: Visitor) =>
    visitor.get("/api/server-session/sessions").then(({ body }) => Object(body["sessions"]).length);

  test("each of them lists all", async () => {
    const { logins } = await everywhere();
    for (const each of logins) expect(await countOf(each)).toBe(stores.length);
  });

  test("one ends the others, or one of them by its id", async () => {
    const { first, logins } = await everywhere();
    const { sessions } = (await logins[2]?.get("/api/server-session/sessions"))?.body ?? {};
    const session = Array.isArray(sessions) ? sessions.find(({ current }) => current)?.id : "";
    expect((await first.post("/api/server-session/revoke", { session })).body).toEqual({ revoked: 1 });
    expect((await first.post("/api/server-session/revoke", { scope: "others" })).body).toEqual({ revoked: 2 });
    expect(await countOf(first)).toBe(1);
    for (const other of logins.slice(1)) expect((await other.get(me)).code).toBe("REVOKED");
  });

  test("one ends all", async () => {
    const { first, logins } = await everywhere();
    expect((await first.post("/api/server-session/revoke", { scope: "all" })).body).toEqual({ revoked: 4 });
    for (const each of logins.slice(1)) expect((await each.get(me)).code).toBe("REVOKED");
  });

  test("[ASVS 7.1.2] a cap counts server-session/sql, server-session/redis and server-session/memory together, and the oldest goes", async () => {
    const { first, logins, visitor } = await everywhere();
    await visitor.send("PATCH", "/api/lab/settings", { body: { parallelLogins: 3 } });
    await visitor.post("/api/lab/clock", { advanceSeconds: 1 });
    const latest = visitor.another();
    await latest.logIn("server-session/redis");
    expect(await countOf(latest)).toBe(3);
    expect((await latest.get(me)).status).toBe(200);
    const gone = await Promise.all([first, ...logins.slice(1)].map(async (each) => (await each.get(me)).code));
    expect(gone.filter((code) => code === "REVOKED")).toHaveLength(2);
    const { body } = await visitor.get("/api/audit");
    expect(Object(body["events"]).filter(({ type }: { type: string }) => type === "evicted")).toHaveLength(2);
  });
});
