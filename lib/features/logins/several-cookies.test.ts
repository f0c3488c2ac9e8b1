import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { cookiesOf } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants).filter(({ id }) => !app.missing.has(id));
const byCookie = variants.filter(({ holds }) =>
  holds.some(({ credential, travels }) => credential === "access" && travels === "cookie"),
);
const ended = byCookie.filter(({ cannot }) => cannot.list === undefined);

type Held = readonly (readonly [string, string])[];

const flowCookies = ({ cookies }: Visitor): Held => [...cookies].filter(([name]) => name !== "__Host-lab");

const choose = (visitor: Visitor, cookies: Readonly<Record<string, unknown>>) =>
  visitor.send("PATCH", "/api/lab/settings", { body: { cookies } });

/** Sends all of these cookies, as a browser that holds them at several places. */
function sendAll(visitor: Visitor, method: string, path: string, held: Held, body?: unknown) {
  const lab = visitor.cookies.get("__Host-lab") ?? "";
  const cookie = [["__Host-lab", lab] as const, ...held].map(([name, value]) => `${name}=${value}`).join("; ");
  const authorization = visitor.accessToken;
  visitor.accessToken = null;
  const reply = visitor.send(method, path, { headers: { cookie }, ...(body !== undefined && { body }) });
  visitor.accessToken = authorization;
  return reply;
}

/** A login under `Path=/api`, then one over it under the flow's own Path: the browser holds both. */
async function twice(id: (typeof variants)[number]["id"], second = "alice") {
  const visitor = await enterLab(app);
  await choose(visitor, { prefix: "", path: "/api" });
  expect((await visitor.logIn(id)).status).toBe(200);
  const old = flowCookies(visitor);
  await choose(visitor, { path: null });
  expect((await visitor.logIn(id, { username: second })).status).toBe(200);
  return { visitor, old, now: flowCookies(visitor), api: `/api/${flowOf(id)}` };
}

describe.for(byCookie)("$id", ({ id, cannot }) => {
  test("of several cookies of one name the first that is accepted counts, and a logout ends the login of each", async () => {
    const { visitor, old, now, api } = await twice(id);
    for (const held of [
      [...old, ...now],
      [...now, ...old],
    ]) {
      expect((await sendAll(visitor, "GET", `${api}/me`, held)).status).toBe(200);
    }
    const held = (await sendAll(visitor, "GET", "/api/lab", [...old, ...now])).body["held"];
    expect(held).toMatchObject({ [flowOf(id)]: { login: { accepted: true } } });
    if (!cannot.refresh) {
      // The answer is lost, so both tokens are still the browser's.
      expect((await sendAll(visitor, "POST", `${api}/refresh`, [...old, ...now])).status).toBe(200);
    }
    const logout = await sendAll(visitor, "POST", `${api}/logout`, [...old, ...now]);
    expect(logout.status).toBe(204);
    for (const [name] of now) {
      const lines = logout.setCookies.filter((line) => line.startsWith(`${name}=; Max-Age=0;`));
      expect([name, lines.map((line) => /Path=([^;]*)/.exec(line)?.[1]).sort()]).toEqual([name, ["/", "/api"]]);
    }
  });
});

describe.for(ended)("$id", ({ id }) => {
  test("after a logout no cookie that came along is accepted, nor renewed", async () => {
    // Two logins that know nothing of each other: the second came with no cookie.
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const other = visitor.another();
    await other.logIn(id);
    const [one, two] = [flowCookies(visitor), flowCookies(other)];
    const api = `/api/${flowOf(id)}`;
    expect((await sendAll(visitor, "POST", `${api}/logout`, [...one, ...two])).status).toBe(204);
    for (const held of [one, two]) expect(await isIn(visitor, id, held)).toBe(false);
  });

  test("a login ends the login of each cookie that came along", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const other = visitor.another();
    await other.logIn(id);
    const [one, two] = [flowCookies(visitor), flowCookies(other)];
    const body = { username: "bob", password: "bob-likes-coffee", variant: id };
    expect((await sendAll(visitor, "POST", `/api/${flowOf(id)}/login`, [...one, ...two], body)).status).toBe(200);
    for (const held of [one, two]) expect(await isIn(visitor, id, held)).toBe(false);
  });
});

/** By what its record decides: the cookie that renews, where there is one, else the one that proves who asks. */
async function isIn(visitor: Visitor, id: string, held: Held): Promise<boolean> {
  const api = `/api/${flowOf(id as `${string}/${string}`)}`;
  const refresh = await sendAll(visitor, "POST", `${api}/refresh`, held);
  return (refresh.status === 405 ? await sendAll(visitor, "GET", `${api}/me`, held) : refresh).status === 200;
}

function findModule(id: string): FlowModule {
  const found = modules.find(({ manifest }) => manifest.id === flowOf(id as `${string}/${string}`));
  if (!found) throw new Error(`There is no flow of ${id}`);
  return found;
}

test("two people's cookies of one name are AMBIGUOUS_CREDENTIALS, and one logout logs both out", async () => {
  for (const { id } of byCookie) {
    const visitor = await enterLab(app);
    await visitor.logIn(id);
    const other = visitor.another();
    await other.logIn(id, { username: "bob" });
    const both = [...flowCookies(visitor), ...flowCookies(other)];
    const api = `/api/${flowOf(id)}`;
    for (const path of [`${api}/me`, "/api/user-info"]) {
      const reply = await sendAll(visitor, "GET", path, both);
      expect([id, path, reply.status, reply.code]).toEqual([id, path, 409, "AMBIGUOUS_CREDENTIALS"]);
    }
    if (cookiesOf(findModule(id).manifest, "refresh").some((name) => visitor.cookies.has(name))) {
      expect((await sendAll(visitor, "POST", `${api}/refresh`, both)).code).toBe("AMBIGUOUS_CREDENTIALS");
    }
    expect((await sendAll(visitor, "POST", `${api}/logout`, both)).status).toBe(204);
    expect((await sendAll(visitor, "GET", `${api}/me`, [])).code).toBe("NO_CREDENTIAL");
  }
});

test("at most eight cookies of one name are tried", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/sql");
  const [good = ["", ""] as const] = flowCookies(visitor);
  const bad = Array.from({ length: 8 }, (): readonly [string, string] => [
    good[0],
    `${labIdOf(app, visitor)}.sql.${randomBytes(32).toString("base64url")}`,
  ]);
  const me = (held: Held) => sendAll(visitor, "GET", "/api/server-session/me", held);
  expect((await me([...bad.slice(1), good])).status).toBe(200);
  expect((await me([...bad, good])).code).toBe("INVALID_CREDENTIAL");
  // A logout ends all the same what came along.
  expect((await sendAll(visitor, "POST", "/api/server-session/logout", [...bad, good])).status).toBe(204);
  expect((await me([good])).code).toBe("REVOKED");
});

test("with all settings as usual again, a logout ends and deletes the cookies of each earlier Path, Domain and prefix", async () => {
  for (const id of [
    "server-session/sql",
    "cookie/sealed",
    "memory-jwt/http-only-cookie",
    "hybrid/short-jwt",
  ] as const) {
    const visitor = await enterLab(app);
    const chosen = [
      { prefix: "", path: "/api", domain: null },
      { prefix: "__Secure-", path: "/", domain: "example.org" },
    ];
    const held: (readonly [string, string])[] = [];
    for (const cookies of chosen) {
      await choose(visitor, cookies);
      const browser = visitor.another();
      expect((await browser.logIn(id)).status).toBe(200);
      held.push(...flowCookies(browser));
    }
    await choose(visitor, { prefix: null, path: null, domain: null });
    const api = `/api/${flowOf(id)}`;
    // Such a name promises less, so it does not count.
    expect((await sendAll(visitor, "GET", `${api}/me`, held)).code).toBe("NO_CREDENTIAL");
    const { setCookies } = await sendAll(visitor, "POST", `${api}/logout`, held);
    for (const [name] of held) {
      const lines = setCookies.filter((line) => line.startsWith(`${name}=; Max-Age=0;`));
      expect([id, name, lines.length]).toEqual([id, name, 1]);
      expect(lines[0]).toMatch(name.startsWith("__Secure-") ? /Domain=example\.org/ : /Path=\/api(;|$)/);
    }
    const live = { labId: labIdOf(app, visitor), endedAt: null };
    const { loginRecord, refreshFamily } = app.database.client;
    expect([await loginRecord.count({ where: live }), await refreshFamily.count({ where: live })]).toEqual([0, 0]);
  }
});

test("a lab whose cookies are all at their own place remembers none", async () => {
  const visitor = await enterLab(app);
  await choose(visitor, { sameSite: "strict", maxAge: 60 });
  for (const { id } of byCookie) await visitor.logIn(id);
  const lab = await app.database.client.lab.findUnique({ where: { id: labIdOf(app, visitor) } });
  expect(lab?.cookiePlaces).toBe("[]");
});

describe("a cookie whose store does not answer", () => {
  let down: TestApplication | null = null;
  afterAll(() => down?.dispose());

  test("makes the request STORE_UNAVAILABLE, also beside an accepted one: whose it is cannot be told", async () => {
    down = await createTestApplication({ REDIS_URL: "redis://127.0.0.1:1" });
    const visitor = await enterLab(down);
    await visitor.logIn("server-session/sql");
    const context = await down.labContexts.find(labIdOf(down, visitor));
    await context?.enable("server-session/redis");
    const [good = ["", ""] as const] = flowCookies(visitor);
    const lost = [good[0], `${labIdOf(down, visitor)}.redis.${"x".repeat(43)}`] as const;
    for (const held of [
      [lost, good],
      [good, lost],
    ]) {
      expect((await sendAll(visitor, "GET", "/api/server-session/me", held)).code).toBe("STORE_UNAVAILABLE");
    }
    expect((await sendAll(visitor, "GET", "/api/server-session/me", [good])).status).toBe(200);
  });
});
