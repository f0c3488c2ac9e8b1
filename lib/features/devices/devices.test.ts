import { afterAll, expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { demoPasswords } from "../../server/demo-people.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, type Visitor } from "../../testing/visitor.ts";
import { watchExchanges } from "../../testing/watch-exchanges.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const ids = flows.map(({ manifest }) => manifest.id);

function from(visitor: Visitor, device: string, flow: string, path: string, body?: object, method = "POST") {
  return visitor.post("/api/lab/devices", { device, flow, method, path, ...(body && { body }) });
}

const credentials = (username: string) => ({ username, password: demoPasswords[username] });

async function withPhone(): Promise<Visitor> {
  const visitor = await enterLab(app);
  for (const id of ids)
    expect(await statusOf(visitor, "phone", id, `/api/${id}/login`, credentials("alice"))).toBe(200);
  return visitor;
}

async function statusOf(...sent: Parameters<typeof from>): Promise<unknown> {
  const reply = await from(...sent);
  expect(reply.status).toBe(200);
  return reply.body["status"];
}

test("a phone logs in with every flow, keeps each login apart, and sets no cookie in the browser", async () => {
  const visitor = await withPhone();
  for (const id of ids) expect(await statusOf(visitor, "phone", id, `/api/${id}/me`, undefined, "GET")).toBe(200);
  expect((await visitor.get("/api/lab/devices")).body).toEqual({ phone: ids, admin: [] });
  expect([...visitor.cookies.keys()]).toEqual(["__Host-lab"]);
});

test("a phone that logged out holds neither cookies nor tokens of its logins", async () => {
  const visitor = await withPhone();
  for (const id of ids) expect(await statusOf(visitor, "phone", id, `/api/${id}/logout`)).toBe(204);
  expect((await visitor.get("/api/lab/devices")).body).toEqual({ phone: [], admin: [] });
});

test("the browser ends the phone's login by revoking the others, and the phone is told REVOKED", async () => {
  const visitor = await withPhone();
  await visitor.logIn("server-session/sql");
  expect((await visitor.post("/api/server-session/revoke", { scope: "others" })).body["revoked"]).toBe(1);
  const asked = await from(visitor, "phone", "server-session", "/api/server-session/me", undefined, "GET");
  expect(asked.body).toMatchObject({ status: 401, code: "REVOKED" });
});

test("an admin's device lowers and raises a role while the browser belongs to somebody else", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("cookie/sealed");
  await from(visitor, "admin", "server-session", "/api/server-session/login", credentials("admin"));
  const people: unknown = (await visitor.get("/api/lab")).body["people"];
  const alice = Array.isArray(people) ? people.find(({ username }) => username === "alice") : null;
  const roleNow = async () => {
    const { body } = await visitor.get("/api/lab");
    return Array.isArray(body["people"]) ? body["people"].find(({ id }) => id === alice.id).role : null;
  };
  for (const role of ["admin", "user"]) {
    const answer = await from(visitor, "admin", "server-session", `/api/admin/users/${alice.id}/role`, { role });
    expect([answer.body["status"], await roleNow()]).toEqual([204, role]);
  }
});

test("a device's exchanges are told with its name, and the request that sent it is not", async () => {
  const visitor = await enterLab(app);
  const watching = await watchExchanges(app, visitor);
  await from(visitor, "phone", "cookie", "/api/cookie/login", credentials("alice"));
  expect((await watching.seen()).map(({ device, action }) => `${device} ${action}`)).toEqual([
    "Safari on iOS, phone login",
  ]);
  await watching.stop();
});

test.for([
  "/api/lab/reset",
  "/api/lab/devices",
  "/api/labs/x/token",
  "http://example.com/",
  "/api/../lab",
  "/api/cookie/me?x",
])("a device sends nothing to %s", async (path) => {
  const visitor = await enterLab(app);
  expect((await from(visitor, "phone", "cookie", path)).code).toBe("UNPROCESSABLE");
});

test("a device needs a lab and a flow that there are", async () => {
  expect((await from(createVisitor(app), "phone", "cookie", "/api/cookie/me")).code).toBe("UNPROCESSABLE");
  expect((await from(await enterLab(app), "phone", "kerberos", "/api/cookie/me")).code).toBe("UNPROCESSABLE");
});

test("a reset forgets the devices", async () => {
  const visitor = await withPhone();
  await visitor.post("/api/lab/reset");
  const again = createVisitor(app, visitor.cookies);
  expect((await again.get("/api/lab/devices")).body).toEqual({ phone: [], admin: [] });
});
