import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import { flows } from "../../flows/registry.ts";
import { keeperOf } from "../../stores/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { idsOfPeople } from "../../testing/two-labs.ts";
import { enterLab, flowOf, type Reply, type Visitor } from "../../testing/visitor.ts";
import type { CountsView, PeopleView, PersonOfLab } from "./model.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
const listable = variants.filter(({ cannot }) => !cannot.list);
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

async function enterAsAdmin(): Promise<Visitor> {
  const admin = await enterLab(app);
  expect((await admin.logIn("hybrid/allowlist", { username: "admin" })).status).toBe(200);
  return admin;
}

async function peopleOf(admin: Visitor, query = ""): Promise<PeopleView> {
  const reply = await admin.get(`/api/admin/users${query}`);
  expect(reply.status).toBe(200);
  return JSON.parse(reply.text);
}

async function personOf(admin: Visitor, username: string): Promise<PersonOfLab> {
  const found = (await peopleOf(admin)).people.find((person) => person.username === username);
  if (!found) throw new Error(`${username} is not listed`);
  return found;
}

async function end(admin: Visitor, username: string, body?: object): Promise<Reply> {
  const id = (await idsOfPeople(admin)).get(username);
  return admin.post(`/api/admin/users/${id}/revoke`, body);
}

describe("an admin sees the people of the lab", () => {
  test("with role, switch and live logins, each once and as in the list of sessions", async () => {
    const admin = await enterAsAdmin();
    const alice = admin.another();
    for (const { id } of variants) await alice.another().logIn(id);
    const { people, cannotList, unanswered, next } = await peopleOf(admin);
    expect(people.map(({ username, role, disabled }) => [username, role, disabled])).toEqual([
      ["admin", "admin", false],
      ["alice", "user", false],
      ["bob", "user", false],
    ]);
    const [self, hers, his] = people.map(({ logins }) => logins);
    expect(hers?.map(({ variant }) => variant)).toEqual(listable.map(({ id }) => id));
    expect(hers?.map(({ flow }) => flow)).toEqual(listable.map(({ id }) => flowOf(id)));
    const from = { device: expect.any(String), ip: expect.any(String) };
    const times = { createdAt: iso, lastSeenAt: iso, expiresAt: iso };
    expect(hers?.[0]).toEqual({
      ...{ flow: "server-session", variant: "server-session/sql", id: expect.any(String), current: false },
      ...times,
      ...from,
    });
    expect(self).toMatchObject([{ variant: "hybrid/allowlist", current: true }]);
    expect(his).toEqual([]);
    expect(cannotList).toEqual(
      variants
        .filter(({ cannot }) => cannot.list)
        .map(({ id, cannot: { list } }) => ({ flow: flowOf(id), variant: id, why: list })),
    );
    expect({ unanswered, next }).toEqual({ unanswered: [], next: null });
  });

  test("without ended logins", async () => {
    const admin = await enterAsAdmin();
    const [out, disabled] = [admin.another(), admin.another()];
    await out.logIn("server-session/sql");
    await out.post("/api/server-session/logout");
    await disabled.logIn("memory-jwt/rotating", { username: "bob" });
    const bob = (await idsOfPeople(admin)).get("bob");
    await admin.post(`/api/admin/users/${bob}/disable`);
    expect(await personOf(admin, "alice")).toMatchObject({ logins: [] });
    expect(await personOf(admin, "bob")).toMatchObject({ disabled: true, logins: [] });
  });

  test("page by page, by username", async () => {
    const admin = await enterAsAdmin();
    const first = await peopleOf(admin, "?limit=2");
    expect(first.people.map(({ username }) => username)).toEqual(["admin", "alice"]);
    expect(first.next).toBe("alice");
    const rest = await peopleOf(admin, `?limit=2&after=${first.next}`);
    expect([rest.people.map(({ username }) => username), rest.next]).toEqual([["bob"], null]);
    for (const query of ["limit=0", "limit=101", "limit=x", "page=2"]) {
      expect((await admin.get(`/api/admin/users?${query}`)).code).toBe("UNPROCESSABLE");
    }
  });

  test("and a user without the role is refused", async () => {
    const admin = await enterAsAdmin();
    const alice = admin.another();
    expect((await alice.get("/api/admin/users")).code).toBe("NO_CREDENTIAL");
    await alice.logIn("cookie/sealed");
    expect((await alice.get("/api/admin/users")).code).toBe("FORBIDDEN");
    await end(admin, "admin");
    expect((await admin.get("/api/admin/users")).code).toBe("REVOKED");
  });
});

describe("an admin ends one login of somebody", () => {
  test.for(listable)("[ASVS 7.4.5] $id: the named login ends and no other", async ({ id, cannot, settings }) => {
    const admin = await enterAsAdmin();
    const [one, other] = [admin.another(), admin.another()];
    for (const each of [one, other]) await each.logIn(id);
    const mine = await sessionOf(one, id);
    const { status, body } = await end(admin, "alice", { flow: flowOf(id), session: mine });
    expect([status, body]).toEqual([200, { revoked: 1, cannot: [] }]);
    const left = (await personOf(admin, "alice")).logins.map((login) => login.id);
    expect(left).toEqual([await sessionOf(other, id)]);
    const door = cannot.refresh ? one.get(`/api/${flowOf(id)}/me`) : one.post(`/api/${flowOf(id)}/refresh`);
    // A session service says of one that is over only that it is not active.
    const over = settings.proof === "id-introspected" ? "INVALID_CREDENTIAL" : "REVOKED";
    expect([id, settings.store, (await door).code]).toEqual([id, settings.store, over]);
    expect((await end(admin, "alice", { flow: flowOf(id), session: mine })).body).toEqual({ revoked: 0, cannot: [] });
  });

  test("only if it is a login of the named person", async () => {
    const admin = await enterAsAdmin();
    const alice = admin.another();
    await alice.logIn("server-session/sql");
    const session = await sessionOf(alice, "server-session/sql");
    expect((await end(admin, "bob", { flow: "server-session", session })).body).toMatchObject({ revoked: 0 });
    expect((await end(admin, "alice", { flow: "hybrid", session })).body).toMatchObject({ revoked: 0 });
    expect((await alice.get("/api/server-session/me")).status).toBe(200);
  });

  test("is refused where the flow cannot end a single login, and UNPROCESSABLE if incomplete", async () => {
    const admin = await enterAsAdmin();
    const cookie = await end(admin, "alice", { flow: "cookie", session: "x" });
    const known = modules.find(({ manifest }) => manifest.id === "cookie")?.manifest.variants ?? [];
    expect([cookie.status, cookie.code]).toEqual([405, "NOT_SUPPORTED"]);
    expect(known.flatMap(({ cannot }) => Object.values(cannot))).toContain(cookie.body["detail"]);
    for (const body of [{ flow: "hybrid" }, { session: "x" }, { flow: "nonesuch", session: "x" }, { scope: "all" }]) {
      expect([body, (await end(admin, "alice", body)).code]).toEqual([body, "UNPROCESSABLE"]);
    }
  });
});

async function sessionOf(visitor: Visitor, id: VariantId): Promise<string> {
  const { sessions } = (await visitor.get(`/api/${flowOf(id)}/sessions`)).body;
  const own = Array.isArray(sessions) ? sessions.find(({ current }) => current) : null;
  return String(own?.id);
}

/** One login with each variant, by where it is kept. */
function expectedCounts(): Record<string, number> {
  const expected: Record<string, number> = {};
  for (const { id, settings, cannot } of variants.filter((variant) => variant.settings.store !== undefined)) {
    const family = !cannot.refresh && settings.proof === undefined;
    // What is cached are the rows of SQL.
    const store = settings.store && keeperOf(settings.store);
    const name = `${flowOf(id)} ${family ? "refresh family" : "session"} ${store}`;
    expected[name] = (expected[name] ?? 0) + 1;
    if (flowOf(id) === "server-session") expected[`server-session payment session ${store}`] = 0;
  }
  return expected;
}

describe("counts", () => {
  const countsOf = async (admin: Visitor): Promise<CountsView> =>
    JSON.parse((await admin.get("/api/admin/counts")).text);
  const summed = ({ live }: CountsView) =>
    Object.fromEntries(live.map(({ flow, kind, store, count }) => [`${flow} ${kind} ${store}`, count]));

  test("are the live records by flow and store, and go down when a login ends", async () => {
    const admin = await enterAsAdmin();
    for (const { id } of variants) await admin.another().logIn(id);
    const before = summed(await countsOf(admin));
    const expected = expectedCounts();
    // The admin's own besides.
    expect(before).toEqual({ ...expected, "hybrid session sql": (expected["hybrid session sql"] ?? 0) + 1 });
    await end(admin, "alice");
    expect(summed(await countsOf(admin))).toEqual({
      ...Object.fromEntries(Object.keys(before).map((name) => [name, 0])),
      "hybrid session sql": 1,
    });
  });

  test("have the size of the denylist, the number of people, and the last clean-up", async () => {
    const admin = await enterAsAdmin();
    expect(await countsOf(admin)).toMatchObject({ deniedTokens: 0, people: 3 });
    const alice = admin.another();
    await alice.logIn("memory-jwt/denylist");
    await alice.post("/api/memory-jwt/logout");
    const swept = await app.sweep();
    expect(await countsOf(admin)).toMatchObject({ deniedTokens: 1, cleanUp: { at: iso, ...swept } });
  });

  test("are for an admin only", async () => {
    const admin = await enterAsAdmin();
    const alice = admin.another();
    expect((await alice.get("/api/admin/counts")).code).toBe("NO_CREDENTIAL");
    await alice.logIn("server-session/sql");
    expect((await alice.get("/api/admin/counts")).code).toBe("FORBIDDEN");
  });
});
