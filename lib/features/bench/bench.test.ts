import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { VariantId } from "../../core/ids.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { createVisitor, type Visitor } from "../../testing/visitor.ts";
import type { Wanted } from "./bench.ts";
import type { RoundTrips } from "./model.ts";

let app: TestApplication;
let visitor: Visitor;
beforeAll(async () => {
  app = await createTestApplication({ BENCH: "on", SQL_READS: "prisma" });
  visitor = createVisitor(app);
});
afterAll(() => app.dispose());

const wanted = (variant: VariantId, action: Wanted["action"]): Wanted => ({
  ...{ variant, action, condition: "usual" },
  ...{ requests: 4, logins: 3, inFlight: 1 },
});

describe("a process that is measured", () => {
  test("times each action of a variant from call to answer", async () => {
    for (const action of ["edge", "hot", "cold", "login", "refresh", "revoke"] as const) {
      const { status, body } = await visitor.post("/api/bench/round", wanted("memory-jwt/rotating", action));
      expect([action, status]).toEqual([action, 200]);
      expect(body["took"]).toBeGreaterThan(0);
      expect(Number(body["p99"])).toBeGreaterThanOrEqual(Number(body["p50"]));
    }
  });

  test("an action that a variant does not have is UNPROCESSABLE, and named", async () => {
    const noRefresh = await visitor.post("/api/bench/round", wanted("cookie/sealed", "refresh"));
    expect([noRefresh.status, noRefresh.code]).toEqual([422, "UNPROCESSABLE"]);
    expect(noRefresh.body["detail"]).toContain("cookie/sealed");
    const unknown = await visitor.post("/api/bench/trips", {
      ...wanted("cookie/plain", "hot"),
      variant: "cookie/none",
    });
    expect([unknown.status, unknown.code]).toEqual([422, "UNPROCESSABLE"]);
  });

  test("a condition for which the process would have to read rows in another way is UNPROCESSABLE", async () => {
    const prepared = { ...wanted("server-session/sql", "hot"), condition: "prepared-reads" };
    const refused = await visitor.post("/api/bench/round", prepared);
    expect([refused.status, refused.code]).toEqual([422, "UNPROCESSABLE"]);
    expect(refused.body["detail"]).toContain("prepared-reads");
  });

  test("times the request inside a request apart", async () => {
    const inner = async (variant: VariantId) =>
      Number((await visitor.post("/api/bench/round", wanted(variant, "hot"))).body["inner"]);
    expect(await inner("hybrid/introspected")).toBeGreaterThan(0);
    expect(await inner("hybrid/allowlist")).toBe(0);
  });

  test("counts what a request asks of SQL and of Redis", async () => {
    const trips = async (variant: VariantId) =>
      (await visitor.post("/api/bench/trips", wanted(variant, "hot"))).body as RoundTrips;
    expect(await trips("cookie/signed")).toEqual({ statements: 0, commands: 0 });
    const [sql, redis] = [await trips("server-session/sql"), await trips("server-session/redis")];
    expect([sql.commands, redis.commands]).toEqual([0, 1]);
    // The session's row is the one statement more.
    expect(sql.statements).toBe(redis.statements + 1);
  });

  test("a password that was right once is not hashed again while logins are made ready, and a wrong one is wrong", async () => {
    const person = createVisitor(app, [await app.stage.openLab()]);
    await visitor.post("/api/bench/round", wanted("cookie/signed", "cold"));
    const refused = await person.logIn("cookie/signed", { password: "not alice's" });
    expect(refused.code).toBe("BAD_CREDENTIALS");
  });
});

test("with prepared reads a request asks as many statements, and the process is measured under no other condition", async () => {
  const prepared = await createTestApplication({ BENCH: "on", SQL_READS: "prepared" });
  try {
    const asking = createVisitor(prepared);
    const session = wanted("server-session/sql", "hot");
    const { body } = await asking.post("/api/bench/trips", { ...session, condition: "prepared-reads" });
    expect(body).toEqual({ statements: 2, commands: 0 });
    expect((await asking.post("/api/bench/round", session)).code).toBe("UNPROCESSABLE");
  } finally {
    await prepared.dispose();
  }
});

test("a process that is not measured has no address of the bench", async () => {
  const other = await createTestApplication();
  try {
    const stranger = createVisitor(other);
    expect((await stranger.post("/api/bench/round", wanted("cookie/plain", "hot"))).status).toBe(404);
    expect((await stranger.get("/api/bench/edge")).status).toBe(404);
    expect([...other.table.keys()].filter((pattern) => pattern.startsWith("bench"))).toEqual([]);
  } finally {
    await other.dispose();
  }
});

test("outside lab mode there is no bench, whatever the environment says", async () => {
  const real = await createTestApplication({ BENCH: "on", LAB_MODE: "off" });
  try {
    expect((await createVisitor(real).post("/api/bench/round", wanted("cookie/plain", "hot"))).status).toBe(404);
  } finally {
    await real.dispose();
  }
});
