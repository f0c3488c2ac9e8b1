import { afterAll, describe, expect, test, vi } from "vitest";
import { hour } from "../../core/time.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication({ LABS_PER_HOUR: "1000" });
afterAll(() => app.dispose());

const { client } = app.database;
const clock = { advanceSeconds: 1 };
const labIdOf = ({ cookies }: Visitor) => app.labContexts.labIdOf(cookies.get(labCookie.name) ?? "");
const hasRow = async (visitor: Visitor) => (await client.lab.count({ where: { id: labIdOf(visitor) } })) === 1;

/** A new visitor who has looked at their lab, and what they saw. */
async function onlooker() {
  const visitor = createVisitor(app);
  const { body } = await visitor.get("/api/lab");
  return { visitor, view: body };
}

describe("a lab that was only looked at", () => {
  test("has no row, is the same each time, and gets a row as it was seen at its first change", async () => {
    const { visitor, view } = await onlooker();
    for (const path of ["/api/lab", "/api/audit", "/api/lab/matrix", "/api/cookie/me"]) await visitor.get(path);
    expect(await hasRow(visitor)).toBe(false);
    const still = ({ lab, people, oauth, variants }: typeof view) => ({ lab, people, oauth, variants });
    expect(still((await visitor.get("/api/lab")).body)).toEqual(still(view));
    expect((await visitor.post("/api/lab/clock", clock)).status).toBe(200);
    expect(await hasRow(visitor)).toBe(true);
    expect(still((await visitor.get("/api/lab")).body)).toEqual(still(view));
  });

  test("is made once by first changes and looks at the same moment", async () => {
    const { visitor, view } = await onlooker();
    const [changes, looks] = [3, 12];
    const replies = await Promise.all([
      ...Array.from({ length: changes }, () => visitor.copy().post("/api/lab/clock", clock)),
      ...Array.from({ length: looks }, () => visitor.copy().get("/api/lab")),
    ]);
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    for (const { body } of replies.slice(changes)) expect(body["people"]).toEqual(view["people"]);
    expect(await client.user.count({ where: { labId: labIdOf(visitor) } })).toBe(3);
  });

  test("has keys, metadata and an OAuth client, to which no token is active", async () => {
    const { visitor, view } = await onlooker();
    const id = labIdOf(visitor);
    const program = createVisitor(app);
    expect((await program.get(`/api/labs/${id}/jwks`)).status).toBe(200);
    expect((await program.get(`/api/labs/${id}/metadata`)).status).toBe(200);
    const { clientId, clientSecret } = Object(view["oauth"]);
    const headers = {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    };
    const reply = await program.send("POST", `/api/labs/${id}/oauth/introspect`, { headers, body: "token=x" });
    expect([reply.status, reply.body]).toEqual([200, { active: false }]);
    expect(await hasRow(visitor)).toBe(false);
  });

  test("takes no credential of a stranger, and writes nothing down", async () => {
    const { visitor } = await onlooker();
    const report = vi.spyOn(console, "error");
    const id = labIdOf(visitor);
    const stranger = createVisitor(app, [["__Host-sid", `${id}.sql.${"x".repeat(43)}`]]);
    for (const path of ["/api/server-session/me", "/api/user-info"])
      expect((await stranger.get(path)).code).toBe("INVALID_CREDENTIAL");
    expect((await stranger.post("/api/server-session/logout")).status).toBe(204);
    expect((await visitor.get("/api/audit")).body["events"]).toEqual([]);
    expect(await hasRow(visitor)).toBe(false);
    expect(report).not.toHaveBeenCalled();
  });

  test("takes no credential of its own visitor either: it has issued none", async () => {
    const { visitor } = await onlooker();
    visitor.cookies.set("__Host-sid", `${labIdOf(visitor)}.sql.${"x".repeat(43)}`);
    const held = Object((await visitor.get("/api/lab")).body["held"]);
    expect(held["server-session"].login.code).toBe("INVALID_CREDENTIAL");
    expect(await hasRow(visitor)).toBe(false);
    await visitor.logIn("server-session/sql");
    expect(await hasRow(visitor)).toBe(true);
  });

  test("is another one after its end, and after a reset", async () => {
    const { visitor, view } = await onlooker();
    const cookies = [...visitor.cookies];
    const later = app.systemClock.now() + 24 * hour;
    const now = vi.spyOn(app.systemClock, "now").mockReturnValue(later);
    const anew = (await visitor.get("/api/lab")).body;
    now.mockRestore();
    expect(anew["people"]).not.toEqual(view["people"]);
    await visitor.post("/api/lab/reset");
    const again = (await createVisitor(app, cookies).get("/api/lab")).body;
    for (const before of [view, anew]) expect(again["people"]).not.toEqual(before["people"]);
  });

  test("counts against no limit, however many there are", async () => {
    const limited = await createTestApplication({ LABS_PER_HOUR: "1" });
    try {
      for (let times = 0; times < 50; times += 1)
        expect((await createVisitor(limited).get("/api/audit")).status).toBe(200);
      expect(await limited.database.client.lab.count()).toBe(0);
      expect((await createVisitor(limited).logIn("cookie/sealed")).status).toBe(200);
    } finally {
      await limited.dispose();
    }
  });
});

describe("a request of another site without the lab cookie", () => {
  const starts = ["/api/lab", "/api/audit", "/api/lab/matrix", "/api/lab/exchanges"];

  test.for(starts)("starts no lab at %s, whatever it asks for", async (path) => {
    for (const [site, mode] of [
      ["cross-site", "no-cors"],
      ["cross-site", "cors"],
      ["same-site", "no-cors"],
    ] as const) {
      const headers = { "sec-fetch-site": site, "sec-fetch-mode": mode };
      const { status, code, setCookies } = await createVisitor(app).send("GET", path, { headers });
      expect([status, code, setCookies]).toEqual([404, "NOT_FOUND", []]);
    }
  });

  test("starts one where it is a navigation, and one that has the cookie is served", async () => {
    const visitor = createVisitor(app);
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await visitor.send("GET", "/api/lab", { headers })).setCookies).toHaveLength(1);
    const embedded = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" };
    expect((await visitor.send("GET", "/api/lab", { headers: embedded })).status).toBe(200);
  });
});
