import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { holdingOf } from "../core/credential.ts";
import type { FlowModule } from "../core/flow.ts";
import { day, minute } from "../core/time.ts";
import { flows } from "../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../testing/test-application.ts";
import { createVisitor, credentialCookies } from "../testing/visitor.ts";
import { demoPasswords } from "./demo-people.ts";
import { permanentLabId } from "./lab-contexts.ts";

const modules: readonly FlowModule[] = flows;
const password = "a quite different horse";
const production = { NODE_ENV: "production", LAB_MODE: "" };

const app = await createTestApplication(production);
beforeAll(() => addPerson(app));
afterAll(() => app.dispose());

test("lab mode is off in production, and turning it on takes LAB_MODE=on", async () => {
  expect(app.env.labMode).toBe(false);
  const lab = await createTestApplication({ NODE_ENV: "production", LAB_MODE: "on" });
  expect((await createVisitor(lab).get("/api/lab")).status).toBe(200);
  await lab.dispose();
});

describe("a lab's addresses cannot be reached", () => {
  const paths = [...app.table.keys()].filter((path) => /^lab(\/|$)/.test(path));

  test("the list of a lab's addresses is not empty", () => {
    expect(paths).toEqual(
      expect.arrayContaining(["lab", "lab/clock", "lab/keys/rotate", "lab/reset", "lab/exchanges"]),
    );
  });

  test.for(paths)("/api/%s is NOT_FOUND, by any method", async (path) => {
    const visitor = createVisitor(app);
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const reply = await visitor.send(method, `/api/${path.replace(":id", "replay-after-logout")}`);
      expect([method, reply.status]).toEqual([method, 404]);
      if (method !== "HEAD") expect([method, reply.code]).toEqual([method, "NOT_FOUND"]);
      expect(reply.setCookies).toEqual([]);
    }
  });

  test("the lab's clock is the system's, and the lab does not expire", async () => {
    const context = await app.labContexts.find(permanentLabId);
    expect(context?.lab).toMatchObject({ clockOffset: 0, expiresAt: null });
    expect(await app.sweep()).toEqual({ labs: 0, records: 0, families: 0, deniedTokens: 0 });
  });
});

describe.for(modules)("$manifest.id", ({ manifest }) => {
  const api = `/api/${manifest.id}`;

  test("[ASVS 6.3.2] has no demo people: their public passwords are BAD_CREDENTIALS", async () => {
    const people = Object.entries(demoPasswords);
    expect(people.length).toBeGreaterThanOrEqual(3);
    for (const [username, known] of people) {
      const reply = await createVisitor(app).post(`${api}/login`, { username, password: known });
      expect([username, reply.status, reply.code]).toEqual([username, 401, "BAD_CREDENTIALS"]);
    }
  });

  test("an added person logs in, without a lab cookie, with a variant that is safe", async () => {
    const visitor = createVisitor(app);
    const reply = await logIn(visitor);
    expect([reply.status, reply.body["variant"]]).toEqual([200, manifest.defaults.production]);
    const variant = manifest.variants.find(({ id }) => id === reply.body["variant"]);
    expect([...visitor.cookies.keys()]).toEqual(credentialCookies(variant ?? { holds: manifest.variants[0].holds }));
    expect((await visitor.get(`${api}/me`)).body["user"]).toMatchObject({ username: "carol", role: "user" });
    expect(variant?.safety).toBe("safe");
  });

  test("a lab cookie has no effect: there is one lab", async () => {
    const visitor = createVisitor(app, [["__Host-lab", app.app.mintLabCookie()]]);
    expect((await logIn(visitor)).status).toBe(200);
    expect((await visitor.get(`${api}/me`)).status).toBe(200);
  });

  test("the default variant's login can be ended at once, by a logout and by revoking all", async () => {
    const variant = manifest.variants.find(({ id }) => id === manifest.defaults.production);
    for (const [path, body] of [
      ["logout", undefined],
      ["revoke", { scope: "all" }],
    ] as const) {
      const visitor = createVisitor(app);
      await logIn(visitor);
      const copy = visitor.copy();
      expect((await visitor.post(`${api}/${path}`, body)).status).toBeLessThan(300);
      expect([path, (await copy.get(`${api}/me`)).code]).toEqual([path, "REVOKED"]);
      const refresh = await copy.post(`${api}/refresh`);
      expect(refresh.code).toBe(variant && holdingOf(variant, "refresh") ? "REVOKED" : "NOT_SUPPORTED");
    }
  });

  test("[ASVS 14.3.1] logging out clears the origin's data in the browser", async () => {
    const visitor = createVisitor(app);
    await logIn(visitor);
    const { status, headers } = await visitor.post(`${api}/logout`);
    expect([status, headers.get("clear-site-data")]).toEqual([204, '"storage"']);
    expect([...visitor.cookies.keys()]).toEqual([]);
  });

  test("a browser that logged out is still a known device", async () => {
    const visitor = createVisitor(app);
    await logIn(visitor);
    await visitor.post(`${api}/logout`);
    expect([...visitor.device.keys()]).toEqual(["__Host-known-device"]);
  });

  test("an unsafe variant cannot be logged in with, and in lab mode it can", async () => {
    const id = `${manifest.id}/unsafe` as const;
    const [first] = manifest.variants.filter(({ safety }) => safety !== "unsafe");
    if (!first) throw new Error(`${manifest.id} has unsafe variants only`);
    const unsafe = modules.map((module) =>
      module.manifest.id === manifest.id
        ? {
            ...module,
            manifest: { ...manifest, variants: [first, { ...first, id, safety: "unsafe" as const }] as const },
          }
        : module,
    );
    const outside = await createTestApplication(production, { flows: unsafe });
    await addPerson(outside);
    const refused = await createVisitor(outside).post(`${api}/login`, { username: "carol", password, variant: id });
    expect([refused.status, refused.code, refused.setCookies]).toEqual([422, "UNPROCESSABLE", []]);
    expect(refused.body["detail"]).toContain(first.id);
    expect(refused.body["detail"]).not.toContain("unsafe");
    await outside.dispose();

    const inside = await createTestApplication({ NODE_ENV: "production", LAB_MODE: "on" }, { flows: unsafe });
    expect((await createVisitor(inside).logIn(id)).body["variant"]).toBe(id);
    await inside.dispose();
  });

  function logIn(visitor: ReturnType<typeof createVisitor>) {
    return visitor.post(`${api}/login`, { username: "carol", password });
  }
});

test("[ASVS 6.3.2] only added people exist", async () => {
  const context = await app.labContexts.find(permanentLabId);
  expect((await context?.people.list())?.map(({ username }) => username)).toEqual(["carol"]);
});

test.for(modules.flatMap(({ manifest }) => manifest.variants).filter(({ safety }) => safety === "unsafe"))(
  "[ASVS 7.2.1] a forged credential of $id is INVALID_CREDENTIAL, and no message names the variant",
  async (variant) => {
    const { id } = variant;
    const api = `/api/${id.split("/")[0]}`;
    const refused = await createVisitor(app).post(`${api}/login`, {
      username: "carol",
      password,
      variant: id,
    });
    expect([refused.status, refused.code]).toEqual([422, "UNPROCESSABLE"]);
    expect(refused.body["detail"]).not.toContain(id);
    const forged = `${permanentLabId}.${id.split("/")[1]}.${encodeURIComponent(JSON.stringify(anybodysState()))}`;
    const inCookie = variant.holds.find(({ travels }) => travels === "cookie");
    const forger = createVisitor(app, inCookie?.travels === "cookie" ? [[inCookie.cookie, forged]] : []);
    // Where no cookie has anything, the page keeps the refresh token too.
    if (!inCookie) forger.refreshToken = `${permanentLabId}.${id.split("/")[1]}.of-anybody`;
    const reply =
      inCookie?.credential === "access" ? await forger.get(`${api}/me`) : await forger.post(`${api}/refresh`);
    expect([id, reply.code]).toEqual([id, "INVALID_CREDENTIAL"]);
  },
);

test("the one lab publishes its keys", async () => {
  const reply = await createVisitor(app).get(`/api/labs/${permanentLabId}/jwks`);
  expect(reply.body).toMatchObject({
    keys: [{ kid: expect.stringMatching(/^ed25519-1-[0-9a-f]{8}$/), alg: "EdDSA", use: "sig" }],
  });
});

test("a sweep deletes records past their absolute end in every store, with a count, and no others", async () => {
  const began = Date.now();
  let passed = 0;
  const aging = await createTestApplication(production, { systemClock: { now: () => began + passed } });
  await addPerson(aging);
  const kept = modules.flatMap(({ manifest }) =>
    manifest.variants.filter(({ settings, safety }) => settings.store && safety !== "unsafe"),
  );
  for (const { id } of kept) {
    const reply = await createVisitor(aging).logIn(id, { username: "carol", password });
    expect([id, reply.status]).toEqual([id, 200]);
  }
  expect(await aging.sweep()).toEqual({ labs: 0, records: 0, families: 0, deniedTokens: 0 });
  passed = 8 * day;
  const families = kept.filter(({ cannot, settings }) => !cannot.refresh && !settings.proof).length;
  expect(await aging.sweep()).toEqual({ labs: 0, records: kept.length - families, families, deniedTokens: 0 });
  expect(await aging.sweep()).toEqual({ labs: 0, records: 0, families: 0, deniedTokens: 0 });
  await aging.dispose();
});

test("a denied token is on the list until its exp, and no longer", async () => {
  const began = Date.now();
  let passed = 0;
  const aging = await createTestApplication(production, { systemClock: { now: () => began + passed } });
  await addPerson(aging);
  const carol = createVisitor(aging);
  await carol.logIn("memory-jwt/denylist", { username: "carol", password });
  const copy = carol.copy();
  await carol.post("/api/memory-jwt/logout");
  passed = 14 * minute;
  expect(await aging.sweep()).toEqual({ labs: 0, records: 0, families: 0, deniedTokens: 0 });
  expect((await copy.get("/api/memory-jwt/me")).code).toBe("REVOKED");
  passed = 16 * minute;
  expect(await aging.sweep()).toEqual({ labs: 0, records: 0, families: 0, deniedTokens: 1 });
  expect((await copy.get("/api/memory-jwt/me")).code).toBe("EXPIRED");
  await aging.dispose();
});

/** As the command does it that adds people. */
async function addPerson({ labContexts, passwords }: TestApplication): Promise<void> {
  const context = await labContexts.find(permanentLabId);
  const passwordHash = await passwords.hash(password);
  expect(await context?.people.add({ username: "carol", displayName: "Carol", role: "user", passwordHash })).toBeNull();
}

/** A login as a cookie without proof would tell it. */
function anybodysState() {
  const [now, later] = [Date.now(), Date.now() + 3_600_000];
  const times = { issuedAt: now, authenticatedAt: now, seenAt: now, idleFor: 3_600_000, endsAt: later };
  return { user: "carol", version: 0, ...times, remembered: false };
}
