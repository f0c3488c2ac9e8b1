import { afterAll, describe, expect, test } from "vitest";
import { holdingOf } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, credentialCookies, enterLab, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ manifest, variant })));
const next = "alice-likes-rain";
const changed = { current: "alice-likes-tea", next };

async function loggedIn(visitor: Visitor, variant: `${string}/${string}`, fields = {}): Promise<Visitor> {
  expect((await visitor.logIn(variant, fields)).status).toBe(200);
  return visitor;
}

describe("user-info", () => {
  test.for(variants)("recognises the credential of $variant.id", async ({ manifest, variant }) => {
    const visitor = await loggedIn(await enterLab(app), variant.id);
    const reply = await visitor.get("/api/user-info");
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      user: { id: expect.any(String), username: "alice", displayName: "Alice", role: "user" },
      authType: manifest.id,
    });
  });

  test("cookies of two people on one request are AMBIGUOUS_CREDENTIALS, of one person not", async () => {
    const visitor = await loggedIn(await enterLab(app), "cookie/sealed");
    await loggedIn(visitor, "hybrid/allowlist");
    expect((await visitor.get("/api/user-info")).status).toBe(200);
    await loggedIn(visitor, "server-session/sql", { username: "bob" });
    const reply = await visitor.get("/api/user-info");
    expect([reply.status, reply.code]).toEqual([409, "AMBIGUOUS_CREDENTIALS"]);
    expect(reply.headers.has("www-authenticate")).toBe(false);
    // Nor does it act for one of them.
    expect((await visitor.post("/api/account/password", changed)).code).toBe("AMBIGUOUS_CREDENTIALS");
    expect((await visitor.post("/api/admin/users/anybody/revoke")).code).toBe("AMBIGUOUS_CREDENTIALS");
  });

  test("an ended cookie does not hide a good one of another flow", async () => {
    const visitor = await loggedIn(await enterLab(app), "hybrid/allowlist");
    visitor.cookies.set("__Host-sid", "garbage");
    expect((await visitor.get("/api/user-info")).body["authType"]).toBe("hybrid");
  });

  test("a bearer token decides alone, also with an invalid token", async () => {
    const visitor = await loggedIn(await enterLab(app), "server-session/sql");
    await loggedIn(visitor, "memory-jwt/rotating", { username: "bob" });
    expect((await visitor.get("/api/user-info")).body).toMatchObject({ user: { username: "bob" } });
    const withHeader = (authorization: string) => visitor.send("GET", "/api/user-info", { headers: { authorization } });
    expect((await withHeader("Bearer garbage")).code).toBe("INVALID_CREDENTIAL");
    expect((await withHeader("Bearer")).code).toBe("NO_CREDENTIAL");
  });

  test("a refresh cookie is no proof of who asks", async () => {
    const visitor = await loggedIn(await enterLab(app), "memory-jwt/rotating");
    visitor.accessToken = null;
    expect((await visitor.get("/api/user-info")).code).toBe("NO_CREDENTIAL");
    expect((await visitor.get("/api/memory-jwt/me")).code).toBe("NO_CREDENTIAL");
  });

  test.for(variants)(
    "a credential of $variant.id names its lab itself, and counts in no other",
    async ({ variant }) => {
      const visitor = await loggedIn(await enterLab(app), variant.id);
      visitor.cookies.delete("__Host-lab");
      expect((await visitor.get("/api/user-info")).status).toBe(200);
      visitor.cookies.set("__Host-lab", (await enterLab(app)).cookies.get("__Host-lab") ?? "");
      expect((await visitor.get("/api/user-info")).code).toBe("INVALID_CREDENTIAL");
    },
  );
});

describe.for(variants)("a password change with $variant.id", ({ manifest, variant }) => {
  const api = `/api/${manifest.id}`;
  const tokensInBody = holdingOf(variant, "refresh")?.travels === "body";

  test("[ASVS 6.2.2] is answered with the new tokens where the page keeps both, else with 204; the new password logs in and the old one no longer does", async () => {
    const visitor = await loggedIn(await enterLab(app), variant.id);
    const reply = await visitor.post("/api/account/password", changed);
    expect([reply.status, reply.text === ""]).toEqual(tokensInBody ? [200, false] : [204, true]);
    expect((await visitor.another().logIn(variant.id)).code).toBe("BAD_CREDENTIALS");
    expect((await visitor.another().logIn(variant.id, { password: next })).status).toBe(200);
  });

  const exposed = variant.claims["password-change"]?.some(({ outcome }) => outcome === "exposed") ? ": cannot" : "";
  test(`[ASVS 7.4.3${exposed}] ends the other logins as this variant claims`, async () => {
    const visitor = await loggedIn(await enterLab(app), variant.id);
    const other = await loggedIn(visitor.another(), variant.id);
    await visitor.post("/api/account/password", changed);
    const observed = {
      access: (await other.get(`${api}/me`)).code,
      refresh: (await other.post(`${api}/refresh`)).code,
    };
    const claims = variant.claims["password-change"] ?? [];
    expect(claims.length).toBeGreaterThan(0);
    for (const { credential, outcome } of claims) {
      expect([credential, observed[credential] ?? "exposed"]).toEqual([credential, outcome]);
    }
  });

  test("keeps the login that asked for it, with a new credential", async () => {
    const visitor = await loggedIn(await enterLab(app), variant.id);
    const before = visitor.copy();
    await visitor.post("/api/account/password", changed);
    const names = credentialCookies(variant);
    for (const name of names) expect(visitor.cookies.get(name)).not.toBe(before.cookies.get(name));
    if (tokensInBody) expect(visitor.refreshToken).not.toBe(before.refreshToken);
    if (holdingOf(variant, "refresh")) expect((await visitor.post(`${api}/refresh`)).status).toBe(200);
    expect((await visitor.get(`${api}/me`)).status).toBe(200);
  });

  test("[ASVS 6.2.3] needs the current password, and has no effect without it", async () => {
    const visitor = await loggedIn(await enterLab(app), variant.id);
    const reply = await visitor.post("/api/account/password", { ...changed, current: "not this one" });
    expect([reply.status, reply.code, reply.setCookies]).toEqual([401, "BAD_CREDENTIALS", []]);
    expect((await visitor.get(`${api}/me`)).status).toBe(200);
    expect((await visitor.another().logIn(variant.id)).status).toBe(200);
  });

  test("of several password changes at once exactly one succeeds", async () => {
    const visitor = await loggedIn(await enterLab(app), variant.id);
    const wishes = ["alice-likes-snow", "alice-likes-hail", "alice-likes-fog"];
    const replies = await Promise.all(
      wishes.map((wish) => visitor.copy().post("/api/account/password", { ...changed, next: wish })),
    );
    const won = replies.map(({ status }) => status === (tokensInBody ? 200 : 204));
    expect(won.filter(Boolean)).toHaveLength(1);
    for (const [index, wish] of wishes.entries()) {
      const { status } = await visitor.another().logIn(variant.id, { password: wish });
      expect([wish, status === 200]).toEqual([wish, won[index]]);
    }
  });
});

describe("a new password", () => {
  test.for([
    ["[ASVS 6.2.1] of fewer than eight characters is UNPROCESSABLE, and the detail names the field", "rain-7!"],
    ["[ASVS 6.2.4] that everybody tries first is UNPROCESSABLE, and the detail names the field", "Password1"],
  ])("%s", async ([, wish]) => {
    const visitor = await loggedIn(await enterLab(app), "server-session/sql");
    const reply = await visitor.post("/api/account/password", { ...changed, next: wish });
    expect([reply.status, reply.code]).toEqual([422, "UNPROCESSABLE"]);
    expect(reply.body["detail"]).toMatch(/^next: /);
    expect((await visitor.another().logIn("server-session/sql")).status).toBe(200);
  });

  test.for([
    ["[ASVS 6.2.5] may be of one kind of character", "rainrainrainsnow"],
    ["[ASVS 6.2.9] may be long", "über-lange Wörter mögen wir sehr, 雨が好きです。".repeat(2)],
    ["[ASVS 6.2.8] counts exactly as typed, spaces and case included", "  Rain & SNOW  "],
  ])("%s", async ([, wish]) => {
    const visitor = await loggedIn(await enterLab(app), "server-session/sql");
    expect((await visitor.post("/api/account/password", { ...changed, next: wish })).status).toBe(204);
    const logIn = (password: string) => visitor.another().logIn("server-session/sql", { password });
    expect((await logIn(wish ?? "")).status).toBe(200);
    expect((await logIn(`${wish} `)).code).toBe("BAD_CREDENTIALS");
    expect((await logIn(wish?.slice(0, -1) ?? "")).code).toBe("BAD_CREDENTIALS");
  });

  test("[ASVS 6.2.10] does not expire", async () => {
    const visitor = await loggedIn(await enterLab(app), "server-session/sql");
    expect((await visitor.post("/api/account/password", { ...changed, next: "alice-likes-rain" })).status).toBe(204);
    await visitor.post("/api/lab/clock", { advanceSeconds: 400 * 24 * 3600 });
    const reply = await visitor.another().logIn("server-session/sql", { password: "alice-likes-rain" });
    expect([reply.status, reply.code]).toEqual([200, null]);
  });

  test.for([
    ["rain\u0000rain", "body: must not have U+0000"],
    ["rain\ud800rain", "body: must not have U+0000, half a character"],
    ["rain\u007frain", "next: "],
  ] as const)("with a character that has no exact form is UNPROCESSABLE: %j", async ([wish, objection]) => {
    const visitor = await loggedIn(await enterLab(app), "server-session/sql");
    const reply = await visitor.post("/api/account/password", { ...changed, next: wish });
    expect([reply.code, reply.body["detail"]]).toEqual(["UNPROCESSABLE", expect.stringContaining(objection)]);
  });
});

describe("a native client", () => {
  test.for(variants.filter(({ variant }) => variant.native && holdingOf(variant, "refresh")))(
    "of $variant.id is handed new tokens after its password change, and its old refresh token is over",
    async ({ manifest, variant }) => {
      const api = `/api/${manifest.id}`;
      const visitor = await enterLab(app);
      const first = (await visitor.logIn(variant.id, { client: "native" })).body["refresh_token"];
      const reply = await visitor.post("/api/account/password", changed);
      expect([reply.status, reply.setCookies]).toEqual([200, []]);
      const tokens = { access_token: expect.any(String), refresh_token: expect.any(String), token_type: "Bearer" };
      expect(reply.body).toMatchObject(tokens);
      expect((await visitor.get(`${api}/me`)).status).toBe(200);
      const { refresh_token } = reply.body;
      expect((await visitor.post(`${api}/refresh`, { refresh_token })).status).toBe(200);
      expect((await visitor.post(`${api}/refresh`, { refresh_token: first })).code).toBe("REVOKED");
    },
  );
});

test("a password change without a credential is refused", async () => {
  for (const visitor of [await enterLab(app), createVisitor(app)]) {
    const reply = await visitor.post("/api/account/password", changed);
    expect([reply.status, reply.code]).toEqual([401, "NO_CREDENTIAL"]);
    expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="loginscope"');
  }
});
