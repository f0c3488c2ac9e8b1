import { afterAll, describe, expect, test } from "vitest";
import { cookiesOf, holdingOf } from "../../core/credential.ts";
import { traitsOf } from "../../core/token-storage.ts";
import type { Variant } from "../../core/variant.ts";
import { findFlow } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const manifest = findFlow("memory-jwt")?.manifest ?? { variants: [] };
const variants: readonly Variant[] = manifest.variants;
const inCookies = variants.filter(({ settings }) => traitsOf(settings.storage).inCookie);
const inPages = variants.filter((variant) => !inCookies.includes(variant));
const [accessCookie = ""] = cookiesOf(manifest, "access");
const transfer = { to: "bob", amount: 1 };

async function loggedIn(id: Variant["id"], fields = {}, visitor?: Visitor): Promise<Visitor> {
  const client = visitor ?? (await enterLab(app));
  expect((await client.logIn(id, fields)).status).toBe(200);
  return client;
}

/** Every address that goes by this flow's access token. */
async function answersTo(visitor: Visitor): Promise<readonly unknown[]> {
  const replies = [
    await visitor.get("/api/memory-jwt/me"),
    await visitor.get("/api/memory-jwt/sessions"),
    await visitor.post("/api/memory-jwt/transfer", transfer),
    await visitor.post("/api/memory-jwt/revoke", { scope: "current" }),
    await visitor.get("/api/user-info"),
  ];
  return replies.map(({ code }) => code);
}

const refusedEverywhere = Array.from({ length: 5 }, () => "INVALID_CREDENTIAL");

test.for(inPages)("a token that $id gives to a page is refused from the cookie", async ({ id }) => {
  const visitor = await loggedIn(id);
  const moved = visitor.another();
  moved.cookies.set(accessCookie, visitor.accessToken ?? "");
  expect(await answersTo(moved)).toEqual(refusedEverywhere);
  expect((await visitor.get("/api/memory-jwt/me")).status).toBe(200);
});

describe.for(inCookies)("$id", ({ id, settings }) => {
  test("its token is refused in a header, with the cookie or without", async () => {
    const visitor = await loggedIn(id);
    const moved = visitor.another();
    moved.accessToken = visitor.cookies.get(accessCookie) ?? "";
    expect(await answersTo(moved)).toEqual(refusedEverywhere);
    moved.cookies.set(accessCookie, visitor.cookies.get(accessCookie) ?? "");
    expect(await answersTo(moved)).toEqual(refusedEverywhere);
    expect((await visitor.get("/api/memory-jwt/me")).status).toBe(200);
  });

  test("gives a page no token, at login, at a refresh and at a reauthentication", async () => {
    const visitor = await enterLab(app);
    const password = { password: "alice-likes-tea" };
    for (const reply of [
      await visitor.logIn(id),
      await visitor.post("/api/memory-jwt/refresh"),
      await visitor.post("/api/memory-jwt/reauthenticate", password),
    ]) {
      expect(reply.status).toBe(200);
      expect(Object.keys(reply.body).sort()).toEqual(["expiresAt", "flow", "user", "variant"]);
      const line = reply.setCookies.find((each) => each.startsWith(`${accessCookie}=`));
      expect(line?.includes("HttpOnly")).toBe(!traitsOf(settings.storage).readable);
    }
  });

  test("[ASVS 3.5.1] a change with its cookie needs a good origin", async () => {
    const visitor = await loggedIn(id);
    const from = (site: string) =>
      visitor.send("POST", "/api/memory-jwt/transfer", { body: transfer, headers: { "sec-fetch-site": site } });
    for (const site of ["cross-site", "same-site", "none"]) expect((await from(site)).code).toBe("CROSS_SITE_REQUEST");
    expect((await from("same-origin")).body).toEqual({ balance: 99 });
  });

  test("a bearer token decides alone who it is, also together with its cookie", async () => {
    const visitor = await loggedIn(id);
    const bob = await loggedIn("memory-jwt/rotating", { username: "bob" }, visitor.another());
    const both = visitor.copy();
    both.accessToken = bob.accessToken;
    expect((await both.get("/api/memory-jwt/me")).body).toMatchObject({ user: { username: "bob" } });
    expect((await both.get("/api/user-info")).body).toMatchObject({ user: { username: "bob" } });
    both.accessToken = "garbage";
    expect((await both.get("/api/memory-jwt/me")).code).toBe("INVALID_CREDENTIAL");
  });

  test("its cookie with another person's of another flow is AMBIGUOUS_CREDENTIALS", async () => {
    const visitor = await loggedIn(id);
    await loggedIn("server-session/sql", { username: "bob" }, visitor);
    expect((await visitor.get("/api/user-info")).code).toBe("AMBIGUOUS_CREDENTIALS");
  });

  test("its token can be introspected like any other (RFC 7662)", async () => {
    const visitor = await loggedIn(id);
    const { oauth } = (await visitor.get("/api/lab")).body;
    const { issuer, clientId, clientSecret } = Object(oauth);
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({ token: visitor.cookies.get(accessCookie) ?? "" }).toString();
    const asked = new Request(`${issuer}/oauth/introspect`, { method: "POST", headers, body });
    expect(await (await app.dispatch(asked)).json()).toMatchObject({ active: true, username: "alice" });
  });

  test("the lab's view shows its token among the request's credentials, with the person", async () => {
    const visitor = await loggedIn(id);
    const { held } = (await visitor.get("/api/lab")).body;
    expect(Object(held)["memory-jwt"]).toMatchObject({
      login: { accepted: true, variant: id, user: { username: "alice" } },
      credentials: [{ name: "__Host-refresh" }, { name: accessCookie, decoded: { encoding: "token" } }],
    });
  });
});

describe("a page that keeps its refresh token itself", () => {
  const [keeper] = variants.filter((variant) => holdingOf(variant, "refresh")?.travels === "body");
  const id = keeper?.id ?? "memory-jwt/none";

  test("gets both tokens in each answer, and no cookie", async () => {
    const visitor = await enterLab(app);
    for (const act of [() => visitor.logIn(id), () => visitor.post("/api/memory-jwt/refresh")]) {
      const before = visitor.refreshToken;
      const reply = await act();
      expect(visitor.refreshToken).not.toBe(before);
      expect(reply.body).toMatchObject({ access_token: visitor.accessToken, refresh_token: visitor.refreshToken });
      expect(reply.setCookies).toEqual([]);
    }
  });

  test("names the login that a new one replaces, which alone ends", async () => {
    const visitor = await loggedIn(id);
    const elsewhere = await loggedIn(id, {}, visitor.another());
    const before = visitor.copy();
    await loggedIn("memory-jwt/rotating", { refresh_token: before.refreshToken }, visitor);
    expect((await before.post("/api/memory-jwt/refresh")).code).toBe("REVOKED");
    expect((await elsewhere.post("/api/memory-jwt/refresh")).status).toBe(200);
  });

  test("replaces no login if the new one is refused", async () => {
    const visitor = await loggedIn(id);
    const wrong = { password: "not this one", refresh_token: visitor.refreshToken };
    expect((await visitor.copy().logIn(id, wrong)).code).toBe("BAD_CREDENTIALS");
    expect((await visitor.post("/api/memory-jwt/refresh")).status).toBe(200);
  });

  test("gets no refresh cookie, and an old one is deleted", async () => {
    const visitor = await loggedIn("memory-jwt/http-only-cookie");
    const before = visitor.copy();
    await loggedIn(id, {}, visitor);
    expect([...visitor.cookies.keys()]).toEqual(["__Host-lab"]);
    expect((await before.post("/api/memory-jwt/refresh")).code).toBe("REVOKED");
  });
});

test.for(variants.filter(({ native }) => !native))(
  "$id refuses a client without a browser and says why",
  async ({ id, settings }) => {
    const { body } = await (await enterLab(app)).logIn(id, { client: "native" });
    const why = traitsOf(settings.storage).inCookie ? /lives in cookies/ : /where a page keeps its tokens/;
    expect(body["detail"]).toMatch(why);
  },
);
