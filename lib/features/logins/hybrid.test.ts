import { afterAll, describe, expect, test, vi } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { minute } from "../../core/time.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";
import { watchExchanges } from "../../testing/watch-exchanges.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const [access, refresh] = ["__Host-hybrid", "__Host-renewal"];
const variants = flows.flatMap(({ manifest }) => manifest.variants.map(({ id }): VariantId => id));
const hybrids = variants.filter((id) => id.startsWith("hybrid/"));

async function loggedIn(variant: VariantId, fields = {}): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant, fields)).status).toBe(200);
  return visitor;
}

async function advance(visitor: Visitor, by: number): Promise<void> {
  await visitor.another().post("/api/lab/clock", { advanceSeconds: by / 1000 });
}

const meOf = (visitor: Visitor) => visitor.get("/api/hybrid/me");

/** The same request, with a header of its own. */
function withHeader(visitor: Visitor, authorization: string, path = "/api/hybrid/me", method = "GET") {
  return visitor.send(method, path, { headers: { authorization } });
}

describe("a short token beside a revocable refresh id", () => {
  test("is accepted without a look-up; a refresh looks the record up once", async () => {
    const visitor = await loggedIn("hybrid/short-jwt");
    const watching = await watchExchanges(app, visitor);
    await meOf(visitor);
    await visitor.post("/api/hybrid/refresh");
    const [me, refreshed] = await watching.seen();
    expect(me?.steps.filter(({ actor }) => actor !== "flow").map(({ actor, did }) => [actor, did])).toEqual([
      ["keys", "verify"],
    ]);
    const asked = refreshed?.steps.filter(({ actor }) => actor === "store").map(({ did }) => did);
    expect(asked).toEqual(["find"]);
  });

  test("ends at its exp, and is renewed by its id, which stays the same", async () => {
    const visitor = await loggedIn("hybrid/short-jwt");
    const [token, id] = [visitor.cookies.get(access), visitor.cookies.get(refresh)];
    await advance(visitor, 15 * minute);
    expect((await meOf(visitor)).code).toBe("EXPIRED");
    expect((await visitor.post("/api/hybrid/refresh")).status).toBe(200);
    expect((await meOf(visitor)).status).toBe(200);
    expect(visitor.cookies.get(access)).not.toBe(token);
    expect(visitor.cookies.get(refresh)).toBe(id);
  });

  test("slides with each refresh, and ends after an idle time without a refresh", async () => {
    const visitor = await loggedIn("hybrid/short-jwt");
    for (let turn = 0; turn < 3; turn += 1) {
      await advance(visitor, 29 * minute);
      expect((await visitor.post("/api/hybrid/refresh")).status).toBe(200);
    }
    await advance(visitor, 30 * minute);
    expect((await visitor.post("/api/hybrid/refresh")).code).toBe("EXPIRED");
  });

  test("without its id is not renewed: NO_CREDENTIAL; a logout by the token alone still ends the record", async () => {
    const visitor = await loggedIn("hybrid/short-jwt");
    const thief = visitor.copy();
    visitor.cookies.delete(refresh);
    expect((await visitor.post("/api/hybrid/refresh")).code).toBe("NO_CREDENTIAL");
    expect((await visitor.post("/api/hybrid/logout")).status).toBe(204);
    expect((await thief.post("/api/hybrid/refresh")).code).toBe("REVOKED");
  });

  test("has an id that is refused in a body and in the access cookie", async () => {
    const visitor = await loggedIn("hybrid/short-jwt");
    const [token = "", id = ""] = [visitor.cookies.get(access), visitor.cookies.get(refresh)];
    expect((await visitor.another().post("/api/hybrid/refresh", { refresh_token: id })).code).toBe("NO_CREDENTIAL");
    const swapped = visitor.another();
    swapped.cookies.set(access, id).set(refresh, token);
    expect((await meOf(swapped)).code).toBe("INVALID_CREDENTIAL");
    expect((await swapped.post("/api/hybrid/refresh")).code).toBe("INVALID_CREDENTIAL");
  });
});

describe("bearer or session, on the same addresses", () => {
  const variant = "hybrid/bearer-or-session";

  test("a browser gets an id in a cookie and no token, a native client a token and no cookie", async () => {
    const browser = await enterLab(app);
    const inBrowser = await browser.logIn(variant);
    expect(inBrowser.body).not.toHaveProperty("access_token");
    expect([...browser.cookies.keys()]).toEqual(["__Host-lab", access]);
    const native = browser.another();
    const reply = await native.logIn(variant, { client: "native" });
    expect(reply.body).toMatchObject({ access_token: expect.any(String), token_type: "Bearer", expires_in: 8 * 3600 });
    expect(reply.setCookies).toEqual([]);
    native.cookies.clear();
    for (const path of ["/api/hybrid/me", "/api/user-info"]) expect((await native.get(path)).status).toBe(200);
  });

  test.for([
    ["Bearer garbage", "INVALID_CREDENTIAL"],
    ["Bearer", "NO_CREDENTIAL"],
    ["bearer two words", "NO_CREDENTIAL"],
  ] as const)("a good cookie does not make up for the header '%s': %s", async ([authorization, code]) => {
    for (const each of hybrids) {
      const visitor = await loggedIn(each);
      for (const path of ["me", "sessions"]) {
        expect((await withHeader(visitor, authorization, `/api/hybrid/${path}`)).code).toBe(code);
      }
      expect((await withHeader(visitor, authorization, "/api/user-info")).code).toBe(code);
      expect((await meOf(visitor)).status).toBe(200);
    }
  });

  test.for(hybrids)("a credential for a cookie is refused in the header, also with the cookie: %s", async (each) => {
    const visitor = await loggedIn(each);
    const inHeader = `Bearer ${visitor.cookies.get(access)}`;
    expect((await withHeader(visitor, inHeader)).code).toBe("INVALID_CREDENTIAL");
    expect((await withHeader(visitor, inHeader, "/api/user-info")).code).toBe("INVALID_CREDENTIAL");
  });

  test("with both, the header alone says who it is, and a logout ends both logins", async () => {
    const browser = await loggedIn(variant);
    const native = browser.another();
    await native.logIn(variant, { client: "native", username: "bob" });
    const both = browser.copy();
    both.accessToken = native.accessToken;
    expect((await meOf(both)).body).toMatchObject({ user: { username: "bob" } });
    expect((await both.get("/api/user-info")).body).toMatchObject({ user: { username: "bob" } });
    const { setCookies, status } = await both.post("/api/hybrid/logout");
    expect([status, setCookies]).toEqual([204, [expect.stringMatching(/^__Host-hybrid=; Max-Age=0;/)]]);
    expect((await meOf(native)).code).toBe("REVOKED");
    expect((await meOf(browser)).code).toBe("REVOKED");
  });

  test("each credential is refused in the place of the other", async () => {
    const browser = await loggedIn(variant);
    const native = browser.another();
    await native.logIn(variant, { client: "native" });
    expect((await withHeader(browser.another(), `Bearer ${browser.cookies.get(access)}`)).code).toBe(
      "INVALID_CREDENTIAL",
    );
    const thief = browser.another();
    thief.cookies.set(access, native.accessToken ?? "");
    expect((await meOf(thief)).code).toBe("INVALID_CREDENTIAL");
  });

  test("a token slides with its record, and ends with it at once", async () => {
    const native = await loggedIn(variant, { client: "native" });
    for (let turn = 0; turn < 3; turn += 1) {
      await advance(native, 29 * minute);
      expect((await meOf(native)).status).toBe(200);
    }
    const copy = native.copy();
    expect((await native.post("/api/hybrid/revoke", { scope: "current" })).body).toEqual({ revoked: 1 });
    expect((await meOf(copy)).code).toBe("REVOKED");
  });

  test("a password change gives a native client a new token, and ends the old one", async () => {
    const native = await loggedIn(variant, { client: "native" });
    const old = native.copy();
    const change = { current: "alice-likes-tea", next: "alice-likes-rain" };
    const reply = await native.post("/api/account/password", change);
    expect([reply.status, reply.body]).toEqual([200, expect.objectContaining({ access_token: expect.any(String) })]);
    expect(reply.setCookies).toEqual([]);
    expect([(await meOf(native)).status, (await meOf(old)).code]).toEqual([200, "REVOKED"]);
  });

  test("logging in again ends this client's login, and not that of another credential on the request", async () => {
    const browser = await loggedIn(variant);
    const native = browser.another();
    await native.logIn(variant, { client: "native" });
    const mixed = browser.copy();
    mixed.accessToken = native.accessToken;
    await mixed.logIn(variant);
    expect((await meOf(browser)).code).toBe("REVOKED");
    expect((await meOf(native)).status).toBe(200);
  });
});

describe("several ways under one cookie", () => {
  test.for(hybrids)("logging in with another variant ends the login of %s", async (before) => {
    for (const after of hybrids.filter((id) => id !== before)) {
      const visitor = await loggedIn(before);
      const copy = visitor.copy();
      await visitor.logIn(after);
      // What is not looked up lives to its exp, and what is only asked about is only not active; its record is over.
      const { code } = await (before === "hybrid/short-jwt" ? copy.post("/api/hybrid/refresh") : meOf(copy));
      expect([after, code]).toEqual([after, before === "hybrid/introspected" ? "INVALID_CREDENTIAL" : "REVOKED"]);
      const held = [...visitor.cookies.keys()];
      expect(held).toEqual(["__Host-lab", access, ...(after === "hybrid/short-jwt" ? [refresh] : [])]);
      expect((await visitor.post("/api/hybrid/logout")).status).toBe(204);
      expect([...visitor.cookies.keys()]).toEqual(["__Host-lab"]);
    }
  });
});

describe("a session that a service is asked about", () => {
  const variant = "hybrid/introspected";

  /** The service as another program sees it. */
  async function asClient(visitor: Visitor, path: string, fields: Record<string, string>) {
    const { oauth } = (await visitor.another().get("/api/lab")).body;
    const { issuer, clientId, clientSecret } = Object(oauth);
    const headers = {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    };
    const body = new URLSearchParams(fields).toString();
    return app.dispatch(new Request(`${issuer}/oauth/${path}`, { method: "POST", headers, body }));
  }

  test("is introspected once on each request, and the trace has the time of that", async () => {
    const visitor = await loggedIn(variant);
    const watching = await watchExchanges(app, visitor);
    await meOf(visitor);
    const me = (await watching.seen()).find(({ action }) => action === "me");
    const asked = me?.steps.filter(({ actor }) => actor !== "flow").map(({ actor, did, found }) => [actor, did, found]);
    expect(asked).toEqual([["service", "ask", "ok"]]);
    expect(me?.steps[0]?.took).toBeGreaterThan(0);
  });

  test("is introspected quietly when a lab's view is read, so that a watching page comes to rest", async () => {
    const visitor = await loggedIn(variant);
    const watching = await watchExchanges(app, visitor);
    // This one is told. What it asked with must not serve the reads after it.
    await meOf(visitor);
    for (const _ of [1, 2, 3]) expect((await visitor.get("/api/lab")).status).toBe(200);
    expect((await watching.seen()).map(({ action }) => action).sort()).toEqual(["introspect", "me"]);
  });

  test("is refused on the next request after it was revoked at the service", async () => {
    const visitor = await loggedIn(variant);
    expect((await meOf(visitor)).status).toBe(200);
    const token = visitor.cookies.get(access) ?? "";
    expect((await asClient(visitor, "revoke", { token })).status).toBe(200);
    expect((await meOf(visitor)).code).toBe("INVALID_CREDENTIAL");
  });

  test("is extended by introspection only if the person is active", async () => {
    const visitor = await loggedIn(variant);
    const token = visitor.cookies.get(access) ?? "";
    const ask = async (more = {}) => (await asClient(visitor, "introspect", { token, ...more })).json();
    const first = await ask();
    expect(first).toMatchObject({
      active: true,
      username: "alice",
      name: "Alice",
      role: "user",
      sid: expect.any(String),
    });
    await advance(visitor, 10 * minute);
    expect((await ask()).exp).toBe(first.exp);
    // The lab's clock runs on meanwhile.
    const extended = (await ask({ used: "true" })).exp - first.exp;
    expect([extended >= 600, extended < 660]).toEqual([true, true]);
    expect((await asClient(visitor, "introspect", { token: `${token}x` })).status).toBe(200);
  });

  test("is STORE_UNAVAILABLE if the service does not answer, and a logout still ends it", async () => {
    let answers = (): Promise<Response> => Promise.reject(new Error("Nobody is there"));
    const call = vi.fn(() => answers());
    const alone = await createTestApplication({}, { call });
    try {
      const visitor = await enterLab(alone);
      expect((await visitor.logIn(variant)).status).toBe(200);
      const odd = [
        () => Promise.resolve(new Response("{}", { status: 200 })),
        () => Promise.resolve(new Response("<html>", { status: 502 })),
        () => Promise.resolve(Response.json({ error: "invalid_client" }, { status: 401 })),
        () => Promise.resolve(Response.json({ active: true, sub: "alice" })),
      ];
      for (const each of [answers, ...odd]) {
        answers = each;
        for (const path of ["/api/hybrid/me", "/api/user-info"]) {
          const reply = await visitor.get(path);
          expect([reply.status, reply.code]).toEqual([503, "STORE_UNAVAILABLE"]);
        }
      }
      expect((await visitor.get("/api/lab")).body).toMatchObject({
        held: { hybrid: { login: { accepted: false, code: "STORE_UNAVAILABLE" } } },
      });
      expect((await visitor.post("/api/hybrid/logout")).status).toBe(204);
      expect(call).toHaveBeenCalled();
    } finally {
      await alone.dispose();
    }
  });
});
