import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import { flows, paymentsOf } from "../../flows/registry.ts";
import { demoPasswords } from "../../server/demo-people.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { idsOfPeople } from "../../testing/two-labs.ts";
import { enterLab, type Reply, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) =>
  paymentsOf(manifest.id) ? manifest.variants.map(({ id }) => id) : [],
);
const address = "/api/server-session/payment";
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const open = (visitor: Visitor) => visitor.post(address);
const look = (visitor: Visitor) => visitor.get(address);
const pay = (visitor: Visitor, body: object = { to: "bob", amount: 80 }) =>
  visitor.post("/api/server-session/pay", body);
const me = (visitor: Visitor) => visitor.get("/api/server-session/me");

async function loggedIn(variant: VariantId = "server-session/sql"): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant)).status).toBe(200);
  return visitor;
}

async function paying(variant?: VariantId): Promise<Visitor> {
  const visitor = await loggedIn(variant);
  expect((await open(visitor)).status).toBe(200);
  return visitor;
}

async function advance(visitor: Visitor, advanceSeconds: number): Promise<void> {
  expect((await visitor.another().post("/api/lab/clock", { advanceSeconds })).status).toBe(200);
}

function expectRefused(reply: Reply, status: number, code: string): void {
  expect([reply.status, reply.code]).toEqual([status, code]);
}

describe.for(variants)("%s: a payment session", (variant) => {
  test("opens beside the login, in a cookie of its own, and pays any amount", async () => {
    const alice = await loggedIn(variant);
    const opened = await open(alice);
    expect([opened.status, opened.body]).toEqual([200, { openedAt: iso, expiresAt: iso }]);
    const { openedAt, expiresAt } = opened.body;
    expect(Date.parse(String(expiresAt)) - Date.parse(String(openedAt))).toBe(15 * 60_000);
    const line = opened.setCookies.find((each) => each.startsWith("__Host-payment="));
    const attributes = ["HttpOnly", "Max-Age=900", "Path=/", "SameSite=Strict", "Secure"];
    expect(line?.split("; ").slice(1).sort()).toEqual(attributes);
    expect((await look(alice)).body).toEqual(opened.body);
    expect((await pay(alice)).body).toEqual({ balance: 20 });
    expect((await pay(alice, { to: "bob", amount: 20 })).body).toEqual({ balance: 0 });
    expect((await me(alice)).status).toBe(200);
  });

  test("[WSTG-SESS-08] its cookie is refused as a login's, and a login's as its own", async () => {
    const alice = await paying(variant);
    const [login, payment] = [alice.cookies.get("__Host-sid") ?? "", alice.cookies.get("__Host-payment") ?? ""];
    expect(payment).not.toBe(login);
    alice.cookies.set("__Host-sid", payment);
    expectRefused(await me(alice), 401, "INVALID_CREDENTIAL");
    alice.cookies.set("__Host-sid", login);
    alice.cookies.set("__Host-payment", login);
    expectRefused(await look(alice), 401, "INVALID_CREDENTIAL");
    expectRefused(await pay(alice), 401, "INVALID_CREDENTIAL");
    const { sessions } = (await alice.get("/api/server-session/sessions")).body;
    expect(sessions).toHaveLength(1);
  });

  test("ends by its own DELETE, and the login goes on", async () => {
    const alice = await paying(variant);
    const copy = alice.copy();
    const ended = await alice.send("DELETE", address);
    expect([ended.status, ended.text, alice.cookies.has("__Host-payment")]).toEqual([204, "", false]);
    expectRefused(await look(alice), 401, "NO_CREDENTIAL");
    expectRefused(await look(copy), 401, "REVOKED");
    expectRefused(await pay(copy), 401, "REVOKED");
    expect((await me(alice)).status).toBe(200);
    expect((await alice.send("DELETE", address)).status).toBe(204);
  });

  test("ends with the login: by logout, revocation, an admin, a new login, a new password and a password proved again", async () => {
    const password = demoPasswords["alice"];
    const endings: Readonly<Record<string, (alice: Visitor) => Promise<Reply>>> = {
      logout: (alice) => alice.post("/api/server-session/logout"),
      revocation: (alice) => alice.post("/api/server-session/revoke", { scope: "current" }),
      "a new login": (alice) => alice.logIn(variant),
      "a password proved again": (alice) => alice.post("/api/server-session/reauthenticate", { password }),
      "a new password": (alice) => alice.post("/api/account/password", { current: password, next: "alice-likes-rain" }),
      async "an admin"(alice) {
        const admin = alice.another();
        await admin.logIn("hybrid/allowlist", { username: "admin" });
        return admin.post(`/api/admin/users/${(await idsOfPeople(alice)).get("alice")}/revoke`);
      },
    };
    for (const [name, end] of Object.entries(endings)) {
      const alice = await paying(variant);
      const copy = alice.copy();
      expect([name, (await end(alice)).status < 300]).toEqual([name, true]);
      expect([name, (await look(copy)).code, (await pay(copy)).code]).toEqual([name, "REVOKED", "REVOKED"]);
      // The old payment session ended with its login; the new login does not take it over.
      alice.cookies.set("__Host-payment", copy.cookies.get("__Host-payment") ?? "");
      expect([name, (await look(alice)).status]).toEqual([name, 401]);
      expect([name, (await pay(alice)).status]).toEqual([name, 401]);
    }
  });

  test("ends after 15 minutes even in use, and does not move the login's own end", async () => {
    const alice = await paying(variant);
    await advance(alice, 14 * 60);
    expect((await look(alice)).status).toBe(200);
    expect((await pay(alice, { to: "bob", amount: 1 })).status).toBe(200);
    await advance(alice, 60);
    expectRefused(await look(alice), 401, "EXPIRED");
    expectRefused(await pay(alice), 401, "EXPIRED");
    expect((await me(alice)).status).toBe(200);
  });

  test("is deleted with the lab, and by a sweep past its end", async () => {
    const alice = await paying(variant);
    const copy = alice.copy();
    await alice.post("/api/lab/reset");
    expect((await look(copy)).status).toBe(401);
  });
});

describe("to open one", () => {
  test.for(variants)("[ASVS 7.5.3] %s takes a password that was given in the last five minutes", async (variant) => {
    const alice = await loggedIn(variant);
    await advance(alice, 5 * 60 - 20);
    expect((await open(alice)).status).toBe(200);
    await alice.send("DELETE", address);
    await advance(alice, 21);
    const refused = await open(alice);
    expectRefused(refused, 403, "REAUTHENTICATION_REQUIRED");
    expect(refused.setCookies).toEqual([]);
    await alice.post("/api/server-session/reauthenticate", { password: demoPasswords["alice"] });
    expect((await open(alice)).status).toBe(200);
  });

  test("takes an ordinary login, of this flow", async () => {
    const stranger = await enterLab(app);
    expectRefused(await open(stranger), 401, "NO_CREDENTIAL");
    expectRefused(await look(stranger), 401, "NO_CREDENTIAL");
    expectRefused(await pay(stranger), 401, "NO_CREDENTIAL");
    await stranger.logIn("hybrid/allowlist");
    expectRefused(await open(stranger), 401, "NO_CREDENTIAL");
    for (const { manifest } of modules.filter((module) => !paymentsOf(module.manifest.id))) {
      expectRefused(await stranger.post(`/api/${manifest.id}/payment`), 404, "NOT_FOUND");
      expectRefused(await stranger.post(`/api/${manifest.id}/pay`, { to: "bob", amount: 1 }), 404, "NOT_FOUND");
    }
  });

  test("again ends the previous one: a login has one payment session", async () => {
    const alice = await paying();
    const before = alice.copy();
    expect((await open(alice)).status).toBe(200);
    expectRefused(await look(before), 401, "REVOKED");
    expect((await look(alice)).status).toBe(200);
  });
});

describe("with one of the two cookies", () => {
  test("no payment is made: neither with the payment's cookie alone nor with another login's", async () => {
    const alice = await paying();
    const payment = alice.cookies.get("__Host-payment") ?? "";
    const thief = alice.another();
    thief.cookies.set("__Host-payment", payment);
    expectRefused(await pay(thief), 401, "NO_CREDENTIAL");
    await thief.logIn("server-session/sql", { username: "bob" });
    expectRefused(await pay(thief, { to: "alice", amount: 1 }), 401, "INVALID_CREDENTIAL");
    const herOtherDevice = alice.another();
    await herOtherDevice.logIn("server-session/sql");
    herOtherDevice.cookies.set("__Host-payment", payment);
    expectRefused(await pay(herOtherDevice), 401, "INVALID_CREDENTIAL");
    expect((await look(alice)).status).toBe(200);
  });

  test("a page of another site can neither open a payment session nor pay", async () => {
    const alice = await paying();
    const headers = { "sec-fetch-site": "cross-site" };
    for (const [method, path, body] of [
      ["POST", address, undefined],
      ["DELETE", address, undefined],
      ["POST", "/api/server-session/pay", { to: "bob", amount: 1 }],
    ] as const) {
      expectRefused(await alice.send(method, path, { headers, ...(body && { body }) }), 403, "CROSS_SITE_REQUEST");
    }
    expect((await pay(alice, { to: "bob", amount: 1 })).body).toEqual({ balance: 99 });
  });
});
