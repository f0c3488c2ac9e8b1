import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const variants = flows.flatMap(({ manifest }): readonly Variant[] => manifest.variants);
const idsOf = (wanted: (variant: Variant) => boolean) => variants.filter(wanted).map(({ id }): VariantId => id);
const renewedByCookie = idsOf(({ holds }) =>
  holds.some(({ credential, travels }) => credential === "refresh" && travels === "cookie"),
);
const revokes = idsOf(({ cannot }) => !cannot.revoke);
const revokesOne = idsOf(({ cannot }) => !cannot.revoke && !cannot.revokeOne);

async function loggedIn(variant: VariantId): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant)).status).toBe(200);
  return visitor;
}

/** The cookies of a login in the visitor's jar. */
const loginCookies = ({ cookies }: Visitor) => [...cookies.keys()].filter((name) => name !== "__Host-lab");
const refresh = (visitor: Visitor, variant: VariantId, headers = {}) =>
  visitor.send("POST", `/api/${flowOf(variant)}/refresh`, { headers });
const elsewhere = (visitor: Visitor, variant: VariantId, body: object) =>
  visitor.copy().post(`/api/${flowOf(variant)}/revoke`, body);

describe.for(renewedByCookie)("a refused refresh of %s", (variant) => {
  test("deletes every cookie of the flow where the login was revoked", async () => {
    const visitor = await loggedIn(variant);
    await elsewhere(visitor, variant, { scope: "all" });
    expect((await refresh(visitor, variant)).code).toBe("REVOKED");
    expect(loginCookies(visitor)).toEqual([]);
  });

  test("deletes them where it is past its end, and where it did not verify", async () => {
    const late = await loggedIn(variant);
    await late.post("/api/lab/clock", { advanceSeconds: 40 * 86_400 });
    expect((await refresh(late, variant)).code).toBe("EXPIRED");
    const forged = await loggedIn(variant);
    for (const [name, value] of forged.cookies) if (name !== "__Host-lab") forged.cookies.set(name, `${value}x`);
    expect((await refresh(forged, variant)).code).toBe("INVALID_CREDENTIAL");
    for (const visitor of [late, forged]) expect(loginCookies(visitor)).toEqual([]);
  });

  test("deletes none for another site's request or a limit", async () => {
    const visitor = await loggedIn(variant);
    const before = loginCookies(visitor);
    expect((await refresh(visitor, variant, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    vi.spyOn(app.app.limits.refresh, "reserve").mockResolvedValueOnce({
      wait: 5,
      giveBack: async () => {},
      undo: async () => {},
    });
    expect((await refresh(visitor, variant)).status).toBe(429);
    expect(loginCookies(visitor)).toEqual(before);
  });

  test("deletes none of another lab's", async () => {
    const visitor = await loggedIn(variant);
    const before = loginCookies(visitor);
    const [lab] = [...(await enterLab(app)).cookies];
    if (lab) visitor.cookies.set(...lab);
    expect((await refresh(visitor, variant)).code).toBe("INVALID_CREDENTIAL");
    expect(loginCookies(visitor)).toEqual(before);
  });

  test("is the only reading that does: who is logged in and the list delete none", async () => {
    const visitor = await loggedIn(variant);
    const before = loginCookies(visitor);
    await elsewhere(visitor, variant, { scope: "all" });
    await visitor.post("/api/lab/clock", { advanceSeconds: 40 * 86_400 });
    for (const action of ["me", "sessions"]) {
      expect((await visitor.get(`/api/${flowOf(variant)}/${action}`)).status).toBe(401);
    }
    expect(loginCookies(visitor)).toEqual(before);
  });
});

test("a refresh whose store does not answer deletes no cookie", async () => {
  const visitor = await loggedIn("hybrid/short-jwt");
  const before = loginCookies(visitor);
  const { records } = app.stores;
  const down = vi.spyOn(app.stores, "records").mockImplementation((...place) => ({
    ...records(...place),
    find: () => Promise.reject(new StoreUnavailable("sql")),
  }));
  onTestFinished(() => down.mockRestore());
  expect((await refresh(visitor, "hybrid/short-jwt")).status).toBe(503);
  expect(loginCookies(visitor)).toEqual(before);
});

test("a refused refresh by the token of a body leaves a browser's cookies alone", async () => {
  const browser = await loggedIn("memory-jwt/rotating");
  const before = loginCookies(browser);
  const reply = await browser.post("/api/memory-jwt/refresh", { refresh_token: "x.rotating.unknown" });
  expect([reply.code, loginCookies(browser)]).toEqual(["INVALID_CREDENTIAL", before]);
});

test("a rotated token that comes back deletes the cookies of who sent it", async () => {
  const visitor = await loggedIn("memory-jwt/http-only-cookie");
  const copy = visitor.copy();
  await refresh(visitor, "memory-jwt/http-only-cookie");
  await visitor.post("/api/lab/clock", { advanceSeconds: 60 });
  expect((await refresh(copy, "memory-jwt/http-only-cookie")).code).toBe("REUSE_DETECTED");
  expect(loginCookies(copy)).toEqual([]);
});

describe("a revocation of the own login", () => {
  test.for(revokes)("with all others deletes the asking browser's cookies: %s", async (variant) => {
    const visitor = await loggedIn(variant);
    expect((await visitor.post(`/api/${flowOf(variant)}/revoke`, { scope: "all" })).status).toBe(200);
    expect(loginCookies(visitor)).toEqual([]);
  });

  test.for(revokesOne)("alone deletes them, by scope and by its id: %s", async (variant) => {
    const api = `/api/${flowOf(variant)}`;
    const one = await loggedIn(variant);
    expect((await one.post(`${api}/revoke`, { scope: "current" })).status).toBe(200);
    const other = await loggedIn(variant);
    const { sessions } = (await other.get(`${api}/sessions`)).body;
    const [own] = Array.isArray(sessions) ? sessions : [];
    expect((await other.post(`${api}/revoke`, { session: own.id })).status).toBe(200);
    for (const visitor of [one, other]) expect(loginCookies(visitor)).toEqual([]);
  });
});

test.for(revokesOne)("a revocation of the others leaves the asking browser's cookies alone: %s", async (variant) => {
  const visitor = await loggedIn(variant);
  const before = loginCookies(visitor);
  expect((await visitor.post(`/api/${flowOf(variant)}/revoke`, { scope: "others" })).status).toBe(200);
  expect(loginCookies(visitor)).toEqual(before);
});

test("a revocation of a native client's login leaves the cookies beside its token alone", async () => {
  const browser = await loggedIn("hybrid/bearer-or-session");
  const before = loginCookies(browser);
  const native = browser.another();
  await native.logIn("hybrid/bearer-or-session", { client: "native" });
  const headers = { authorization: `Bearer ${native.accessToken}` };
  const reply = await browser.send("POST", "/api/hybrid/revoke", { headers, body: { scope: "current" } });
  expect([reply.status, loginCookies(browser)]).toEqual([200, before]);
  expect((await browser.get("/api/hybrid/me")).status).toBe(200);
});
