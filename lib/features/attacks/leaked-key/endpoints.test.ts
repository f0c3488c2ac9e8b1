import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../../testing/visitor.ts";
import type { LeakedKeyPlay, ShownKey } from "./model.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

async function keysOf(visitor: Visitor): Promise<readonly ShownKey[]> {
  const { body } = await visitor.get("/api/lab/leaked-key");
  return body["keys"] as readonly ShownKey[];
}

describe("the keys of a lab", () => {
  test("are its own: another lab has others, and a reset ends them", async () => {
    const [here, there] = [await enterLab(app), await enterLab(app)];
    await here.logIn("cookie/sealed");
    const own = (await keysOf(here)).map(({ value }) => value);
    expect(new Set(own).size).toBe(8);
    const others = await keysOf(there);
    for (const { value } of others) expect(own).not.toContain(value);
    await here.post("/api/lab/reset");
    for (const { value } of await keysOf(here)) expect(own).not.toContain(value);
  });

  test("are the newest: after a rotation they are others, under another name", async () => {
    const visitor = await enterLab(app);
    const before = await keysOf(visitor);
    await visitor.post("/api/lab/keys/rotate", { overlap: true });
    const after = await keysOf(visitor);
    for (const [index, { id, value, keyId }] of after.entries()) {
      expect(before[index]?.value, id).not.toBe(value);
      expect(before[index]?.keyId, id).not.toBe(keyId);
    }
  });

  test("that are published have no private half", async () => {
    const published = (await keysOf(await enterLab(app))).find(({ id }) => id === "public");
    expect(published?.value).toContain('"crv":"Ed25519"');
    expect(published?.value).not.toContain('"d":');
  });
});

describe("a credential that is made with a lab's own key", () => {
  test.for([
    { key: "cookie/signed", variant: "cookie/signed", accepted: true },
    { key: "cookie/sealed-versioned", variant: "cookie/sealed-versioned", accepted: true },
    { key: "EdDSA", variant: "memory-jwt/user-version", accepted: true },
    { key: "HS256", variant: "memory-jwt/hs256", accepted: true },
    { key: "EdDSA", variant: "hybrid/allowlist", accepted: false },
    { key: "server-session/signed-id", variant: "server-session/signed-id", accepted: false },
    { key: "public", variant: "memory-jwt/rotating", accepted: false },
  ] as const)("of $variant with $key: accepted by this lab $accepted", async ({ key, variant, accepted }) => {
    const visitor = await enterLab(app);
    const { body } = await visitor.post("/api/lab/leaked-key/made", { key, variant, as: "admin" });
    const { credential } = body;
    const tried = await visitor.post("/api/lab/try", { flow: flowOf(variant), credential });
    expect(tried.body["accepted"]).toBe(accepted);
    if (accepted) expect(tried.body["user"]).toMatchObject({ username: "admin", role: "admin" });
  });

  test("has the number of today's logins after a revocation of all", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("memory-jwt/user-version");
    const make = () =>
      visitor.post("/api/lab/leaked-key/made", { key: "EdDSA", variant: "memory-jwt/user-version", as: "alice" });
    const say = async (made: { body: Readonly<Record<string, unknown>> }) =>
      (await visitor.post("/api/lab/try", { flow: "memory-jwt", credential: made.body["credential"] })).body["code"];
    const before = await make();
    expect(await say(before)).toBeNull();
    await visitor.post("/api/memory-jwt/revoke", { scope: "all" });
    expect(await say(before)).toBe("REVOKED");
    expect(await say(await make())).toBeNull();
  });

  test.for([
    { key: "nonesuch", variant: "cookie/signed", as: "admin", says: "key: there are cookie/signed," },
    { key: "EdDSA", variant: "cookie/signed", as: "admin", says: "variant: under this key there are memory-jwt/" },
    { key: "EdDSA", variant: "memory-jwt/rotating", as: "nobody", says: "as: this lab has no such person." },
  ])("is refused where there is no such key, variant or person: $says", async ({ says, ...body }) => {
    const visitor = await enterLab(app);
    const reply = await visitor.post("/api/lab/leaked-key/made", body);
    expect(reply.code).toBe("UNPROCESSABLE");
    expect(reply.text).toContain(says);
  });
});

describe("a leaked key that is played", () => {
  test("leaves the visitor's lab as it was, and is played once at a time", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn("memory-jwt/hs256");
    const before = [(await visitor.get("/api/lab")).body["held"], await keysOf(visitor)];
    const play = () => visitor.post("/api/lab/leaked-key", { key: "HS256", as: "admin" });
    const answers = await Promise.all([play(), play()]);
    expect(answers.map(({ code }) => code ?? "played").sort()).toEqual(["TOO_MANY_REQUESTS", "played"]);
    const played = answers.find(({ status }) => status === 200)?.body as unknown as LeakedKeyPlay;
    expect(played).toMatchObject({
      tried: true,
      variants: [{ variant: "memory-jwt/hs256", asExpected: true }],
      rotation: { variant: "memory-jwt/hs256" },
    });
    expect([(await visitor.get("/api/lab")).body["held"], await keysOf(visitor)]).toEqual(before);
  });

  test("with the published keys has no rotation, since there is nobody to lock out", async () => {
    const visitor = await enterLab(app);
    const { body } = await visitor.post("/api/lab/leaked-key", { key: "public", as: "bob" });
    expect(body).toMatchObject({ tried: true, rotation: null, captured: [] });
  });

  test("is refused where there is no such key or person", async () => {
    const visitor = await enterLab(app);
    for (const body of [
      { key: "nonesuch", as: "admin" },
      { key: "EdDSA", as: "nobody" },
    ]) {
      expect((await visitor.post("/api/lab/leaked-key", body)).code).toBe("UNPROCESSABLE");
    }
  });
});

test("without lab mode no key is shown, and nothing is made or played with one", async () => {
  const real = await createTestApplication({ LAB_MODE: "off" });
  try {
    for (const [method, path] of [
      ["GET", "/api/lab/leaked-key"],
      ["POST", "/api/lab/leaked-key"],
      ["POST", "/api/lab/leaked-key/made"],
    ] as const) {
      const request = new Request(`${real.env.origin}${path}`, { method, ...(method === "POST" && { body: "{}" }) });
      expect((await real.dispatch(request)).status).toBe(404);
    }
  } finally {
    await real.dispose();
  }
});
