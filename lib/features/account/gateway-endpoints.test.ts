import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import { minute } from "../../core/time.ts";
import { flows } from "../../flows/registry.ts";
import { changedSpellings } from "../../testing/changed-spellings.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";
import { watchExchanges } from "../../testing/watch-exchanges.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);

async function loggedIn(variant: VariantId = "hybrid/gateway", fields = {}): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant, fields)).status).toBe(200);
  return visitor;
}

/** What travelled inside, as the lab's own record of exchanges tells it. */
async function internalTokensOf(visitor: Visitor, times: number): Promise<readonly string[]> {
  const watching = await watchExchanges(app, visitor);
  for (let turn = 0; turn < times; turn += 1) {
    expect((await visitor.get("/api/hybrid/orders")).status).toBe(200);
  }
  const inner = (await watching.seen()).filter(({ request }) => request.path === "/api/services/orders");
  const headers = inner.flatMap(({ request }) => request.headers.filter(([name]) => name === "authorization"));
  return headers.map(([, value]) => value.replace("Bearer ", ""));
}

async function internalTokenOf(visitor: Visitor): Promise<string> {
  return (await internalTokensOf(visitor, 1))[0] ?? "";
}

/** Calls the service as the gateway does: with the header alone. */
async function callService(token: string, { cookies = "" } = {}) {
  const headers = { authorization: `Bearer ${token}`, ...(cookies && { cookie: cookies }) };
  const response = await app.dispatch(new Request(`${app.env.origin}/api/services/orders`, { headers }));
  const body = await response.json();
  return { status: response.status, body, code: body.code };
}

function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

describe("through the gateway", () => {
  test("the gateway answers with the service's answer and its cost, and never with the internal token", async () => {
    const visitor = await loggedIn();
    await visitor.post("/api/hybrid/transfer", { to: "bob", amount: 7 });
    const me = await visitor.get("/api/hybrid/me");
    const reply = await visitor.get("/api/hybrid/orders");
    expect(reply.body).toEqual({
      user: me.body["user"],
      service: "orders",
      answer: { subject: Object(me.body["user"]).id, orders: [expect.objectContaining({ coins: "7 to bob" })] },
      milliseconds: expect.any(Number),
    });
    expect(Number(reply.body["milliseconds"])).toBeGreaterThan(0);
    expect(reply.text).not.toContain("eyJ");
    expect([...reply.headers.values()].join()).not.toContain("eyJ");
  });

  test("both exchanges are told in this lab: the id comes in, and a token without a cookie goes on", async () => {
    const visitor = await loggedIn();
    const watching = await watchExchanges(app, visitor);
    await visitor.get("/api/hybrid/orders");
    const [inner, outer] = await watching.seen();
    expect([inner?.request.path, outer?.request.path]).toEqual(["/api/services/orders", "/api/hybrid/orders"]);
    const names = (each: typeof inner) => each?.request.headers.map(([name]) => name);
    expect(names(outer)).toContain("cookie");
    expect(names(outer)).not.toContain("authorization");
    expect(names(inner)).toContain("authorization");
    expect(names(inner)).not.toContain("cookie");
    // The session once, outside; inside the signature alone.
    const did = (each: typeof inner) => each?.steps.map((step) => `${step.actor} ${step.did}`);
    expect(did(inner)).toEqual(["keys verify"]);
    expect(did(outer)?.slice(-2)).toEqual(["keys issue", "service call"]);
  });

  test("a person sees only their own orders", async () => {
    const alice = await loggedIn();
    const bob = alice.another();
    await bob.logIn("hybrid/gateway", { username: "bob" });
    await alice.post("/api/hybrid/transfer", { to: "bob", amount: 7 });
    expect((await bob.get("/api/hybrid/orders")).body["answer"]).toMatchObject({ orders: [] });
  });

  test("without a live login no internal call is made", async () => {
    const visitor = await loggedIn();
    const copy = visitor.copy();
    await visitor.post("/api/hybrid/logout");
    const watching = await watchExchanges(app, visitor);
    expect((await copy.get("/api/hybrid/orders")).code).toBe("REVOKED");
    expect((await visitor.get("/api/hybrid/orders")).code).toBe("NO_CREDENTIAL");
    expect((await watching.seen()).map(({ request }) => request.path)).not.toContain("/api/services/orders");
  });

  test.for(variants.filter(({ id }) => flowOf(id) === "hybrid" && id !== "hybrid/gateway"))(
    "a login of $id is refused at the gateway, and is told which variant it needs",
    async ({ id }) => {
      const reply = await (await loggedIn(id)).get("/api/hybrid/orders");
      expect([reply.status, reply.code]).toEqual([405, "NOT_SUPPORTED"]);
      expect(reply.body["detail"]).toContain("hybrid/gateway");
    },
  );

  test("a service without an answer, or with a wrong one, is STORE_UNAVAILABLE", async () => {
    for (const call of [
      () => Promise.reject(new Error("Nobody is there")),
      () => Promise.resolve(new Response("<html>")),
      () => Promise.resolve(Response.json({ code: "INVALID_CREDENTIAL" }, { status: 401 })),
    ]) {
      const alone = await createTestApplication({}, { call });
      const visitor = await enterLab(alone);
      await visitor.logIn("hybrid/gateway");
      const reply = await visitor.get("/api/hybrid/orders");
      expect([reply.status, reply.code]).toEqual([503, "STORE_UNAVAILABLE"]);
      await alone.dispose();
    }
  });
});

describe("the internal token", () => {
  test("has a type of its own, is for one service and one minute, and names only the person", async () => {
    const visitor = await loggedIn();
    const [token = "", next = ""] = await internalTokensOf(visitor, 2);
    expect(JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString())).toEqual({
      alg: "EdDSA",
      typ: "internal+jwt",
      kid: expect.stringMatching(/^ed25519-1-[0-9a-f]{8}$/),
    });
    const claims = payloadOf(token);
    expect(Object.keys(claims).sort()).toEqual(["aud", "exp", "iat", "iss", "jti", "sub"]);
    expect(claims["aud"]).toBe("orders");
    expect(claims["iss"]).toBe(`${app.env.origin}/api/labs/${labIdOf(app, visitor)}`);
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(60);
    expect(payloadOf(next)["jti"]).not.toBe(claims["jti"]);
  });

  test("[ASVS 9.2.2] [ASVS 9.2.4] [RFC 8725 3.12] hybrid/gateway: the internal token is refused by all other endpoints", async () => {
    const visitor = await loggedIn();
    const token = await internalTokenOf(visitor);
    const thief = visitor.another();
    thief.accessToken = token;
    for (const { manifest } of modules) {
      const { code } = await thief.get(`/api/${manifest.id}/me`);
      expect([manifest.id, code]).toEqual([manifest.id, expect.stringMatching(/^(INVALID|NO)_CREDENTIAL$/)]);
      for (const { name } of manifest.cookies) {
        const inJar = visitor.another();
        inJar.cookies.set(name, token);
        for (const reply of [await inJar.get(`/api/${manifest.id}/me`), await inJar.get("/api/user-info")]) {
          expect([name, reply.code]).toEqual([name, expect.stringMatching(/^(INVALID|NO)_CREDENTIAL$/)]);
        }
      }
    }
    for (const path of ["/api/user-info", "/api/hybrid/orders"]) {
      expect((await thief.get(path)).code).toBe("INVALID_CREDENTIAL");
    }
    // Far too long for a refresh token.
    const body = { refresh_token: token };
    expect((await thief.another().post("/api/memory-jwt/refresh", body)).code).toBe("UNPROCESSABLE");
  });

  test("[ASVS 9.2.2] [ASVS 9.2.3] [ASVS 9.2.4] [RFC 8725 3.12] every variant: the service refuses all other tokens of the application", async () => {
    for (const { id, native } of variants) {
      const visitor = await loggedIn(id);
      const client = visitor.another();
      if (native) await client.logIn(id, { client: "native" });
      const held = [visitor.accessToken, client.accessToken, ...visitor.cookies.values()].filter(
        (each) => each !== null,
      );
      for (const value of held) {
        const { status, code } = await callService(value);
        expect([id, status, code]).toEqual([id, 401, "INVALID_CREDENTIAL"]);
      }
    }
  });

  test("the service accepts no cookie", async () => {
    const visitor = await loggedIn();
    expect((await visitor.get("/api/services/orders")).code).toBe("NO_CREDENTIAL");
    const cookies = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    expect((await callService("garbage", { cookies })).code).toBe("INVALID_CREDENTIAL");
  });

  test("in another spelling, or at another lab, it is INVALID_CREDENTIAL", async () => {
    const token = await internalTokenOf(await loggedIn());
    expect((await callService(token)).status).toBe(200);
    for (const spelling of changedSpellings(token)) {
      if (spelling.trim() !== token)
        expect([spelling, (await callService(spelling.trim())).status]).toEqual([spelling, 401]);
    }
    const stranger = await loggedIn();
    const [lab] = [...stranger.cookies].map((pair) => pair.join("="));
    expect((await callService(token, { cookies: lab ?? "" })).code).toBe("INVALID_CREDENTIAL");
  });

  test("ends after a minute, and not with the login, since it is not looked up", async () => {
    const visitor = await loggedIn();
    const token = await internalTokenOf(visitor);
    await visitor.post("/api/hybrid/logout");
    expect((await callService(token)).status).toBe(200);
    await visitor.post("/api/lab/clock", { advanceSeconds: minute / 1000 });
    expect((await callService(token)).code).toBe("EXPIRED");
  });
});
