import { argon2Sync } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createTestApplication } from "../testing/test-application.ts";
import { labIdOf } from "../testing/two-labs.ts";
import { enterLab, type Visitor } from "../testing/visitor.ts";
import { demoPasswords } from "./demo-people.ts";

// With the hashes of an installation: they are what is tested.
const app = await createTestApplication({}, { passwords: undefined });
afterAll(() => app.dispose());

/** As it was made when computers were slower. */
function cheapHash(password: string): string {
  const nonce = Buffer.alloc(16, 7);
  const tag = argon2Sync("argon2id", {
    message: password,
    nonce,
    memory: 64,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=64,t=1,p=1$${text(nonce)}$${text(tag)}`;
}

async function givenCheapHash(visitor: Visitor): Promise<{ read: () => Promise<string> }> {
  const where = { labId_username: { labId: labIdOf(app, visitor), username: "alice" } };
  const data = { passwordHash: cheapHash(demoPasswords["alice"] ?? "") };
  await app.database.client.user.update({ where, data });
  return { read: async () => (await app.database.client.user.findUniqueOrThrow({ where })).passwordHash };
}

test("a login renews a hash below today's cost, and ends no other login", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("cookie/sealed-versioned");
  const { read } = await givenCheapHash(visitor);
  expect((await visitor.another().logIn("server-session/sql", { password: "not this one" })).code).toBe(
    "BAD_CREDENTIALS",
  );
  expect(await read()).toMatch(/m=64,t=1/);

  expect((await visitor.another().logIn("server-session/sql")).status).toBe(200);
  const renewed = await read();
  expect(renewed).toMatch(/m=19456,t=2,p=1/);
  expect((await visitor.get("/api/cookie/me")).status).toBe(200);
  expect((await visitor.another().logIn("hybrid/allowlist")).status).toBe(200);
  expect(await read()).toBe(renewed);
});

test("ten logins at once renew a hash once, and all succeed", async () => {
  const visitor = await enterLab(app);
  const { read } = await givenCheapHash(visitor);
  const logins = await Promise.all(Array.from({ length: 10 }, () => visitor.another().logIn("server-session/sql")));
  expect(logins.map(({ status }) => status)).toEqual(logins.map(() => 200));
  expect((await visitor.another().logIn("server-session/sql")).status).toBe(200);
  expect(await read()).toMatch(/m=19456,t=2,p=1/);
});
