import { afterAll, expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { minute, second } from "../../core/time.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import type { CopyView } from "../../lab/feed/copies-view.ts";
import { plugKinds } from "../../lab/feed/plug.ts";
import { demoPasswords } from "../../server/demo-people.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";
import { experimentOf } from "./event-of-plug.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const defaults = flows.map(({ manifest }) => manifest.defaults.lab);
const shown = flows.flatMap(({ manifest }) =>
  manifest.variants.flatMap((variant: Variant) =>
    variant.id === manifest.defaults.lab ? [{ manifest, variant }] : [],
  ),
);

async function copiesIn(visitor: Visitor) {
  const labId = labIdOf(app, visitor);
  await app.copies.settled(labId);
  return app.copies.view(labId);
}

/** What is shown of each copy: `cookie access: REVOKED`. */
async function verdictsIn(visitor: Visitor) {
  const view = await copiesIn(visitor);
  return (view?.copies ?? []).map(said);
}

function said({ flow, credential, verdict }: CopyView): string {
  const words = verdict === null ? "not looked at" : verdict.accepted ? `in as ${verdict.role}` : verdict.code;
  return `${flow} ${credential}: ${words}`;
}

async function logInWith(ids: readonly VariantId[], visitor?: Visitor): Promise<Visitor> {
  const who = visitor ?? (await enterLab(app));
  for (const id of ids) expect((await who.logIn(id)).status).toBe(200);
  return who;
}

async function logOutOfAll(visitor: Visitor): Promise<void> {
  for (const id of defaults) await visitor.post(`/api/${flowOf(id)}/logout`);
}

async function asAdmin(visitor: Visitor, action: string, body?: object): Promise<void> {
  const admin = visitor.another();
  await admin.logIn("server-session/sql", { username: "admin" });
  const { body: lab } = await admin.get("/api/lab");
  const people: unknown = lab["people"];
  const alice = Array.isArray(people) ? people.find(({ username }) => username === "alice") : null;
  expect((await admin.post(`/api/admin/users/${alice.id}/${action}`, body)).status).toBeLessThan(300);
}

test("before a plug every copy of a login is kept, and none is looked at", async () => {
  const visitor = await logInWith(defaults);
  expect(await verdictsIn(visitor)).toEqual([
    "cookie access: not looked at",
    "server-session access: not looked at",
    "memory-jwt access: not looked at",
    "memory-jwt refresh: not looked at",
    "hybrid access: not looked at",
  ]);
  expect((await copiesIn(visitor))?.plugs).toEqual([]);
});

test("after a logout of the four defaults the cookie and the access token are still in, and the others are REVOKED", async () => {
  const visitor = await logInWith(defaults);
  await logOutOfAll(visitor);
  expect(await verdictsIn(visitor)).toEqual([
    "cookie access: in as user",
    "server-session access: REVOKED",
    "memory-jwt access: in as user",
    "memory-jwt refresh: REVOKED",
    "hybrid access: REVOKED",
  ]);
});

test("after a logout each copy has the reason of its variant, in one sentence", async () => {
  const visitor = await logInWith(defaults);
  await logOutOfAll(visitor);
  expect((await copiesIn(visitor))?.copies.map(({ reason }) => reason)).toEqual([
    "The server kept nothing, so it has nothing to end.",
    "The logout ended its row, and every request looks there.",
    "The server believes the signature and asks nobody else.",
    "The logout ended its family, and every refresh looks there.",
    "Its signature is good, but the logout ended its row.",
  ]);
});

test("a logout of one flow starts the rows of that flow alone", async () => {
  const visitor = await logInWith(defaults);
  await visitor.post("/api/hybrid/logout");
  const view = await copiesIn(visitor);
  expect(view?.copies.filter(({ plugs }) => plugs.length > 0).map(({ flow }) => flow)).toEqual(["hybrid"]);
});

test("a logout that comes without a credential marks no copy", async () => {
  const visitor = await logInWith(["cookie/sealed"]);
  expect((await visitor.another().post("/api/cookie/logout")).status).toBe(204);
  expect((await copiesIn(visitor))?.plugs).toEqual([]);
});

test("a logout of one person leaves another person's copies, also of the same user agent, without a mark", async () => {
  const visitor = await logInWith(["cookie/sealed"]);
  const bob = visitor.another();
  await bob.logIn("cookie/sealed", { username: "bob" });
  await bob.post("/api/cookie/logout");
  const view = await copiesIn(visitor);
  expect(view?.copies.map(({ username, plugs }) => [username, plugs.length])).toEqual([
    ["alice", 0],
    ["bob", 1],
  ]);
});

test("a login that slid, was refreshed or got a new password is still the one that its logout ends", async () => {
  const visitor = await logInWith(["cookie/sealed", "memory-jwt/rotating"]);
  await visitor.post("/api/memory-jwt/refresh");
  visitor.accessToken = null;
  await visitor.post("/api/lab/clock", { advanceSeconds: (10 * minute) / second });
  expect((await visitor.get("/api/cookie/me")).setCookies.length).toBeGreaterThan(0);
  await visitor.post("/api/account/password", { current: demoPasswords["alice"], next: "a quite different horse" });
  const before = (await copiesIn(visitor))?.plugs.length ?? 0;
  for (const flow of ["cookie", "memory-jwt"]) await visitor.post(`/api/${flow}/logout`);
  const told = (await copiesIn(visitor))?.plugs.slice(before);
  expect(told?.map(({ kind, username }) => `${kind} ${username}`)).toEqual(["log-out alice", "log-out alice"]);
});

test("a moved clock marks no copy that another cause had ended", async () => {
  const visitor = await enterLab(app);
  await visitor.send("PATCH", "/api/lab/settings", { body: { parallelLogins: 1 } });
  await logInWith(["server-session/sql"], visitor);
  await visitor.another().logIn("server-session/sql");
  await visitor.post("/api/lab/clock", { advanceSeconds: 60 });
  const view = await copiesIn(visitor);
  expect(view?.copies[0]?.verdict).toMatchObject({ code: "REVOKED" });
  expect(view?.plugs).toEqual([]);
});

test("a revocation that a flow does not have marks its copy, which gets in", async () => {
  const visitor = await logInWith(["cookie/sealed"]);
  expect((await visitor.post("/api/cookie/revoke", { scope: "all" })).status).toBe(405);
  const view = await copiesIn(visitor);
  expect(view?.plugs.map(({ kind }) => kind)).toEqual(["revoke-all"]);
  expect(await verdictsIn(visitor)).toEqual(["cookie access: in as user"]);
});

test("a look neither extends nor rotates a login, and lists none", async () => {
  const visitor = await logInWith(["memory-jwt/rotating"]);
  const before = await visitor.get("/api/lab");
  await visitor.post("/api/lab/forget-memory");
  await copiesIn(visitor);
  const after = await visitor.get("/api/lab");
  const recordsOf = ({ body }: typeof after) => JSON.stringify(Reflect.get(Object(body["held"]), "memory-jwt").records);
  expect(recordsOf(after)).toBe(recordsOf(before));
});

test("a new login moves the copies before it under earlier, and the third drops the first", async () => {
  const visitor = await logInWith(["server-session/sql"]);
  await logInWith(["server-session/sql"], visitor);
  const earlier = async () => (await copiesIn(visitor))?.copies.map((copy) => [copy.login, copy.earlier]);
  expect(await earlier()).toEqual([
    [1, true],
    [2, false],
  ]);
  await logInWith(["server-session/sql"], visitor);
  expect(await earlier()).toEqual([
    [2, true],
    [3, false],
  ]);
});

test("revoking the others ends the copies of other devices, and marks only those", async () => {
  const visitor = await logInWith(["server-session/sql"]);
  const phone = visitor.another();
  const headers = { "user-agent": "a phone" };
  const body = { username: "alice", password: demoPasswords["alice"], variant: "server-session/sql" };
  await phone.send("POST", "/api/server-session/login", { body, headers });
  await visitor.post("/api/server-session/revoke", { scope: "others" });
  const view = await copiesIn(visitor);
  expect(view?.copies.map(({ device, plugs, verdict }) => [device, plugs.length, verdict?.accepted])).toEqual([
    [view?.copies[0]?.device, 0, true],
    [view?.copies[1]?.device, 1, false],
  ]);
});

test("after the role was lowered a copy says the role that it acts with, and whether that is today's", async () => {
  const visitor = await enterLab(app);
  await asAdmin(visitor, "role", { role: "admin" });
  await logInWith(["cookie/sealed", "server-session/sql"], visitor);
  await asAdmin(visitor, "role", { role: "user" });
  const view = await copiesIn(visitor);
  const ofAlice = view?.copies.filter(({ username }) => username === "alice");
  expect(ofAlice?.map(({ verdict, alarm }) => verdict?.accepted && [verdict.role, verdict.authority, alarm])).toEqual([
    ["admin", "stale", true],
    ["user", "current", false],
  ]);
});

test("a clock move marks the copies that reached their end by it, and leaves the others", async () => {
  const visitor = await logInWith(defaults);
  await visitor.post("/api/lab/clock", { advanceSeconds: (31 * minute) / second });
  const view = await copiesIn(visitor);
  const marks = view?.copies.map(({ flow, credential, plugs }) => `${flow} ${credential} ${plugs.length}`);
  expect(marks).toEqual([
    "cookie access 1",
    "server-session access 1",
    "memory-jwt access 1",
    "memory-jwt refresh 0",
    "hybrid access 1",
  ]);
});

test("a copy that ended keeps the time for which it was let in", async () => {
  const visitor = await logInWith(["memory-jwt/rotating"]);
  await visitor.post("/api/memory-jwt/logout");
  await visitor.post("/api/lab/clock", { advanceSeconds: (10 * minute) / second });
  await copiesIn(visitor);
  await visitor.post("/api/lab/clock", { advanceSeconds: (6 * minute) / second });
  const access = (await copiesIn(visitor))?.copies.find(({ credential }) => credential === "access");
  expect(access?.verdict).toMatchObject({ accepted: false, code: "EXPIRED" });
  expect(access?.letIn.map(({ from, to }) => [from, to].map((at) => Math.round(at / 60)))).toEqual([
    [0, 0],
    [10, 10],
  ]);
});

test("a reset forgets all copies", async () => {
  const visitor = await logInWith(defaults);
  const labId = labIdOf(app, visitor);
  await visitor.post("/api/lab/reset");
  expect(app.copies.view(labId).copies).toEqual([]);
});

test("no copy's value is in what is shown", async () => {
  const visitor = await logInWith(defaults);
  const values = [...visitor.cookies.values(), visitor.accessToken ?? ""].filter((value) => value.length > 20);
  expect(values.length).toBe(6);
  await logOutOfAll(visitor);
  const text = JSON.stringify(await copiesIn(visitor));
  for (const value of values) expect(text).not.toContain(value);
});

/** The plugs of the matrix that each flow is asked for, and the experiment that claims their result. */
const ofFlow: Readonly<Record<string, (visitor: Visitor, flow: string) => Promise<unknown>>> = {
  "replay-after-logout": (visitor, flow) => visitor.post(`/api/${flow}/logout`),
  "revoke-this": (visitor, flow) => visitor.post(`/api/${flow}/revoke`, { scope: "current" }),
  "replay-after-revoke-all": (visitor, flow) => visitor.post(`/api/${flow}/revoke`, { scope: "all" }),
  "revoke-others": async (visitor, flow) =>
    (await elsewhere(visitor, flow)).post(`/api/${flow}/revoke`, { scope: "others" }),
  "revoke-another": async (visitor, flow) => {
    const second = await elsewhere(visitor, flow);
    const { sessions = [] } = (await second.get(`/api/${flow}/sessions`)).body as {
      readonly sessions?: readonly { readonly id: string; readonly current: boolean }[];
    };
    const other = sessions.find(({ current }) => !current);
    return other && second.post(`/api/${flow}/revoke`, { session: other.id });
  },
};

/** Those that act on all flows at once. */
const ofLab: Readonly<Record<string, (visitor: Visitor) => Promise<unknown>>> = {
  "password-change": (visitor) =>
    visitor.post("/api/account/password", { current: demoPasswords["alice"], next: "a quite different horse" }),
  "admin-ends-all": (visitor) => asAdmin(visitor, "revoke"),
  "user-disabled": (visitor) => asAdmin(visitor, "disable"),
  "role-lowered": (visitor) => asAdmin(visitor, "role", { role: "user" }),
  "keys-rotated": (visitor) => visitor.post("/api/lab/keys/rotate", { overlap: false }),
  "memory-lost": (visitor) => visitor.post("/api/lab/forget-memory"),
};

/** The same person in a second browser. */
async function elsewhere(visitor: Visitor, flow: string): Promise<Visitor> {
  const second = visitor.another();
  for (const id of defaults.filter((each) => flowOf(each) === flow)) await second.logIn(id);
  return second;
}

/** The copies of alice's first logins, in the order of the flows, once this was done to each of them. */
async function judgedAfter(event: string): Promise<readonly string[]> {
  const visitor = await enterLab(app);
  if (event === "role-lowered") await asAdmin(visitor, "role", { role: "admin" });
  await logInWith(defaults, visitor);
  const { accessToken } = visitor;
  for (const id of defaults) {
    // As a page: it sends the token to its own flow alone.
    visitor.accessToken = flowOf(id) === "memory-jwt" ? accessToken : null;
    await ofFlow[event]?.(visitor, flowOf(id));
  }
  await ofLab[event]?.(visitor);
  const { copies } = await copiesIn(visitor);
  const ofAlice = copies.filter(({ username }) => username === "alice");
  const first = ofAlice.filter(({ flow, login }) => login === ofAlice.find((each) => each.flow === flow)?.login);
  return first.map(said);
}

const events = [...Object.keys(ofFlow), ...Object.keys(ofLab)];

test.for(events)("the copies of the four defaults are judged after %s as the matrix claims", async (event) => {
  const claimed = shown.flatMap(({ manifest, variant }) =>
    variant.holds.map(({ credential }) => {
      const claim = variant.claims[event]?.find((each) => each.credential === credential);
      const role = claim?.outcome === "exposed" && claim.authority === "stale" ? "admin" : "user";
      return `${manifest.id} ${credential}: ${claim?.outcome === "exposed" ? `in as ${role}` : claim?.outcome}`;
    }),
  );
  expect(await judgedAfter(event)).toEqual(claimed);
});

test("every plug that the matrix has an event for is among them: it has none for a raised role and for a moved clock", () => {
  const compared: readonly string[] = events;
  const others = plugKinds.filter((kind) => !compared.includes(experimentOf(kind) ?? ""));
  expect(others).toEqual(["raise-role", "clock"]);
});
