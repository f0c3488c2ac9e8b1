import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { FlowModule } from "../core/flow.ts";
import type { Variant } from "../core/variant.ts";
import { flows } from "../flows/registry.ts";
import { storeModule, unnamedStore } from "../stores/registry.ts";
import { createTestApplication, type TestApplication } from "../testing/test-application.ts";
import { labIdOf } from "../testing/two-labs.ts";
import { createVisitor, enterLab, flowOf, type Visitor } from "../testing/visitor.ts";

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants);
const [first, second, third] = [newSecret(), newSecret(), newSecret()];

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function newSecret(): string {
  return randomBytes(48).toString("base64");
}

/** One database, and the application started over it again and again, each time with other secrets. */
function deployment() {
  const folder = mkdtempSync(join(tmpdir(), "loginscope-secret-"));
  open.push(async () => rmSync(folder, { recursive: true, force: true }));
  let running: TestApplication | null = null;
  return async (secret: string, previous = ""): Promise<TestApplication> => {
    await running?.dispose();
    const app = await createTestApplication({
      DATABASE_URL: `file:${join(folder, "kept.db")}`,
      LOGINSCOPE_SECRET: secret,
      LOGINSCOPE_SECRET_PREVIOUS: previous,
    });
    running = app;
    open.push(() => app.dispose());
    return app;
  };
}

/** The same client, with all that it holds, in front of the application as it runs now. */
function backAt(app: TestApplication, { cookies, accessToken, refreshToken }: Visitor): Visitor {
  const visitor = createVisitor(app, cookies);
  visitor.accessToken = accessToken;
  visitor.refreshToken = refreshToken;
  return visitor;
}

/** Credentials that depend on none of our keys: text from outside, or a random number that is looked up. */
function keyless({ id, settings }: Variant): boolean {
  const unsigned = flowOf(id) === "server-session" && settings.id === undefined;
  return settings.encoding === "plain" || unsigned || settings.proof?.startsWith("id") === true;
}

const me = (visitor: Visitor, { id }: Variant) => visitor.get(`/api/${flowOf(id)}/me`);

/** A restart deletes records in a process's own memory, with any secret. */
const lasting = variants.filter(({ settings }) => storeModule(settings.store ?? unnamedStore).sharing !== "never");

describe("[ASVS 13.3.4] the application gets a new secret", () => {
  test.for(lasting)(
    "$id: with the old secret kept, logins go on, and new credentials use the new secret",
    async (variant) => {
      const start = deployment();
      const before = await enterLab(await start(first));
      await before.logIn(variant.id);
      const app = await start(second, first);
      const visitor = backAt(app, before);
      expect([variant.id, (await me(visitor, variant)).status]).toEqual([variant.id, 200]);
      if (!variant.cannot.refresh) expect((await visitor.post(`/api/${flowOf(variant.id)}/refresh`)).status).toBe(200);
      const next = visitor.another();
      await next.logIn(variant.id);

      // The old one is taken away: only what the new one made is left.
      const alone = await start(second);
      expect((await me(backAt(alone, next), variant)).status).toBe(200);
      expect((await me(backAt(alone, before), variant)).code).toBe(keyless(variant) ? null : "INVALID_CREDENTIAL");
    },
  );

  test.for(lasting)("$id: without the old secret, credentials that depend on a key are refused", async (variant) => {
    const start = deployment();
    const before = await enterLab(await start(first));
    await before.logIn(variant.id);
    const app = await start(second);
    const after = await me(backAt(app, before), variant);
    expect([after.status, after.code]).toEqual(keyless(variant) ? [200, null] : [401, "INVALID_CREDENTIAL"]);
  });

  test("of several old secrets each verifies its own credentials", async () => {
    const start = deployment();
    const one = await enterLab(await start(first));
    await one.logIn("hybrid/allowlist");
    const two = backAt(await start(second, first), one).another();
    await two.logIn("cookie/signed");
    const app = await start(third, `${second} ${first}`);
    expect((await backAt(app, one).get("/api/hybrid/me")).status).toBe(200);
    expect((await backAt(app, two).get("/api/cookie/me")).status).toBe(200);
  });
});

describe("a refresh across the change", () => {
  test("a retry within the grace gets the old secret's successor, and no reuse is logged", async () => {
    const start = deployment();
    const before = await enterLab(await start(first));
    await before.logIn("memory-jwt/rotating");
    const retry = before.copy();
    expect((await before.post("/api/memory-jwt/refresh")).status).toBe(200);

    const app = await start(second, first);
    const late = backAt(app, retry);
    expect((await late.post("/api/memory-jwt/refresh")).status).toBe(200);
    expect(late.cookies.get("__Host-refresh")).toBe(before.cookies.get("__Host-refresh"));
    // And the chain goes on under the new one.
    const on = backAt(app, before);
    expect((await on.post("/api/memory-jwt/refresh")).status).toBe(200);
    expect((await on.post("/api/memory-jwt/refresh")).status).toBe(200);
  });

  test("a token whose successor was used is still REUSE_DETECTED", async () => {
    const start = deployment();
    const before = await enterLab(await start(first));
    await before.logIn("memory-jwt/rotating");
    const thief = before.copy();
    await before.post("/api/memory-jwt/refresh");
    await before.post("/api/memory-jwt/refresh");
    const app = await start(second, first);
    expect((await backAt(app, thief).post("/api/memory-jwt/refresh")).code).toBe("REUSE_DETECTED");
    expect((await backAt(app, before).post("/api/memory-jwt/refresh")).code).toBe("REVOKED");
  });
});

test("[RFC 7517 5] the published set has the new public keys first and the old ones with them, each under its own name", async () => {
  const start = deployment();
  const app = await start(first);
  const visitor = await enterLab(app);
  const path = `/api/labs/${labIdOf(app, visitor)}/jwks`;
  const kids = async (from: TestApplication) => {
    const { keys } = (await createVisitor(from).get(path)).body;
    return Array.isArray(keys) ? keys.map(({ kid }) => String(kid)) : [];
  };
  const [old] = await kids(app);
  const both = await kids(await start(second, first));
  expect([both.length, new Set(both).size, both[1]]).toEqual([2, 2, old]);
  expect(await kids(await start(second))).toEqual(both.slice(0, 1));
});

test("[RFC 6749 2.3.1] the earlier OAuth client may go on only while the old secret is kept", async () => {
  const start = deployment();
  const app = await start(first);
  const visitor = await enterLab(app);
  await visitor.logIn("memory-jwt/rotating");
  const clientOf = async (from: Visitor) => Object((await from.another().get("/api/lab")).body["oauth"]);
  const introspect = async (from: TestApplication, { clientId, clientSecret }: Record<string, string>) => {
    const headers = {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    };
    const url = `${from.env.origin}/api/labs/${labIdOf(from, visitor)}/oauth/introspect`;
    const body = `token=${visitor.accessToken}`;
    return from.dispatch(new Request(url, { method: "POST", headers, body }));
  };
  const old = await clientOf(visitor);
  const after = await start(second, first);
  const next = await clientOf(backAt(after, visitor));
  expect(next).not.toEqual(old);
  for (const client of [old, next]) {
    expect(await (await introspect(after, client)).json()).toMatchObject({ active: true, client_id: client.clientId });
  }
  const alone = await start(second);
  expect((await introspect(alone, old)).status).toBe(401);
  expect(await (await introspect(alone, next)).json()).toEqual({ active: false });
});
