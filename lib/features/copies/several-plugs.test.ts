import { afterAll, expect, test } from "vitest";
import { minute, second } from "../../core/time.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

async function loggedIn(...ids: Parameters<Visitor["logIn"]>[0][]): Promise<Visitor> {
  const visitor = await enterLab(app);
  for (const id of ids) expect((await visitor.logIn(id)).status).toBe(200);
  return visitor;
}

async function copiesIn(visitor: Visitor) {
  const labId = labIdOf(app, visitor);
  await app.copies.settled(labId);
  return app.copies.view(labId);
}

/** Of each copy: the plugs that it met, and the reason of its verdict. */
async function metBy(visitor: Visitor) {
  const { copies, plugs } = await copiesIn(visitor);
  const kindOf = (id: number) => plugs.find((plug) => plug.id === id)?.kind;
  return copies.map((copy) => ({ met: copy.plugs.map(kindOf).join(", "), reason: copy.reason }));
}

async function setRole(visitor: Visitor, role: string): Promise<void> {
  const admin = visitor.another();
  await admin.logIn("server-session/sql", { username: "admin" });
  const { people } = (await admin.get("/api/lab")).body;
  const alice = Array.isArray(people) ? people.find(({ username }) => username === "alice") : null;
  expect((await admin.post(`/api/admin/users/${alice.id}/role`, { role })).status).toBe(204);
}

test("a copy that a restart ended is not marked by a later logout, and its reason stays", async () => {
  const visitor = await loggedIn("server-session/memory");
  await visitor.post("/api/lab/forget-memory");
  await copiesIn(visitor);
  await visitor.post("/api/server-session/logout");
  expect(await metBy(visitor)).toEqual([
    { met: "restart", reason: "The restart emptied the memory that held its record." },
  ]);
});

test("a copy that a logout left in and that new keys ended has the reason of the keys", async () => {
  const visitor = await loggedIn("cookie/sealed");
  await visitor.post("/api/cookie/logout");
  await copiesIn(visitor);
  await visitor.post("/api/lab/keys/rotate", { overlap: false });
  expect(await metBy(visitor)).toEqual([{ met: "log-out, rotate-keys", reason: "The new keys do not open its seal." }]);
});

test("a copy that was revoked keeps the time and the reason of its end after a later plug", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/sql");
  await setRole(visitor, "admin");
  const own = async () => (await copiesIn(visitor)).copies.find(({ username }) => username === "alice");
  const first = await own();
  expect(first?.verdict).toMatchObject({ accepted: false, code: "REVOKED" });
  await visitor.post("/api/server-session/logout");
  expect(await own()).toEqual(first);
});

test("a copy with the role from before a promotion says that no request looks the role up", async () => {
  const visitor = await loggedIn("cookie/sealed");
  await setRole(visitor, "admin");
  const { copies } = await copiesIn(visitor);
  expect(copies.find(({ username }) => username === "alice")).toMatchObject({
    verdict: { accepted: true, role: "user", authority: "stale" },
    reason: "The role stands in the cookie, and no request looks it up.",
  });
});

test("logouts of several flows at the same time each mark their own copy", async () => {
  const visitor = await loggedIn("server-session/sql", "hybrid/allowlist");
  await Promise.all(["server-session", "hybrid"].map((flow) => visitor.post(`/api/${flow}/logout`)));
  expect((await metBy(visitor)).map(({ met }) => met)).toEqual(["log-out", "log-out"]);
});

test("what a copy got in for with the role of now is no alarm, also once it has ended", async () => {
  const visitor = await enterLab(app);
  await setRole(visitor, "admin");
  await visitor.logIn("server-session/sql");
  await setRole(visitor, "user");
  await visitor.post("/api/lab/clock", { advanceSeconds: (31 * minute) / second });
  const own = (await copiesIn(visitor)).copies.find(({ username }) => username === "alice");
  expect(own?.verdict).toMatchObject({ accepted: false, code: "EXPIRED" });
  expect(own?.letIn.map(({ alarm }) => alarm)).not.toContain(true);
  expect(own?.letIn.length).toBeGreaterThan(0);
});

test("what a copy got in for with a role that was taken away stays an alarm once it has ended", async () => {
  const visitor = await enterLab(app);
  await setRole(visitor, "admin");
  await visitor.logIn("cookie/sealed");
  await setRole(visitor, "user");
  await visitor.post("/api/lab/clock", { advanceSeconds: (31 * minute) / second });
  const own = (await copiesIn(visitor)).copies.find(({ username }) => username === "alice");
  expect(own?.letIn.map(({ alarm }) => alarm)).toEqual([true]);
});

test("the end of one login by its id marks the copy of that login alone, also before any copy was looked at", async () => {
  const visitor = await loggedIn("server-session/sql");
  const phone = visitor.another();
  const headers = { "user-agent": "a phone" };
  const body = { username: "alice", password: "alice-likes-tea", variant: "server-session/sql" };
  await phone.send("POST", "/api/server-session/login", { body, headers });
  const { sessions } = (await visitor.get("/api/server-session/sessions")).body;
  const other = Array.isArray(sessions) ? sessions.find(({ current }) => !current) : null;
  expect((await visitor.post("/api/server-session/revoke", { session: other.id })).status).toBe(200);
  expect((await metBy(visitor)).map(({ met }) => met)).toEqual(["", "revoke-one"]);
});
