import { afterAll, describe, expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Reply, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

/** The sentences about a refused login: of its own flow, and of an address for every flow. */
async function sentencesOn(visitor: Visitor, variant: VariantId): Promise<readonly unknown[]> {
  const own: Reply = await visitor.get(`/api/${flowOf(variant)}/me`);
  const any: Reply = await visitor.get("/api/user-info");
  const { held } = (await visitor.get("/api/lab")).body;
  const { login } = Object(held)[flowOf(variant)];
  expect([own.code, any.code, login.code]).toEqual(Array(3).fill("INVALID_CREDENTIAL"));
  return [own.body["detail"], any.body["detail"]];
}

test("a login that was lost with the process's memory is told as lost, not as changed or made with another key", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("server-session/memory");
  expect((await visitor.post("/api/lab/forget-memory")).status).toBe(204);
  for (const sentence of await sentencesOn(visitor, "server-session/memory")) {
    expect(sentence).toMatch(/memory/);
    expect(sentence).not.toMatch(/changed|key/);
  }
});

test("hybrid/introspected says that it is never told why a login is over", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("hybrid/introspected");
  const copy = visitor.copy();
  await visitor.post("/api/hybrid/logout");
  for (const sentence of await sentencesOn(copy, "hybrid/introspected")) {
    expect(sentence).toMatch(/never why \(RFC 7662 §2\.2\).*price/);
  }
});

describe("a refusal has the same sentence for every reason", () => {
  test.for<VariantId>(["server-session/sql", "server-session/signed-id", "hybrid/gateway", "hybrid/introspected"])(
    "%s",
    async (variant) => {
      const visitor = await enterLab(app);
      await visitor.logIn(variant);
      const name = variant.startsWith("hybrid") ? "__Host-hybrid" : "__Host-sid";
      const value = visitor.cookies.get(name) ?? "";
      const details = [];
      for (const forged of [`${value}x`, `${value.slice(0, -8)}AAAAAAAA`]) {
        const forger = visitor.copy();
        forger.cookies.set(name, forged);
        details.push(...(await sentencesOn(forger, variant)));
      }
      expect(new Set(details).size).toBe(1);
    },
  );
});

test("a credential that came another way than its variant takes is told by the code's own sentence", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("hybrid/gateway");
  const authorization = `Bearer ${visitor.cookies.get("__Host-hybrid")}`;
  const reply = await visitor.another().send("GET", "/api/hybrid/me", { headers: { authorization } });
  expect([reply.code, reply.body["detail"]]).toEqual([
    "INVALID_CREDENTIAL",
    expect.stringContaining("made for something else"),
  ]);
});
