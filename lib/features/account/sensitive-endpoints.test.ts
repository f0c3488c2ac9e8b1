import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);

describe.for(variants)("$id", ({ id, settings, claims, cannot }) => {
  const api = `/api/${flowOf(id)}`;

  async function loggedIn() {
    const alice = await enterLab(app);
    expect((await alice.logIn(id)).status).toBe(200);
    return alice;
  }

  test("a transfer answers the new balance", async () => {
    const alice = await loggedIn();
    const reply = await alice.post(`${api}/transfer`, { to: "bob", amount: 30 });
    expect([reply.status, reply.body]).toEqual([200, { balance: 70 }]);
  });

  test("an impossible transfer is UNPROCESSABLE, names the field, and moves no coins", async () => {
    const alice = await loggedIn();
    const cases = [
      [{ to: "bob", amount: 101 }, /^amount: /],
      [{ to: "bob", amount: 0 }, /^amount: /],
      [{ to: "bob", amount: 1.5 }, /^amount: /],
      [{ to: "alice", amount: 1 }, /^to: /],
      [{ to: "nobody here", amount: 1 }, /^to: /],
    ] as const;
    for (const [body, detail] of cases) {
      const reply = await alice.post(`${api}/transfer`, body);
      expect([body, reply.code, reply.body["detail"]]).toEqual([body, "UNPROCESSABLE", expect.stringMatching(detail)]);
    }
    expect((await alice.post(`${api}/transfer`, { to: "bob", amount: 1 })).body).toEqual({ balance: 99 });
  });

  test("[ASVS 7.5.3] [ASVS 10.3.4] a large transfer needs a password given in the last five minutes, a small one does not", async () => {
    const alice = await loggedIn();
    await alice.post("/api/lab/clock", { advanceSeconds: 301 });
    const much = await alice.post(`${api}/transfer`, { to: "bob", amount: 51 });
    expect([much.status, much.code]).toEqual([403, "REAUTHENTICATION_REQUIRED"]);
    expect((await alice.post(`${api}/transfer`, { to: "bob", amount: 50 })).body).toEqual({ balance: 50 });
  });

  test("[ASVS 7.5.3] [NIST 5.1.2] using a login does not make it fresh: only the password does", async () => {
    const alice = await loggedIn();
    for (let minutes = 0; minutes < 6; minutes += 2) {
      await alice.post("/api/lab/clock", { advanceSeconds: 120 });
      await alice.get(`${api}/me`);
    }
    expect((await alice.post(`${api}/transfer`, { to: "bob", amount: 60 })).code).toBe("REAUTHENTICATION_REQUIRED");
    const wrong = await alice.post(`${api}/reauthenticate`, { password: "not this one" });
    expect([wrong.status, wrong.code]).toEqual([401, "BAD_CREDENTIALS"]);
    expect((await alice.post(`${api}/transfer`, { to: "bob", amount: 60 })).code).toBe("REAUTHENTICATION_REQUIRED");
    expect((await alice.post(`${api}/reauthenticate`, { password: "alice-likes-tea" })).status).toBe(200);
    expect((await alice.post(`${api}/transfer`, { to: "bob", amount: 60 })).body).toEqual({ balance: 40 });
  });

  test("[ASVS 7.5.2 reauthenticated: cannot] ending logins does not ask for the password again", async () => {
    const alice = await loggedIn();
    await alice.post("/api/lab/clock", { advanceSeconds: 301 });
    const { status, code } = await alice.post(`${api}/revoke`, { scope: "all" });
    expect([status, code]).toEqual(cannot.revoke ? [405, "NOT_SUPPORTED"] : [200, null]);
  });

  const over = claims["replay-after-logout"]?.[0]?.outcome;
  // Only a record ends one login. A version ends all logins of a person, and a denylist ends only the token that a logout
  // shows, so with both the old credential stays valid.
  const looksUpRecords = settings.revocation === "none" && over !== "exposed";
  test(`[ASVS 7.2.4${looksUpRecords ? "" : ": cannot"}] reauthenticating gives a new credential, and ends the old one where records are looked up`, async () => {
    const alice = await loggedIn();
    const before = alice.copy();
    expect((await alice.post(`${api}/reauthenticate`, { password: "alice-likes-tea" })).status).toBe(200);
    expect((await alice.get(`${api}/me`)).status).toBe(200);
    const held = ({ cookies, refreshToken }: Visitor) => [...cookies.values(), refreshToken];
    expect(held(alice)).not.toEqual(held(before));
    expect((await before.get(`${api}/me`)).code ?? "exposed").toBe(looksUpRecords ? over : "exposed");
  });

  test("a transfer is logged with person and amount, and without a credential", async () => {
    const alice = await loggedIn();
    await alice.post(`${api}/transfer`, { to: "bob", amount: 5 });
    await expect
      .poll(async () => (await alice.get("/api/audit")).body["events"])
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: "coins-transferred", user: "alice", detail: "5 to bob", variant: id }),
          expect.objectContaining({ type: "logged-in", user: "alice", variant: id }),
        ]),
      );
    const told = (await alice.get("/api/audit")).text;
    for (const value of alice.cookies.values()) expect(told).not.toContain(value);
    if (alice.accessToken) expect(told).not.toContain(alice.accessToken);
  });
});

test("a record says until when its login is elevated: an earlier time in it wants the password again", async () => {
  const alice = await enterLab(app);
  await alice.logIn("server-session/sql");
  const labId = app.labContexts.labIdOf(alice.cookies.get("__Host-lab") ?? "");
  const actions = async () => [
    (await alice.post("/api/server-session/payment")).code,
    (await alice.post("/api/server-session/transfer", { to: "bob", amount: 51 })).code,
  ];
  await app.database.client.loginRecord.updateMany({ where: { labId }, data: { elevatedUntil: 0n } });
  expect(await actions()).toEqual(["REAUTHENTICATION_REQUIRED", "REAUTHENTICATION_REQUIRED"]);
  expect((await alice.post("/api/server-session/reauthenticate", { password: "alice-likes-tea" })).status).toBe(200);
  expect(await actions()).toEqual([null, null]);
});

test("guessing the password to reauthenticate is limited like guessing it to log in", async () => {
  const limited = await createTestApplication({ LOGIN_ATTEMPTS: "3" });
  const alice = await enterLab(limited);
  await alice.logIn("hybrid/allowlist");
  // A known device has a counter of its own.
  alice.device.clear();
  const codes: unknown[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    codes.push((await alice.post("/api/hybrid/reauthenticate", { password: "not this one" })).code);
  }
  expect(codes).toEqual(["BAD_CREDENTIALS", "BAD_CREDENTIALS", "BAD_CREDENTIALS", "TOO_MANY_REQUESTS"]);
  await limited.dispose();
});

describe("the events of a lab", () => {
  test("are answered page by page, newest first", async () => {
    const alice = await enterLab(app);
    for (let login = 0; login < 5; login += 1) await alice.logIn("server-session/sql");
    await expect.poll(async () => idsOf(await alice.get("/api/audit"))).toHaveLength(5);
    const all = idsOf(await alice.get("/api/audit"));
    const first = await alice.get("/api/audit?limit=3");
    const second = await alice.get(`/api/audit?limit=3&before=${first.body["next"]}`);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(all);
    expect(second.body["next"]).toBeNull();
    expect(all).toEqual([...all].sort((a, b) => b - a));
  });

  test.for(["limit=0", "limit=201", "limit=x", "before=-1", "other=1"])("refuse ?%s", async (query) => {
    const reply = await (await enterLab(app)).get(`/api/audit?${query}`);
    expect([reply.status, reply.code]).toEqual([422, "UNPROCESSABLE"]);
  });

  test("outside lab mode are for an admin", async () => {
    const production = await createTestApplication({ NODE_ENV: "production", LAB_MODE: "" });
    const context = await production.labContexts.open("main");
    const passwordHash = await production.passwords.hash("a quite different horse");
    for (const [username, role] of [
      ["carol", "user"],
      ["root", "admin"],
    ] as const) {
      await context.people.add({ username, displayName: username, role, passwordHash });
    }
    const visitor = createVisitor(production);
    expect((await visitor.get("/api/audit")).code).toBe("NO_CREDENTIAL");
    await visitor.logIn("hybrid/allowlist", { username: "carol", password: "a quite different horse" });
    expect((await visitor.get("/api/audit")).code).toBe("FORBIDDEN");
    await visitor.logIn("hybrid/allowlist", { username: "root", password: "a quite different horse" });
    expect((await visitor.get("/api/audit")).status).toBe(200);
    await production.dispose();
  });
});

function idsOf(reply: { readonly body: Readonly<Record<string, unknown>> }): readonly number[] {
  const events: unknown = reply.body["events"];
  return Array.isArray(events) ? events.map((event) => Number(event.id)) : [];
}
