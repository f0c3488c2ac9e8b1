import { afterAll, describe, expect, test } from "vitest";
import type { VariantId } from "../core/ids.ts";
import { second } from "../core/time.ts";
import { openTwoProcesses } from "../testing/test-application.ts";
import { createVisitor, enterLab, type Visitor } from "../testing/visitor.ts";

const { first, other, pass, dispose } = await openTwoProcesses();
afterAll(dispose);

/** A person who logged in at the first process and sends the same cookies to the other. */
async function loggedIn(variant: VariantId) {
  const here = await enterLab(first);
  expect((await here.logIn(variant)).status).toBe(200);
  return { here, there: createVisitor(other, here.cookies) };
}

const me = async (visitor: Visitor) => {
  const { status, code } = await visitor.get("/api/server-session/me");
  return status === 200 ? "in" : code;
};

const shared: readonly VariantId[] = ["server-session/sql", "server-session/redis", "server-session/cached"];

describe("another process", () => {
  test.for(shared)("knows a login of %s", async (variant) => {
    const { there } = await loggedIn(variant);
    expect(await me(there)).toBe("in");
  });

  test("knows a login of server-session/file on the same disk, and sees its end, if the two take turns", async () => {
    const { here, there } = await loggedIn("server-session/file");
    expect(await me(there)).toBe("in");
    await here.post("/api/server-session/logout");
    expect(await me(there)).toBe("REVOKED");
  });

  test("can overwrite an end in server-session/file: the ended login gets in again", async () => {
    const bob = (await loggedIn("server-session/file")).here.another();
    let revived = false;
    for (let round = 0; round < 100 && !revived; round += 1) {
      const here = bob.another();
      const elsewhere = createVisitor(other, bob.another().cookies);
      await Promise.all([
        here.logIn("server-session/file"),
        elsewhere.logIn("server-session/file", { username: "bob" }),
      ]);
      const thief = here.copy();
      // The other process saves a value for another login at the moment in which this one logs a person out.
      const put = () => elsewhere.send("PUT", "/api/server-session/data/step", { body: { value: round } });
      const [out] = await Promise.all([here.post("/api/server-session/logout"), put(), put(), put()]);
      expect(out.status).toBe(204);
      revived = (await me(thief)) === "in";
    }
    // Seen in about every third round; no other store may ever show it.
    expect(revived).toBe(true);
  });

  test("does not know a login of server-session/memory", async () => {
    const { here, there } = await loggedIn("server-session/memory");
    expect(await me(there)).toBe("INVALID_CREDENTIAL");
    expect(await me(here)).toBe("in");
  });

  test.for(["server-session/sql", "server-session/redis"] as const)(
    "sees at once that %s was ended",
    async (variant) => {
      const { here, there } = await loggedIn(variant);
      expect(await me(there)).toBe("in");
      await here.post("/api/server-session/logout");
      expect(await me(there)).toBe("REVOKED");
    },
  );

  test("sees after at most five seconds that server-session/cached was ended; the ending process at once", async () => {
    const { here, there } = await loggedIn("server-session/cached");
    const copy = here.copy();
    expect([await me(copy), await me(there)]).toEqual(["in", "in"]);
    await here.post("/api/server-session/logout");
    expect([await me(copy), await me(there)]).toEqual(["REVOKED", "in"]);
    pass(5 * second - 1);
    expect(await me(there)).toBe("in");
    pass(1);
    expect(await me(there)).toBe("REVOKED");
  });

  test("sees a changed password at once, cached or not, since people are always looked up", async () => {
    const { here, there } = await loggedIn("server-session/cached");
    expect(await me(there)).toBe("in");
    const change = { current: (await passwordOf(here)) ?? "", next: "a quite different horse" };
    expect((await here.post("/api/account/password", change)).status).toBe(204);
    expect(await me(there)).toBe("REVOKED");
  });
});

test("cached rows are dropped also when another variant's login ends them", async () => {
  const { here } = await loggedIn("server-session/cached");
  const sql = here.another();
  await sql.logIn("server-session/sql");
  expect(await me(here)).toBe("in");
  expect((await sql.post("/api/server-session/revoke", { scope: "all" })).body).toEqual({ revoked: 2 });
  expect(await me(here)).toBe("REVOKED");
});

async function passwordOf(visitor: Visitor): Promise<string | null> {
  const { people } = (await visitor.get("/api/lab")).body;
  return Array.isArray(people) ? people.find(({ username }) => username === "alice")?.password : null;
}
