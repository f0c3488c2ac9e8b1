import { afterAll, describe, expect, test } from "vitest";
import { holdingOf } from "../../core/credential.ts";
import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const variants = flows.flatMap(({ manifest }) => manifest.variants.map(({ id }): VariantId => id));
const byCookie = flows.flatMap(({ manifest }) =>
  manifest.variants.flatMap((variant) => (holdingOf(variant, "access")?.travels === "cookie" ? variant.id : [])),
);
/** Those whose login has a record that a logout ends. */
const endedByCookie = flows.flatMap(({ manifest }) =>
  manifest.variants.flatMap(({ id, cannot, holds, settings }: Variant): readonly VariantId[] => {
    const inCookie = holds.some(({ travels }) => travels === "cookie");
    return inCookie && !cannot.list && settings.logout !== "forgets" ? [id] : [];
  }),
);
const hybrids = variants.filter((id) => flowOf(id) === "hybrid");

async function loggedIn(variant: VariantId, fields = {}, visitor?: Visitor): Promise<Visitor> {
  const who = visitor ?? (await enterLab(app));
  expect((await who.logIn(variant, fields)).status).toBe(200);
  return who;
}

/** By what its record decides: the credential that renews, where there is one, else the one that proves who asks. */
async function isIn(visitor: Visitor, id: VariantId): Promise<boolean> {
  const api = `/api/${flowOf(id)}`;
  const refresh = await visitor.post(`${api}/refresh`);
  return (refresh.status === 405 ? await visitor.get(`${api}/me`) : refresh).status === 200;
}

describe("a login", () => {
  test.for(endedByCookie)(
    "ends the one that the cookie of %s leads to, whatever refresh token is in the body",
    async (id) => {
      const visitor = await loggedIn(id);
      const copy = visitor.copy();
      await loggedIn(id, { refresh_token: "unknown" }, visitor);
      expect([await isIn(copy, id), await isIn(visitor, id)]).toEqual([false, true]);
    },
  );
});

/** What a browser sends by itself behind a proxy that asked for a password. */
const basic = { authorization: "Basic YTpi" };

describe.for(byCookie)("HTTP Basic beside a login of %s", (id) => {
  const api = `/api/${flowOf(id)}`;

  test("is no credential of ours: it neither refuses nor replaces a cookie", async () => {
    const visitor = await loggedIn(id);
    for (const path of [`${api}/me`, "/api/user-info"]) {
      expect([path, (await visitor.send("GET", path, { headers: basic })).status]).toEqual([path, 200]);
    }
  });

  test("protects no login from a logout", async () => {
    const outcomes = [];
    for (const headers of [{}, basic]) {
      const visitor = await loggedIn(id);
      const copy = visitor.copy();
      const reply = await visitor.send("POST", `${api}/logout`, { headers });
      outcomes.push([reply.status, reply.setCookies, (await copy.get(`${api}/me`)).code]);
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  });
});

describe("a logout", () => {
  test.for(hybrids)("ends the cookie's login of %s also beside a bearer token that is good for nothing", async (id) => {
    for (const authorization of ["Bearer garbage", "Bearer", `Bearer ${"x".repeat(300)}`]) {
      const visitor = await loggedIn(id);
      const copy = visitor.copy();
      const reply = await visitor.send("POST", "/api/hybrid/logout", { headers: { authorization } });
      expect([reply.status, [...visitor.cookies.keys()]]).toEqual([204, ["__Host-lab"]]);
      // A token that nobody looks up goes on to its exp; the record behind it is over.
      const asked = await (id === "hybrid/short-jwt" ? copy.post("/api/hybrid/refresh") : copy.get("/api/hybrid/me"));
      expect(asked.code).toBe(id === "hybrid/introspected" ? "INVALID_CREDENTIAL" : "REVOKED");
    }
  });

  test("ends two logins whose cookies came together, each as its variant would", async () => {
    const short = await loggedIn("hybrid/short-jwt");
    const other = await loggedIn("hybrid/allowlist", {}, short.another());
    const both = other.copy();
    both.cookies.set("__Host-renewal", short.cookies.get("__Host-renewal") ?? "");
    const reply = await both.post("/api/hybrid/logout");
    expect([reply.status, [...both.cookies.keys()]]).toEqual([204, ["__Host-lab"]]);
    expect((await short.post("/api/hybrid/refresh")).code).toBe("REVOKED");
    expect((await other.get("/api/hybrid/me")).code).toBe("REVOKED");
  });

  test("ends the login of the token and that of the refresh cookie, where they are two", async () => {
    const one = await loggedIn("memory-jwt/rotating");
    const other = await loggedIn("memory-jwt/rotating", {}, one.another());
    const both = one.copy();
    both.accessToken = other.accessToken;
    expect((await both.post("/api/memory-jwt/logout")).status).toBe(204);
    for (const each of [one, other]) expect((await each.post("/api/memory-jwt/refresh")).code).toBe("REVOKED");
  });

  test.for(endedByCookie)("ends the cookie's login of %s, whatever refresh token is in the body", async (id) => {
    const visitor = await loggedIn(id);
    const copy = visitor.copy();
    const api = `/api/${flowOf(id)}`;
    expect((await visitor.post(`${api}/logout`, { refresh_token: "unknown" })).status).toBe(204);
    expect(await isIn(copy, id)).toBe(false);
  });

  test.for(endedByCookie)(
    "ends the cookie's login of %s without the lab's cookie, beside credentials of no lab",
    async (id) => {
      const visitor = await loggedIn(id);
      const copy = visitor.copy();
      visitor.cookies.delete("__Host-lab");
      visitor.cookies.set(flowOf(id) === "cookie" ? "__Host-sid" : "__Host-login", "garbage");
      const headers = { authorization: "Bearer unknown" };
      expect((await visitor.send("POST", `/api/${flowOf(id)}/logout`, { headers })).status).toBe(204);
      expect(await isIn(copy, id)).toBe(false);
    },
  );

  test("by a cookie takes the verdict on its origin, also beside a bearer token", async () => {
    const visitor = await loggedIn("hybrid/bearer-or-session");
    const headers = { authorization: "Bearer garbage", "sec-fetch-site": "cross-site" };
    expect((await visitor.send("POST", "/api/hybrid/logout", { headers })).code).toBe("CROSS_SITE_REQUEST");
    expect((await visitor.get("/api/hybrid/me")).status).toBe(200);
  });

  test.for(["hybrid/bearer-or-session", "memory-jwt/rotating"] as const)(
    "with a token of %s that is ended or unknown answers 204",
    async (id) => {
      const native = await loggedIn(id, { client: "native" });
      const again = native.copy();
      for (const each of [native, again]) expect((await each.post(`/api/${flowOf(id)}/logout`)).status).toBe(204);
    },
  );
});
