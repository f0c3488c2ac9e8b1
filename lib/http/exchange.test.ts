import { afterAll, describe, expect, test, vi } from "vitest";
import { minute } from "../core/time.ts";
import { flows } from "../flows/registry.ts";
import type { Exchange } from "../lab/feed/exchange.ts";
import type { LabView } from "../lab/lab-view.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab, type Visitor } from "../testing/visitor.ts";
import { type Watching, watchExchanges } from "../testing/watch-exchanges.ts";
import { recordExchange } from "./record-exchange.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const isListOrNull = (held: unknown) => held === null || Array.isArray(held);
const labOf = ({ cookies }: Visitor) => app.labContexts.labIdOf(cookies.get("__Host-lab") ?? "");
const isWatched = (visitor: Visitor) => app.app.exchanges.isWatched(labOf(visitor));

const watch = (visitor: Visitor, headers?: Record<string, string>) => watchExchanges(app, visitor, headers);

describe("an exchange", () => {
  test("is recorded only while a page watches, and for a minute after", async () => {
    const visitor = await enterLab(app);
    await visitor.get("/api/cookie/me");
    expect(isWatched(visitor)).toBe(false);

    const first = await watch(visitor);
    expect(isWatched(visitor)).toBe(true);
    await first.stop();
    await visitor.get("/api/hybrid/me");
    const second = await watch(visitor);
    expect((await second.seen()).map(({ request }) => request.path)).toEqual(["/api/hybrid/me"]);
    await second.stop();

    const later = app.systemClock.now() + minute + 1;
    vi.spyOn(app.systemClock, "now").mockReturnValue(later);
    expect(isWatched(visitor)).toBe(false);
  });

  test.for(flows)("has request, answer and calls to ports with $manifest.id", async ({ manifest }) => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    const reply = await visitor.logIn(manifest.defaults.lab);
    const [exchange] = await seen();
    expect(exchange).toEqual({
      id: 1,
      at: expect.any(Number),
      clockOffset: 0,
      flow: manifest.id,
      action: "login",
      variant: manifest.defaults.lab,
      device: "unknown client",
      request: {
        method: "POST",
        path: `/api/${manifest.id}/login`,
        headers: expect.arrayContaining([["content-type", "application/json"]]),
        body: JSON.stringify({ username: "alice", password: "•••", variant: manifest.defaults.lab }),
      },
      response: {
        status: 200,
        headers: expect.arrayContaining([
          ["cache-control", "no-store"],
          ["vary", reply.headers.get("vary")],
          ...reply.setCookies.map((line) => ["set-cookie", line]),
        ]),
        body: reply.text,
      },
      code: null,
      steps: expect.any(Array),
      held: { before: expect.toSatisfy(isListOrNull), after: expect.toSatisfy(isListOrNull) },
      took: expect.any(Number),
    });
    const step = { actor: expect.any(String), did: expect.any(String), found: expect.any(String) };
    for (const each of exchange?.steps ?? []) {
      // The flow's own verdict is given by no line of the flow, but by its end.
      const asked = each.actor !== "flow" && { at: { file: expect.any(String), line: expect.any(Number) } };
      expect(each).toEqual({
        ...step,
        ...asked,
        startedAfter: expect.any(Number),
        took: expect.any(Number),
      });
    }
    expect(exchange?.steps).toContainEqual(expect.objectContaining({ actor: "users", did: "verify", found: "found" }));
  });

  test("that was refused has the code, the flow and the variant", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    await visitor.logIn("server-session/sql");
    const copy = visitor.copy();
    await visitor.post("/api/server-session/logout");
    await copy.get("/api/server-session/me");
    const refused = (await seen()).at(-1);
    expect(refused).toMatchObject({
      code: "REVOKED",
      flow: "server-session",
      variant: "server-session/sql",
      action: "me",
    });
    expect(refused?.response.status).toBe(401);
    expect(refused?.steps).toContainEqual(expect.objectContaining({ actor: "store", did: "find", found: "found" }));
  });

  test("with a changed cookie has the step that refused, and the answer does not", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    await visitor.logIn("cookie/signed");
    const [name, value = ""] = [...visitor.cookies].find(([each]) => each === "__Host-login") ?? [];
    visitor.cookies.set(
      name ?? "",
      value.replace(/.$/, (last) => (last === "A" ? "E" : "A")),
    );
    const reply = await visitor.get("/api/cookie/me");
    expect(reply.code).toBe("INVALID_CREDENTIAL");
    expect(reply.text).not.toContain("signature");
    const found = "INVALID_CREDENTIAL at signature";
    expect((await seen()).at(-1)?.steps).toContainEqual(
      expect.objectContaining({ actor: "cookie", did: "read", found }),
    );
  });

  test("of an admin belongs to the admin's login, not to the one that it ended", async () => {
    const admin = await enterLab(app);
    await admin.logIn("server-session/sql", { username: "admin" });
    const { people } = (await admin.get("/api/lab")).body;
    const id = Array.isArray(people) ? people[0].id : "";
    const { seen } = await watch(admin);
    await admin.post(`/api/admin/users/${id}/revoke`);
    expect(await seen()).toMatchObject([{ flow: "server-session", variant: "server-session/sql", action: "revoke" }]);
  });

  test("that only reads the lab is not told", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    await visitor.get("/api/lab");
    await visitor.post("/api/lab/experiments/nonesuch", { variants: ["cookie/sealed"] });
    await (await watch(visitor)).stop();
    expect(await seen()).toEqual([]);
  });

  test("[ASVS 16.2.5] of every flow never holds a password, wherever it was typed", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    for (const { manifest } of flows) {
      const login = `/api/${manifest.id}/login`;
      await visitor.logIn(manifest.defaults.lab);
      await visitor.logIn(manifest.defaults.lab, { password: "typed-wrong" });
      const typed = [
        '{"username":"alice","password":"typed-unfinished',
        '{"username":"alice","Password":"typed-misspelt"}',
        '{"username":"alice","password":["typed-in-a-list"]}',
        '{"username":"alice","password":"typed-too","typed-as-a-name":1}',
        '{"username":"alice","password":"typed-once","password":"typed-twice"}',
        '"typed-alone"',
        "username=alice&password=typed-in-a-form",
      ];
      for (const body of typed) await visitor.send("POST", login, { body });
    }
    const account = "/api/account/password";
    await visitor.post(account, { current: "typed-wrong", next: "typed-next" });
    await visitor.post(account, { current: "alice-likes-tea", next: "typed" });
    const basic = btoa("alice:typed-in-a-header");
    await visitor.send("GET", "/api/user-info", { headers: { authorization: `Basic ${basic}` } });
    visitor.accessToken = null;
    expect((await visitor.post(account, { current: "alice-likes-tea", next: "typed-at-last" })).status).toBe(204);

    const exchanges = await seen();
    // One change too short, one with a wrong current one, one done: all of them were recorded.
    expect(exchanges.filter(({ action }) => action === "password")).toHaveLength(3);
    const told = JSON.stringify(exchanges);
    for (const secret of ["typed", "alice-likes", basic])
      expect([secret, told.includes(secret)]).toEqual([secret, false]);
  });

  test("never holds the lab cookie, in any spelling", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    const value = visitor.cookies.get("__Host-lab") ?? "";
    const spellings = [
      `__Host-lab=${value}`,
      `a=b; __Host-lab=${value}; c=d`,
      `__Host-lab =${value}`,
      `__Host-lab\t = ${value} ;a=b`,
      `__Host-lab=${value}; __Host-lab=${value}`,
      `a=b;__Host-lab=${value}`,
    ];
    for (const cookie of spellings) await visitor.send("GET", "/api/cookie/me", { headers: { cookie } });
    const exchanges = await seen();
    expect(exchanges).toHaveLength(spellings.length);
    for (const { request } of exchanges)
      expect(JSON.stringify(request).includes(value) ? request.headers : []).toEqual([]);
    // What else stands beside it is told.
    expect(exchanges[1]?.request.headers).toContainEqual(["cookie", "a=b; __Host-lab=…; c=d"]);
  });

  test("has a bounded size: bodies, headers and steps", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    await visitor.logIn("server-session/sql");
    const { json } = Response;
    vi.spyOn(Response, "json").mockImplementationOnce(({ user, ...me }, init) =>
      json({ ...me, user: { ...user, displayName: "x".repeat(10_000) } }, init),
    );
    const answered = await visitor.get("/api/server-session/me");
    const credential = "y".repeat(8000);
    await visitor.post("/api/lab/try", { flow: "cookie", credential });
    await visitor.send("GET", "/api/cookie/me", { headers: { origin: "z".repeat(10_000) } });
    const [, me, tried, headed] = await seen();
    expect(answered.text.length).toBeGreaterThan(10_000);
    expect(me?.response.body).toBe(answered.text.slice(0, 4096));
    expect(tried?.request.body).toBe(JSON.stringify({ flow: "cookie", credential }).slice(0, 4096));
    expect(headed?.request.headers).toContainEqual(["origin", "z".repeat(8192)]);
  });

  test("has at most 200 steps, including the one that refused", () => {
    const request = new Request(`${app.env.origin}/api/cookie/me`);
    const client = { ip: "::1", userAgent: "", device: "" };
    const { trace } = recordExchange(app.app, { request, body: "", client });
    const step = { actor: "store", did: "find", found: "nothing", startedAfter: 0, took: 0 } as const;
    for (let each = 0; each < 1000; each++) trace.record(step);
    expect(trace.steps()).toHaveLength(200);
    trace.stopped("FORBIDDEN");
    expect(trace.steps()).toHaveLength(200);
    expect(trace.steps().at(-1)).toMatchObject({ actor: "edge", found: "FORBIDDEN" });
  });
});

describe("a request that is refused before its lab is resolved", () => {
  const early: readonly [string, string, number, string, string, RequestInit][] = [
    [
      "another site's",
      "/api/hybrid/login",
      403,
      "CROSS_SITE_REQUEST",
      "origin",
      { headers: { "sec-fetch-site": "cross-site" } },
    ],
    ["a wrong method", "/api/hybrid/login", 405, "METHOD_NOT_ALLOWED", "method", { method: "DELETE" }],
    ["an unknown address", "/api/hybrid/nonesuch", 404, "NOT_FOUND", "address", {}],
    ["a form", "/api/hybrid/login", 415, "UNSUPPORTED_MEDIA_TYPE", "body", { body: "password=typed" }],
    [
      "a body without its fields",
      "/api/hybrid/login",
      422,
      "UNPROCESSABLE",
      "body",
      { body: "{}", headers: { "content-type": "application/json" } },
    ],
    ["a huge body", "/api/hybrid/login", 413, "PAYLOAD_TOO_LARGE", "body", { body: "x".repeat(20_000) }],
  ];

  test.for(early)("%s is told in the lab whose cookie it carries", async ([, path, status, code, did, init]) => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    const cookie = `__Host-lab=${visitor.cookies.get("__Host-lab")}`;
    const send = (headers: HeadersInit) =>
      app.dispatch(
        new Request(`${app.env.origin}${path}`, { method: "POST", ...init, headers: { ...init.headers, ...headers } }),
      );
    const [told, untold] = [await send({ cookie }), await send({})];
    const exchanges = await seen();
    expect(exchanges).toMatchObject([{ flow: "hybrid", code, response: { status }, request: { path, body: null } }]);
    expect(exchanges[0]?.steps).toEqual([
      { actor: "edge", did, found: code, startedAfter: expect.any(Number), took: 0 },
    ]);
    // The sender of the request learns no more from this.
    expect([told.status, await told.text()]).toEqual([untold.status, await untold.text()]);
    expect([...told.headers]).toEqual([...untold.headers]);
  });

  test("makes no lab, and is not kept in an unwatched lab", async () => {
    const cookie = app.labContexts.mintLabCookie();
    const headers = { cookie: `__Host-lab=${cookie}`, "sec-fetch-site": "cross-site" };
    await app.dispatch(new Request(`${app.env.origin}/api/cookie/login`, { method: "POST", headers }));
    expect(await app.labContexts.find(app.labContexts.labIdOf(cookie))).toBeNull();
    const visitor = await enterLab(app);
    await visitor.send("POST", "/api/cookie/login", { headers: { "sec-fetch-site": "cross-site" } });
    expect(await (await watch(visitor)).seen()).toEqual([]);
  });
});

describe("an OAuth client's call", () => {
  const introspect = async (visitor: Visitor, secret: string | null, token: string, sent = {}) => {
    const { oauth, lab } = (await visitor.another().get("/api/lab")).body as unknown as Pick<LabView, "oauth" | "lab">;
    const basic = btoa(`${oauth.clientId}:${secret ?? oauth.clientSecret}`);
    const headers = { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded", ...sent };
    const body = `token=${token}&client_secret=${oauth.clientSecret}`;
    const url = `${app.env.origin}/api/labs/${lab.id}/oauth/introspect`;
    await app.dispatch(new Request(url, { method: "POST", headers, body }));
    return { basic, secret: oauth.clientSecret };
  };

  test("is told in its lab with the steps of the flow, and without its secret", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("memory-jwt/rotating");
    const { seen } = await watch(visitor);
    const { basic, secret } = await introspect(visitor, null, visitor.accessToken ?? "");
    const [exchange] = await seen();
    expect(exchange).toMatchObject({ flow: "memory-jwt", variant: "memory-jwt/rotating", action: "introspect" });
    expect(exchange?.steps).toContainEqual(expect.objectContaining({ actor: "keys", did: "verify", found: "ok" }));
    for (const each of [basic, secret]) expect(JSON.stringify(exchange)).not.toContain(each);
  });

  test("is told without cookies, which belong to another login", async () => {
    const [visitor, stranger] = [await enterLab(app), await enterLab(app)];
    await stranger.logIn("server-session/sql");
    const { seen } = await watch(visitor);
    const cookie = [...stranger.cookies].map((pair) => pair.join("=")).join("; ");
    await introspect(visitor, null, "nonsense", { cookie });
    const told = await seen();
    expect(told).toMatchObject([{ action: "introspect" }]);
    expect(told[0]?.request.headers.map(([name]) => name)).not.toContain("cookie");
    for (const value of stranger.cookies.values()) expect(JSON.stringify(told)).not.toContain(value);
  });

  test("by another client than the lab's is not told", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watch(visitor);
    await introspect(visitor, "guessed", "nonsense");
    expect(await seen()).toEqual([]);
  });
});

describe("the stream", () => {
  test("consists of server-sent events: id, name and a line of JSON each", async () => {
    const visitor = await enterLab(app);
    const { response, next } = await watch(visitor);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    await visitor.get("/api/cookie/me");
    await visitor.get("/api/hybrid/me");
    expect(await next()).toMatch(/^id: [0-9a-f]{20}\.\w+\.1\nevent: exchange\ndata: \{"at":[^\n]+\}\n\n$/);
    expect(await next()).toMatch(/^id: \S+\.2\nevent: exchange\ndata: [^\n]+\n\n$/);
  });

  test("resumes after Last-Event-ID or ?after=, and starts anew for an id of another lab or process", async () => {
    const visitor = await enterLab(app);
    const { next, stop } = await watch(visitor);
    await visitor.get("/api/cookie/me");
    const series = /^id: (.+)\.1\n/.exec(await next())?.[1] ?? "";
    await stop();
    for (const { manifest } of flows.slice(1)) await visitor.get(`/api/${manifest.id}/me`);
    const ids = async (watching: Promise<Watching>) => (await (await watching).seen()).map(({ id }) => id);
    const since = (last: string) => ids(watch(visitor, { "last-event-id": last }));
    expect(await since(`${series}.2`)).toEqual([3, 4]);
    // Each look adds one of its own, which is not told here.
    expect(await ids(watchExchanges(app, visitor, {}, `?after=${series}.3`))).toEqual([4]);
    const elsewhere = `${"0".repeat(20)}.abc.2`;
    for (const last of ["2", elsewhere, `${series}.999`, `${series}.-1`, `${series}.2.5`, `${series}.x`, series, ""])
      expect([last, (await since(last)).slice(0, 4)]).toEqual([last, [1, 2, 3, 4]]);
  });

  test("keeps only the last exchanges", async () => {
    const visitor = await enterLab(app);
    await (await watch(visitor)).stop();
    for (let each = 1; each <= 75; each++) await visitor.get("/api/hybrid/me");
    const { next } = await watch(visitor);
    expect(await next()).toMatch(/^id: \S+\.16\n/);
  });

  test("is sent to all visitors of its lab and to no other lab", async () => {
    const [visitor, stranger] = [await enterLab(app), await enterLab(app)];
    const [tab, otherTab, elsewhere] = [await watch(visitor), await watch(visitor), await watch(stranger)];
    await visitor.logIn("hybrid/allowlist");
    const actions = (exchanges: readonly Exchange[]) => exchanges.map(({ action }) => action);
    expect(actions(await tab.seen())).toEqual(["login"]);
    expect(actions(await otherTab.seen())).toEqual(["login"]);
    expect(actions(await elsewhere.seen())).toEqual([]);
  });

  test("forgets exchanges from before a reset", async () => {
    const visitor = await enterLab(app);
    await (await watch(visitor)).stop();
    await visitor.logIn("hybrid/allowlist");
    await visitor.copy().post("/api/lab/reset");
    expect(await (await watch(visitor)).seen()).toEqual([]);
  });

  test("ends when its lab is reset", async () => {
    const visitor = await enterLab(app);
    const { next } = await watch(visitor);
    await visitor.copy().post("/api/lab/reset");
    expect(await next()).toBe("");
  });
});
