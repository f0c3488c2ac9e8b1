import * as oauth from "oauth4webapi";
import { afterAll, describe, expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { minute } from "../../core/time.ts";
import { findFlow } from "../../flows/registry.ts";
import { changedSpellings } from "../../testing/changed-spellings.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const insecure = { [oauth.allowInsecureRequests]: true } as const;
const wire = {
  ...insecure,
  [oauth.customFetch]: (url: string, init: object) => app.dispatch(new Request(url, init)),
};

const ids = findFlow("memory-jwt")?.manifest.variants.map(({ id }) => id) ?? [];

/** The other one says of anything that looks like its own that it cannot be revoked. */
const revocable = ids.filter((id) => id !== "memory-jwt/forgetful-logout");

type Credentials = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };

/** A lab with a logged-in person, and a program that calls it with an established client library. */
async function enter(variant: VariantId = "memory-jwt/rotating", fields = {}) {
  const visitor = await enterLab(app);
  const login = await visitor.logIn(variant, fields);
  expect(login.status).toBe(200);
  const accessToken = visitor.accessToken ?? visitor.cookies.get("__Host-access") ?? "";
  const refreshToken = visitor.cookies.get("__Host-refresh") ?? String(login.body["refresh_token"]);
  return { visitor, accessToken, refreshToken, ...(await libraryFor(await credentialsOf(visitor))) };
}

async function credentialsOf(visitor: Visitor): Promise<Credentials> {
  const { oauth: shown } = (await visitor.get("/api/lab")).body;
  const { issuer, clientId, clientSecret } = Object(shown);
  return { issuer, clientId, clientSecret };
}

async function libraryFor({ issuer, clientId, clientSecret }: Credentials) {
  const found = await oauth.discoveryRequest(new URL(issuer), { algorithm: "oauth2", ...wire });
  const server = await oauth.processDiscoveryResponse(new URL(issuer), found);
  const client = { client_id: clientId };
  const basic = oauth.ClientSecretBasic(clientSecret);
  return {
    server,
    credentials: { issuer, clientId, clientSecret },
    introspect: async (token: string) =>
      oauth.processIntrospectionResponse(
        server,
        client,
        await oauth.introspectionRequest(server, client, basic, token, wire),
      ),
    revoke: async (token: string) =>
      oauth.processRevocationResponse(await oauth.revocationRequest(server, client, basic, token, wire)),
  };
}

/** By hand, for what no library would send. */
async function send(
  { issuer, clientId, clientSecret }: Credentials,
  { path = "introspect", body = "token=x", headers = {} }: { path?: string; body?: string; headers?: object } = {},
) {
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const init = { method: "POST", headers: { authorization, ...type, ...headers }, body };
  return app.dispatch(new Request(`${issuer}/oauth/${path}`, init));
}

const inactive = { active: false };

describe("metadata", () => {
  test("[RFC 8414 2] names the lab as its issuer, and addresses below it", async () => {
    const { server, credentials } = await enter();
    const { issuer } = credentials;
    expect(server).toMatchObject({
      issuer,
      jwks_uri: `${issuer}/jwks`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      revocation_endpoint_auth_methods_supported: ["client_secret_basic"],
      introspection_endpoint_auth_methods_supported: ["client_secret_basic"],
      access_token_signing_alg_values_supported: ["EdDSA"],
    });
  });

  test("[RFC 8414 3.1] is the same at the well-known address of the issuer and below the issuer", async () => {
    const { credentials } = await enter();
    const { origin, pathname } = new URL(credentials.issuer);
    const wellKnown = `${origin}/.well-known/oauth-authorization-server`;
    const at = async (url: string, method = "GET") => {
      const response = await app.dispatch(new Request(url, { method }));
      return [response.status, await response.text()] as const;
    };
    expect(await at(`${wellKnown}${pathname}`)).toEqual(await at(`${credentials.issuer}/metadata`));
    expect((await at(`${wellKnown}${pathname}`))[0]).toBe(200);
    expect((await at(`${wellKnown}${pathname}`, "POST"))[0]).toBe(405);
    for (const path of [
      "",
      "/",
      "/api/labs",
      "/api/labs/",
      "/api/labs/nonesuch",
      `${pathname}/metadata`,
      "/api/lab",
      "/api/labs/%00",
      "/api/labs/%",
    ]) {
      expect([path, (await at(`${wellKnown}${path}`))[0]]).toEqual([path, 404]);
    }
  });

  test("has the issuer of the lab's tokens, and each algorithm in use", async () => {
    const { visitor, accessToken, credentials } = await enter();
    const { iss } = JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString());
    expect(iss).toBe(credentials.issuer);
    await visitor.logIn("memory-jwt/es256");
    const { server } = await libraryFor(credentials);
    expect(server["access_token_signing_alg_values_supported"]).toEqual(["EdDSA", "ES256"]);
  });

  test("of an unknown lab is NOT_FOUND, like its other addresses", async () => {
    const stranger = createVisitor(app);
    expect((await stranger.get("/api/labs/nonesuch/metadata")).code).toBe("NOT_FOUND");
    const credentials = { issuer: `${app.env.origin}/api/labs/nonesuch`, clientId: "a", clientSecret: "b" };
    for (const path of ["introspect", "revoke"]) {
      expect(await (await send(credentials, { path })).json()).toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("introspection", () => {
  test("of a good access token answers the person and the end", async () => {
    const { introspect, accessToken, credentials } = await enter();
    const told = await introspect(accessToken);
    const payload = JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString());
    const { iss, sub, iat, exp, jti } = payload;
    const client_id = credentials.clientId;
    expect(told).toEqual({ active: true, token_type: "Bearer", username: "alice", client_id, iss, sub, iat, exp, jti });
  });

  test.for([{}, { client: "native" }])(
    "of a good refresh token answers the person and does not exchange it: %o",
    async (fields) => {
      const { introspect, visitor, accessToken, refreshToken } = await enter("memory-jwt/rotating", fields);
      const { sub } = await introspect(accessToken);
      for (let turn = 0; turn < 2; turn += 1) {
        const told = await introspect(refreshToken);
        expect(told).toMatchObject({ active: true, username: "alice", sub });
        expect(Number(told.exp) - Number(told.iat)).toBe(7 * 24 * 3600);
        expect(told).not.toHaveProperty("token_type");
      }
      const body = "client" in fields ? { refresh_token: refreshToken } : undefined;
      expect((await visitor.post("/api/memory-jwt/refresh", body)).status).toBe(200);
    },
  );

  test.for(ids)("[RFC 7662 2.2] %s: a token that is not active is answered without a reason", async (id) => {
    const { introspect, visitor, accessToken, refreshToken } = await enter(id);
    const stranger = await enter();
    const foreign = [stranger.accessToken, stranger.refreshToken];
    const changed = [accessToken, refreshToken].flatMap((token) => changedSpellings(token).slice(0, 12));
    await visitor.logIn("hybrid/gateway");
    await visitor.logIn("server-session/sql");
    const cookies = [...visitor.cookies.values()].filter((value) => ![accessToken, refreshToken].includes(value));
    for (const token of ["x", "a.b.c", "__proto__", ...foreign, ...changed, ...cookies]) {
      expect([token, await introspect(token)]).toEqual([token, inactive]);
    }
  });

  test("of an exchanged, an expired and a logged-out token answers not active", async () => {
    const { introspect, visitor, accessToken, refreshToken } = await enter("memory-jwt/denylist");
    await visitor.post("/api/memory-jwt/refresh");
    expect(await introspect(refreshToken)).toEqual(inactive);
    const successor = visitor.cookies.get("__Host-refresh") ?? "";
    expect(await introspect(successor)).toMatchObject({ active: true });
    const later = visitor.accessToken ?? "";
    await visitor.post("/api/memory-jwt/logout");
    expect([await introspect(successor), await introspect(later)]).toEqual([inactive, inactive]);
    expect(await introspect(accessToken)).toMatchObject({ active: true });
    await visitor.another().post("/api/lab/clock", { advanceSeconds: (15 * minute) / 1000 });
    expect(await introspect(accessToken)).toEqual(inactive);
  });
});

describe("revocation", () => {
  test.for(["memory-jwt/denylist", "memory-jwt/user-version"] as const)(
    "of an access token ends it at once, with its refresh token: %s",
    async (variant) => {
      const { revoke, introspect, visitor, accessToken, refreshToken } = await enter(variant);
      await revoke(accessToken);
      expect([await introspect(accessToken), await introspect(refreshToken)]).toEqual([inactive, inactive]);
      expect((await visitor.get("/api/memory-jwt/me")).code).toBe("REVOKED");
    },
  );

  test.for([{}, { client: "native" }])("of a refresh token ends its family: %o", async (fields) => {
    const { revoke, introspect, visitor, refreshToken } = await enter("memory-jwt/rotating", fields);
    await revoke(refreshToken);
    expect(await introspect(refreshToken)).toEqual(inactive);
    const body = "client" in fields ? { refresh_token: refreshToken } : undefined;
    expect((await visitor.post("/api/memory-jwt/refresh", body)).code).toBe("REVOKED");
  });

  test("[RFC 7009 2.2.1] memory-jwt/rotating: an access token that lives to its exp is not answered as revoked", async () => {
    const { revoke, introspect, accessToken, refreshToken } = await enter("memory-jwt/rotating");
    await expect(revoke(accessToken)).rejects.toMatchObject({ error: "unsupported_token_type" });
    expect(await introspect(accessToken)).toMatchObject({ active: true });
    expect(await introspect(refreshToken)).toMatchObject({ active: true });
  });

  test("[RFC 7009 2.2.1] memory-jwt/forgetful-logout: neither token can be revoked, and the answer says so", async () => {
    const { revoke, introspect, accessToken, refreshToken } = await enter("memory-jwt/forgetful-logout");
    for (const token of [accessToken, refreshToken]) {
      await expect(revoke(token)).rejects.toMatchObject({ error: "unsupported_token_type" });
      expect(await introspect(token)).toMatchObject({ active: true });
    }
  });

  test.for(ids)(
    "[RFC 7009 2.2.1] %s: a token is refused afterwards exactly if the answer says that it was revoked",
    async (id) => {
      for (const which of ["accessToken", "refreshToken"] as const) {
        const { revoke, introspect, [which]: token } = await enter(id);
        const refusal: unknown = await revoke(token).catch((error: unknown) => error);
        if (refusal) expect(refusal).toMatchObject({ error: "unsupported_token_type" });
        expect(await introspect(token)).toMatchObject({ active: refusal !== undefined });
      }
    },
  );

  test.for(revocable)("[RFC 7009 2.2] %s: of an unknown or foreign token answers 200 and ends no login", async (id) => {
    const { revoke, introspect, accessToken, refreshToken } = await enter(id);
    const stranger = await enter(id);
    for (const token of ["x", "a.b.c", `${accessToken}A`, stranger.accessToken, stranger.refreshToken]) {
      await revoke(token);
    }
    for (const token of [accessToken, refreshToken]) expect(await introspect(token)).toMatchObject({ active: true });
    expect(await stranger.introspect(stranger.refreshToken)).toMatchObject({ active: true });
  });

  test("[RFC 7009 2.2] memory-jwt/denylist: of an ended token answers 200 again", async () => {
    const { revoke, introspect, accessToken } = await enter("memory-jwt/denylist");
    await revoke(accessToken);
    await revoke(accessToken);
    expect(await introspect(accessToken)).toEqual(inactive);
  });
});

describe("[RFC 6749 5.2] who asks, and how", () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });

  test("[RFC 7662 2.1] a client other than the lab's own is invalid_client, and is not told about the token", async () => {
    const { credentials, accessToken } = await enter("memory-jwt/denylist");
    const { clientId, clientSecret } = credentials;
    const other = (await enter()).credentials;
    const wrong = [
      ...[basic(`${clientId}:`), basic(`:${clientSecret}`), basic(`${clientId}:${clientSecret}x`), basic("")],
      ...[basic(`${other.clientId}:${other.clientSecret}`), basic(`${clientId}${clientSecret}`), basic("%:%zz")],
      ...[{ authorization: `Bearer ${accessToken}` }, { authorization: "Basic ***" }, { authorization: "" }],
    ];
    for (const headers of wrong) {
      for (const path of ["introspect", "revoke"]) {
        const response = await send(credentials, { path, headers, body: `token=${accessToken}` });
        expect([headers, response.status]).toEqual([headers, 401]);
        expect(response.headers.get("www-authenticate")).toBe('Basic realm="loginscope"');
        expect(await response.json()).toMatchObject({ error: "invalid_client" });
      }
    }
  });

  test.for(["", "token=", "other=x", "token=a&token=b", "token=a&x=1&x=2"])(
    "[RFC 6749 3.2] the form '%s' is an invalid_request",
    async (body) => {
      const { credentials } = await enter();
      for (const path of ["introspect", "revoke"]) {
        const response = await send(credentials, { path, body });
        expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/json"]);
        expect(response.headers.get("cache-control")).toBe("no-store");
        expect(await response.json()).toMatchObject({ error: "invalid_request" });
      }
    },
  );

  test("a wrong or unknown token_type_hint still finds the token", async () => {
    const { credentials, accessToken } = await enter();
    for (const hint of ["access_token", "refresh_token", "nonesuch"]) {
      const response = await send(credentials, { body: `token=${accessToken}&token_type_hint=${hint}` });
      expect(await response.json()).toMatchObject({ active: true });
    }
  });

  test("a form above 16 kB is refused, and so is JSON", async () => {
    const { credentials } = await enter();
    expect((await send(credentials, { body: `token=${"x".repeat(20_000)}` })).status).toBe(413);
    expect((await send(credentials, { headers: { "content-type": "application/json" } })).status).toBe(415);
  });

  test("[ASVS 3.5.1] cookies do not count, and a form of another site is refused unread", async () => {
    const { credentials, visitor, refreshToken } = await enter("memory-jwt/denylist");
    const cookie = [...visitor.cookies].map((pair) => pair.join("=")).join("; ");
    const body = `token=${refreshToken}`;
    const alone = await send(credentials, { path: "revoke", body, headers: { cookie, authorization: "" } });
    expect(alone.status).toBe(401);
    const site = { "sec-fetch-site": "cross-site" };
    expect(
      await (await send(credentials, { path: "revoke", body, headers: { cookie, ...site } })).json(),
    ).toMatchObject({
      code: "CROSS_SITE_REQUEST",
    });
    expect((await visitor.post("/api/memory-jwt/refresh")).status).toBe(200);
  });

  test("each lab has a client of its own, and a new one after a reset", async () => {
    const [one, other] = [await enter(), await enter()];
    expect(one.credentials.clientSecret).not.toBe(other.credentials.clientSecret);
    expect(Buffer.from(one.credentials.clientSecret, "base64url")).toHaveLength(32);
    const held = [...one.visitor.cookies].filter(([name]) => name === "__Host-lab");
    await one.visitor.post("/api/lab/reset");
    const anew = await credentialsOf(createVisitor(app, held));
    expect(anew.issuer).toBe(one.credentials.issuer);
    expect(anew.clientSecret).not.toBe(one.credentials.clientSecret);
  });
});
