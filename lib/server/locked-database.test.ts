import { afterAll, expect, test } from "vitest";
import { openDatabase } from "../stores/prisma/database.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { createVisitor, enterLab, type Visitor } from "../testing/visitor.ts";

const app = await createTestApplication({ REDIS_URL: "" });
afterAll(() => app.dispose());

/** Holds the database as another process would, while something is done. */
async function whileLocked(act: () => Promise<void>): Promise<void> {
  const other = await openDatabase(app.env.DATABASE_URL);
  try {
    await other.client.$transaction(
      async (inside) => {
        await inside.lab.updateMany({ where: { id: "nobody's" }, data: { keyGeneration: 1 } });
        await act();
      },
      { timeout: 20_000 },
    );
  } finally {
    await other.close();
  }
}

async function loggedIn(): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await visitor.logIn("server-session/sql")).status).toBe(200);
  return visitor;
}

async function timed<T>(work: Promise<T>): Promise<readonly [T, number]> {
  const began = performance.now();
  return [await work, performance.now() - began];
}

test("a change that another process keeps from the database is STORE_UNAVAILABLE after two seconds, with Retry-After, and others are answered meanwhile", async () => {
  const [visitor, reader] = [await loggedIn(), await loggedIn()];
  await whileLocked(async () => {
    const leaving = [1, 2, 3].map(() => timed(visitor.copy().post("/api/server-session/logout")));
    for (const path of ["/api/health", "/api/server-session/me"]) {
      const [reply, took] = await timed(reader.get(path));
      expect([path, reply.status]).toEqual([path, 200]);
      expect(took).toBeLessThan(1000);
    }
    for (const [{ status, code, headers, setCookies }, took] of await Promise.all(leaving)) {
      expect([status, code, headers.get("retry-after"), setCookies]).toEqual([503, "STORE_UNAVAILABLE", "1", []]);
      expect(took).toBeGreaterThan(1500);
      expect(took).toBeLessThan(4000);
    }
  });
  expect((await visitor.get("/api/server-session/me")).status).toBe(200);
  expect((await visitor.post("/api/server-session/logout")).status).toBe(204);
});

test("a change waits for a database that is let go within two seconds", async () => {
  const visitor = await loggedIn();
  let leaving: ReturnType<Visitor["post"]> | undefined;
  await whileLocked(async () => {
    leaving = visitor.copy().post("/api/server-session/logout");
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  expect((await leaving)?.status).toBe(204);
  expect((await visitor.get("/api/server-session/me")).code).toBe("REVOKED");
});

test("a first visit while the database is locked only looks, and a first change is STORE_UNAVAILABLE", async () => {
  await whileLocked(async () => {
    expect((await createVisitor(app).get("/api/lab")).status).toBe(200);
    const reply = await createVisitor(app).logIn("server-session/sql");
    expect([reply.status, reply.code, reply.setCookies]).toEqual([503, "STORE_UNAVAILABLE", []]);
  });
});
