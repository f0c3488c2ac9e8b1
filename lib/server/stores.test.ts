import { afterAll, describe, expect, test, vi } from "vitest";
import type { VariantId } from "../core/ids.ts";
import { day, hour, minute } from "../core/time.ts";
import { flows } from "../flows/registry.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab, type Visitor } from "../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const variants: readonly VariantId[] = flows
  .flatMap(({ manifest }) => (manifest.id === "server-session" ? manifest.variants : []))
  .map(({ id }) => id);
const pairs = variants.flatMap((before) => variants.map((after) => [before, after] as const));
const elsewhere = variants.filter((id) => id !== "server-session/memory");

const me = (visitor: Visitor) => visitor.get("/api/server-session/me");

async function loggedIn(variant: VariantId): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await visitor.logIn(variant)).status).toBe(200);
  return visitor;
}

/** The records in the lab's view: the variant of each, and why it ended. */
async function held(visitor: Visitor): Promise<readonly (readonly [string, string | null])[]> {
  const { body } = await visitor.get("/api/lab");
  const records: unknown = Reflect.get(Object(Reflect.get(Object(body["held"]), "server-session")), "records");
  if (!Array.isArray(records)) throw new Error("This lab shows no records");
  return records.map(({ variant, ended }) => [String(variant), ended ? String(ended.reason) : null] as const);
}

describe("a login ends the one that this browser had in the flow", () => {
  test.for(pairs)("%s, then %s", async ([before, after]) => {
    const visitor = await loggedIn(before);
    const copy = visitor.copy();
    const other = visitor.another();
    await other.logIn(before, { username: "bob" });
    expect((await visitor.logIn(after)).status).toBe(200);
    expect((await me(copy)).code).toBe("REVOKED");
    expect((await me(visitor)).body).toMatchObject({ variant: after, user: { username: "alice" } });
    expect((await me(other)).status).toBe(200);
    expect(await held(visitor)).toEqual(
      expect.arrayContaining([
        [before, "replaced"],
        [before, null],
        [after, null],
      ]),
    );
  });

  test("unless the login is refused", async () => {
    const visitor = await loggedIn("server-session/memory");
    const refused = await visitor.logIn("server-session/sql", { password: "wrong" });
    expect(refused.code).toBe("BAD_CREDENTIALS");
    expect((await me(visitor)).status).toBe(200);
  });
});

describe("POST /api/lab/forget-memory", () => {
  test("deletes records in this process's memory: that login is unknown, and no other", async () => {
    const [visitor, neighbour] = [await loggedIn("server-session/memory"), await loggedIn("server-session/memory")];
    const reply = await visitor.post("/api/lab/forget-memory");
    expect([reply.status, reply.text]).toEqual([204, ""]);
    expect((await me(visitor)).code).toBe("INVALID_CREDENTIAL");
    expect(await held(visitor)).toEqual([]);
    expect((await me(neighbour)).status).toBe(200);
    expect((await visitor.logIn("server-session/memory")).status).toBe(200);
    expect((await me(visitor)).status).toBe(200);
  });

  test.for(elsewhere)("leaves %s logged in", async (variant) => {
    const visitor = await loggedIn(variant);
    await visitor.post("/api/lab/forget-memory");
    expect((await me(visitor)).status).toBe(200);
  });

  test("deletes ended records too, so the refusal cannot say why any more", async () => {
    const visitor = await loggedIn("server-session/memory");
    const copy = visitor.copy();
    await visitor.post("/api/server-session/logout");
    expect((await me(copy)).code).toBe("REVOKED");
    await copy.post("/api/lab/forget-memory");
    expect((await me(copy)).code).toBe("INVALID_CREDENTIAL");
  });
});

describe("a clean-up", () => {
  test.for(["server-session/memory", "server-session/file"] as const)(
    "deletes records of %s past their absolute end, with their session data, and counts them",
    async (variant) => {
      const visitor = await loggedIn(variant);
      const body = { value: ["tea"] };
      expect((await visitor.send("PUT", "/api/server-session/data/cart", { body })).status).toBe(204);
      await app.sweep();
      await visitor.post("/api/lab/clock", { advanceSeconds: (9 * hour) / 1000 });
      expect(await app.sweep()).toMatchObject({ records: 1 });
      expect(await held(visitor)).toEqual([]);
    },
  );

  test("deletes a lab's records in memory when the lab is reset or expires", async () => {
    const [reset, expired] = [await loggedIn("server-session/memory"), await loggedIn("server-session/memory")];
    const kept = vi.spyOn(app.stores, "remove");
    await reset.copy().post("/api/lab/reset");
    expect(kept).toHaveBeenCalledOnce();
    expect((await me(reset)).code).toBe("INVALID_CREDENTIAL");
    const later = app.systemClock.now() + day + minute;
    vi.spyOn(app.systemClock, "now").mockReturnValue(later);
    const { labs } = await app.sweep();
    expect(labs).toBeGreaterThan(0);
    expect((await me(expired)).code).toBe("INVALID_CREDENTIAL");
  });
});
