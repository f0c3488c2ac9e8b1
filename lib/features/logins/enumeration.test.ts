import { afterAll, describe, expect, test, vi } from "vitest";
import { variants } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Reply } from "../../testing/visitor.ts";

// With the hashes of an installation: they are what is tested.
const app = await createTestApplication({}, { passwords: undefined });
afterAll(() => app.dispose());

/** Everything of an answer that a stranger sees. */
const seen = ({ status, headers, text }: Reply) => ({ status, headers: [...headers], text });

describe.for(variants)("[ASVS 6.3.8] with $id", ({ id }) => {
  test("an unknown name, a wrong password and a disabled person get the same answer, byte for byte", async () => {
    const visitor = await enterLab(app);
    const admin = visitor.another();
    await admin.logIn("server-session/sql", { username: "admin" });
    const { people } = (await admin.get("/api/lab")).body;
    const bob = Array.isArray(people) ? people.find(({ username }) => username === "bob")?.id : "";
    expect((await admin.post(`/api/admin/users/${bob}/disable`)).status).toBe(204);

    const wrong = await visitor.logIn(id, { password: "not this one" });
    expect([wrong.status, wrong.code]).toEqual([401, "BAD_CREDENTIALS"]);
    const alike = [
      { username: "nobody" },
      { username: "Alice" },
      { username: "bob" },
      { username: "bob", password: "wrong" },
    ];
    for (const fields of alike) {
      expect({ fields, ...seen(await visitor.logIn(id, fields)) }).toEqual({ fields, ...seen(wrong) });
    }
  });

  test("an unknown name costs the same work: one password is hashed", async () => {
    const visitor = await enterLab(app);
    const verify = vi.spyOn(app.passwords, "verify");
    const asked = async (fields: Record<string, string>) => {
      verify.mockClear();
      expect((await visitor.logIn(id, { password: "not this one", ...fields })).code).toBe("BAD_CREDENTIALS");
      return verify.mock.calls;
    };
    expect(await asked({ username: "alice" })).toEqual([[expect.stringMatching(/^\$argon2id\$/), "not this one"]]);
    expect(await asked({ username: "nobody" })).toEqual([[null, "not this one"]]);
  });
});
