import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
/** Each operation for admins, with a body that it accepts. */
const powers = [
  { action: "role", body: { role: "admin" } },
  { action: "disable", body: undefined },
  { action: "revoke", body: undefined },
] as const;

async function idOf(visitor: Visitor, username: string): Promise<string> {
  const { people } = (await visitor.get("/api/lab")).body;
  return Array.isArray(people) ? people.find((person) => person.username === username)?.id : "";
}

/** An admin, alice and bob in a new lab, each with a client of their own. */
async function assemble(
  variant: VariantId,
): Promise<Record<"admin" | "alice" | "bob", Visitor> & { on(who: string): Promise<string> }> {
  const admin = await enterLab(app);
  const [alice, bob] = [admin.another(), admin.another()];
  expect((await admin.logIn(variant, { username: "admin" })).status).toBe(200);
  expect((await alice.logIn(variant)).status).toBe(200);
  expect((await bob.logIn(variant, { username: "bob" })).status).toBe(200);
  return { admin, alice, bob, on: async (who) => `/api/admin/users/${await idOf(admin, who)}` };
}

/** Makes a person an admin. A lab's last one can be neither lowered nor disabled. */
async function promote(admin: Visitor, on: (who: string) => Promise<string>, who: string): Promise<void> {
  expect((await admin.post(`${await on(who)}/role`, { role: "admin" })).status).toBe(204);
}

describe("power over others", () => {
  test.for(variants)("is FORBIDDEN to a user, with $id", async ({ id }) => {
    const { alice, bob, on } = await assemble(id);
    for (const { action, body } of powers) {
      const reply = await alice.post(`${await on("bob")}/${action}`, body);
      expect([action, reply.status, reply.code]).toEqual([action, 403, "FORBIDDEN"]);
      // Nor does it tell who exists.
      expect((await alice.post(`/api/admin/users/nobody/${action}`, body)).text).toBe(reply.text);
    }
    expect((await bob.get(`/api/${flowOf(id)}/me`)).body).toMatchObject({ user: { role: "user" } });
  });

  test.for(variants)("is FORBIDDEN to a former admin with a credential of $id from before", async ({ id }) => {
    const { admin, bob, on } = await assemble(id);
    await promote(admin, on, "alice");
    expect((await admin.post(`${await on("admin")}/role`, { role: "user" })).status).toBe(204);
    expect((await admin.get("/api/user-info")).status).toBe(200);
    for (const { action, body } of powers) {
      expect([action, (await admin.post(`${await on("bob")}/${action}`, body)).code]).toEqual([action, "FORBIDDEN"]);
    }
    expect((await bob.get(`/api/${flowOf(id)}/me`)).status).toBe(200);
  });

  test.for(powers)(
    "to $action is refused to an admin who was disabled, though the cookie still gets in",
    async (power) => {
      const { admin, on } = await assemble("cookie/sealed");
      await promote(admin, on, "alice");
      expect((await admin.post(`${await on("admin")}/disable`)).status).toBe(204);
      expect((await admin.get("/api/user-info")).status).toBe(200);
      expect((await admin.post(`${await on("bob")}/${power.action}`, power.body)).code).toBe("FORBIDDEN");
    },
  );

  test.for(powers)("to $action is NO_CREDENTIAL to a stranger", async ({ action, body }) => {
    const { admin, on } = await assemble("cookie/sealed");
    const reply = await admin.another().post(`${await on("bob")}/${action}`, body);
    expect([reply.status, reply.code]).toEqual([401, "NO_CREDENTIAL"]);
    expect(reply.headers.get("www-authenticate")).toMatch(/^Bearer /);
  });

  test("ends at the lab: a person of another lab is NOT_FOUND, like an unknown one", async () => {
    const here = await assemble("server-session/sql");
    const there = await assemble("server-session/sql");
    for (const { action, body } of powers) {
      const elsewhere = await here.admin.post(`${await there.on("bob")}/${action}`, body);
      expect([action, elsewhere.status, elsewhere.code]).toEqual([action, 404, "NOT_FOUND"]);
      expect((await here.admin.post(`/api/admin/users/nobody/${action}`, body)).text).toBe(elsewhere.text);
    }
    expect((await there.bob.get("/api/server-session/me")).body).toMatchObject({ user: { role: "user" } });
  });
});

describe("the last admin", () => {
  const demotions = [
    { action: "role", body: { role: "user" } },
    { action: "disable", body: undefined },
  ] as const;

  test.for(demotions)("is LAST_ADMIN for $action, and goes on as before", async ({ action, body }) => {
    const { admin, bob, on } = await assemble("server-session/sql");
    const reply = await admin.post(`${await on("admin")}/${action}`, body);
    expect([reply.status, reply.code]).toEqual([409, "LAST_ADMIN"]);
    expect((await admin.get("/api/server-session/me")).body).toMatchObject({ user: { role: "admin" } });
    const { text } = await admin.get("/api/audit");
    expect(text).not.toMatch(/role-changed|user-disabled/);

    await promote(admin, on, "bob");
    // A raised role ends the logins from before.
    await bob.logIn("server-session/sql", { username: "bob" });
    expect((await admin.post(`${await on("admin")}/${action}`, body)).status).toBe(204);
    expect((await bob.post(`${await on("bob")}/${action}`, body)).code).toBe("LAST_ADMIN");
  });

  test("may be given the role that they have, and be enabled", async () => {
    const { admin, on } = await assemble("server-session/sql");
    expect((await admin.post(`${await on("admin")}/role`, { role: "admin" })).status).toBe(204);
    expect((await admin.post(`${await on("admin")}/disable`, { disabled: false })).status).toBe(204);
  });
});

test.for(variants)(
  "a lowered role counts with $id at once, or stays stale, as the manifest claims",
  async ({ id, claims }) => {
    const { admin, bob, on } = await assemble(id);
    await admin.post(`${await on("bob")}/role`, { role: "admin" });
    await bob.logIn(id, { username: "bob" });
    const reply = await admin.post(`${await on("bob")}/role`, { role: "user" });
    expect([reply.status, reply.text]).toEqual([204, ""]);
    const { user } = (await bob.get(`/api/${flowOf(id)}/me`)).body;
    const authority = claims["role-lowered"]?.find(({ credential }) => credential === "access")?.authority;
    expect(user).toMatchObject({ role: authority === "current" ? "user" : "admin" });
    expect((await bob.another().logIn(id, { username: "bob" })).body).toMatchObject({ user: { role: "user" } });
  },
);

/** A role that is raised is what an id from before must not get (session fixation, WSTG-SESS-03). */
test.for(variants)(
  "a raised role ends a login of $id from before, as far as a password change can, and the next one has a new credential",
  async ({ id, claims }) => {
    const { admin, bob, on } = await assemble(id);
    const before = bob.copy();
    expect((await admin.post(`${await on("bob")}/role`, { role: "admin" })).status).toBe(204);
    const ends = claims["password-change"]?.find(({ credential }) => credential === "access");
    const me = await before.get(`/api/${flowOf(id)}/me`);
    expect(me.code).toBe(ends?.outcome === "exposed" ? null : ends?.outcome);
    expect((await bob.logIn(id, { username: "bob" })).body).toMatchObject({ user: { role: "admin" } });
    expect([...bob.cookies.values(), bob.accessToken]).not.toEqual([...before.cookies.values(), before.accessToken]);
    expect((await bob.get(`/api/${flowOf(id)}/me`)).body).toMatchObject({ user: { role: "admin" } });
    expect((await admin.post(`${await on("bob")}/role`, { role: "admin" })).status).toBe(204);
    expect((await bob.get(`/api/${flowOf(id)}/me`)).status).toBe(200);
  },
);

test("the name of an admin in a plain cookie, and no other change, gives the admin's powers", async () => {
  const { bob } = await assemble("cookie/plain");
  const cookie = "__Host-login";
  const own = decodeURIComponent(bob.cookies.get(cookie) ?? "");
  expect((await bob.get("/api/admin/users")).code).toBe("FORBIDDEN");
  bob.cookies.set(cookie, encodeURIComponent(own.replace('"user":"bob"', '"user":"admin"')));
  expect((await bob.get("/api/cookie/me")).body).toMatchObject({ user: { username: "admin", role: "admin" } });
  expect((await bob.get("/api/admin/users")).status).toBe(200);
});

test.for(variants)(
  "disabling refuses the next login with $id, and ends live ones if the variant is safe",
  async (variant) => {
    const { id, safety, claims }: Variant = variant;
    // A service that is asked whether it counts does not say why not.
    const over = claims["password-change"]?.[0]?.outcome;
    const { admin, bob, on } = await assemble(id);
    const wrong = await bob.another().logIn(id, { username: "bob", password: "not this one" });
    expect((await admin.post(`${await on("bob")}/disable`)).status).toBe(204);
    // Right or wrong, a disabled person's password is answered like a wrong one.
    const disabled = await bob.another().logIn(id, { username: "bob" });
    expect([disabled.status, disabled.text]).toEqual([wrong.status, wrong.text]);
    if (safety === "safe") expect((await bob.get(`/api/${flowOf(id)}/me`)).code).toBe(over);

    expect((await admin.post(`${await on("bob")}/disable`, { disabled: false })).status).toBe(204);
    // Enabling a person allows new logins and revives no old one.
    if (safety === "safe") expect((await bob.get(`/api/${flowOf(id)}/me`)).code).toBe(over);
    expect((await bob.another().logIn(id, { username: "bob" })).status).toBe(200);
  },
);

test("a disabled person cannot change the password, also with a credential that still gets in", async () => {
  const { admin, bob, on } = await assemble("cookie/sealed");
  await admin.post(`${await on("bob")}/disable`);
  const reply = await bob.post("/api/account/password", { current: "bob-likes-coffee", next: "bob-likes-cocoa" });
  expect(reply.code).toBe("REVOKED");
  await admin.post(`${await on("bob")}/disable`, { disabled: false });
  expect((await bob.another().logIn("cookie/sealed", { username: "bob" })).status).toBe(200);
});

test("revoke by an admin ends a person's logins in all variants that can, and names the others", async () => {
  const { admin, on } = await assemble("server-session/sql");
  const bobs = await Promise.all(
    variants.map(async ({ id, cannot }) => {
      const bob = admin.another();
      await bob.logIn(id, { username: "bob" });
      return { id, cannot, bob };
    }),
  );
  const reply = await admin.post(`${await on("bob")}/revoke`);
  const cannot = variants.filter((variant) => variant.cannot.revoke).map(({ id }) => id);
  expect(reply.status).toBe(200);
  expect(reply.body).toEqual({ revoked: expect.any(Number), cannot: expect.arrayContaining(cannot) });
  expect(reply.body["cannot"]).toHaveLength(cannot.length);
  for (const { id, bob } of bobs.filter((each) => !each.cannot.revoke)) {
    const claimed = variants.find((each) => each.id === id)?.claims["replay-after-revoke-all"] ?? [];
    const access = claimed.find(({ credential }) => credential === "access")?.outcome;
    expect([id, (await bob.get(`/api/${flowOf(id)}/me`)).code ?? "exposed"]).toEqual([id, access]);
  }
  expect((await admin.get("/api/user-info")).status).toBe(200);
});

describe.for(variants)("$id", ({ id, cannot, claims }) => {
  const claimed = cannot.revoke ? "exposed" : claims["replay-after-revoke-all"]?.[0]?.outcome;
  test(`[ASVS 7.4.5${claimed === "exposed" ? ": cannot" : ""}] an admin ends all of a person's logins, as far as the flow can`, async () => {
    const { admin, bob, on } = await assemble(id);
    const { status, body } = await admin.post(`${await on("bob")}/revoke`);
    expect([status, Array.isArray(body["cannot"]) && body["cannot"].includes(id)]).toEqual([
      200,
      Boolean(cannot.revoke),
    ]);
    expect((await bob.get(`/api/${flowOf(id)}/me`)).code ?? "exposed").toBe(claimed);
  });
});

test("a role or switch of another type is UNPROCESSABLE, and the detail names the field", async () => {
  const { admin, on } = await assemble("server-session/sql");
  const role = await admin.post(`${await on("bob")}/role`, { role: "owner" });
  expect([role.status, role.body["detail"]]).toEqual([422, expect.stringMatching(/^role: /)]);
  const disabled = await admin.post(`${await on("bob")}/disable`, { disabled: "yes" });
  expect([disabled.status, disabled.body["detail"]]).toEqual([422, expect.stringMatching(/^disabled: /)]);
});
