import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { minute } from "../../core/time.ts";
import { variants } from "../../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, type Reply, type Visitor } from "../../testing/visitor.ts";

const opened: TestApplication[] = [];
afterAll(() => Promise.all(opened.map((app) => app.dispose())));
afterEach(() => void vi.useRealTimers());

async function withLimits(env: Record<string, string>): Promise<TestApplication> {
  const app = await createTestApplication({ LOGIN_WINDOW_SECONDS: "120", ...env });
  opened.push(app);
  return app;
}

const app = await withLimits({ LOGIN_ATTEMPTS: "3" });
const variant = "server-session/sql";
const wrong = { password: "not this one" };

function expectTooMany(reply: Reply, window: number): void {
  expect([reply.status, reply.code, reply.setCookies]).toEqual([429, "TOO_MANY_REQUESTS", []]);
  const seconds = Number(reply.headers.get("retry-after"));
  expect(Number.isInteger(seconds)).toBe(true);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(window);
  expect(reply.body["detail"]).toContain(`${seconds} seconds`);
}

describe("[ASVS 6.3.1] [NIST 3.2.2] of one person's login", () => {
  /** A visitor whose attempts at alice are used up. */
  async function exhausted(): Promise<Visitor> {
    const visitor = await enterLab(app);
    for (const attempt of [1, 2, 3]) {
      expect([attempt, (await visitor.logIn(variant, wrong)).code]).toEqual([attempt, "BAD_CREDENTIALS"]);
    }
    return visitor;
  }

  test("wrong attempts above the limit are TOO_MANY_REQUESTS with Retry-After", async () => {
    expectTooMany(await (await exhausted()).logIn(variant, wrong), 120);
  });

  test("the right password is refused while limited, and accepted afterwards", async () => {
    const visitor = await exhausted();
    expectTooMany(await visitor.logIn(variant), 120);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * minute });
    expect((await visitor.logIn(variant)).status).toBe(200);
  });

  test("successful logins do not count", async () => {
    const visitor = await enterLab(app);
    for (const _ of [1, 2, 3, 4, 5]) expect((await visitor.logIn(variant)).status).toBe(200);
    expect((await visitor.logIn(variant, wrong)).code).toBe("BAD_CREDENTIALS");
  });

  test("right logins at once, however often, leave the right one after them alone", async () => {
    const visitor = await enterLab(app);
    const logIn = () => visitor.another().logIn(variant);
    for (const _ of [1, 2, 3]) await Promise.all(Array.from({ length: 7 }, logIn));
    expect((await logIn()).status).toBe(200);
  });

  test("of wrong ones at once no more than the limit are looked at, and what was refused takes no attempt of the address", async () => {
    const both = await withLimits({ LOGIN_ATTEMPTS: "3", LOGIN_ATTEMPTS_PER_ADDRESS: "5" });
    const visitor = await enterLab(both);
    const guesses = [];
    for (const _ of [1, 2, 3]) {
      guesses.push(...(await Promise.all([1, 2, 3, 4].map(() => visitor.another().logIn(variant, wrong)))));
    }
    expect(guesses.filter(({ code }) => code === "BAD_CREDENTIALS")).toHaveLength(3);
    const bob = () => visitor.another().logIn(variant, { username: "bob" });
    expect([(await bob()).status, (await bob()).status, (await bob()).status]).toEqual([200, 200, 429]);
  });

  test("[ASVS 6.3.4] the attempts at all flows count together", async () => {
    const visitor = await enterLab(app);
    for (const { id } of variants.slice(0, 3)) await visitor.logIn(id, wrong);
    for (const { id } of variants) expect([id, (await visitor.logIn(id)).code]).toEqual([id, "TOO_MANY_REQUESTS"]);
  });

  test("another person, another lab and another address are not limited", async () => {
    const visitor = await exhausted();
    expect((await visitor.logIn(variant, { username: "bob" })).status).toBe(200);
    expect((await (await enterLab(app)).logIn(variant)).status).toBe(200);
    const body = { username: "alice", password: "alice-likes-tea" };
    const headers = { "x-forwarded-for": "192.0.2.1" };
    expect((await visitor.send("POST", "/api/server-session/login", { body, headers })).status).toBe(200);
  });

  test("[ASVS 4.1.3] of several addresses the one from the nearest proxy counts, not one from the client", async () => {
    const visitor = await enterLab(app);
    const attempt = (spoofed: string) => {
      const headers = { "x-forwarded-for": `${spoofed}, 192.0.2.9` };
      return visitor.send("POST", "/api/server-session/login", { body: { username: "alice", ...wrong }, headers });
    };
    for (const spoofed of ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) await attempt(spoofed);
    expect((await attempt("203.0.113.4")).code).toBe("TOO_MANY_REQUESTS");
  });

  test("[ASVS 6.3.8] an unknown name is limited like a known one", async () => {
    const visitor = await exhausted();
    const nobody = { username: "nobody", ...wrong };
    for (const _ of [1, 2, 3]) expect((await visitor.logIn(variant, nobody)).code).toBe("BAD_CREDENTIALS");
    const [known, unknown] = [await visitor.logIn(variant, wrong), await visitor.logIn(variant, nobody)];
    expect([unknown.status, unknown.code]).toEqual([known.status, known.code]);
  });

  test("wrong current passwords at a password change count too, where the device is not known", async () => {
    const visitor = await enterLab(app);
    await visitor.logIn(variant);
    visitor.device.clear();
    const guess = (current: string) => visitor.post("/api/account/password", { current, next: "alice-likes-rain" });
    for (const _ of [1, 2, 3]) expect((await guess("not this one")).code).toBe("BAD_CREDENTIALS");
    expectTooMany(await guess("alice-likes-tea"), 120);
    expectTooMany(await visitor.another().logIn(variant), 120);
    expect((await visitor.get("/api/server-session/me")).status).toBe(200);
  });
});

test("one address has a limit of attempts in a lab, for all people and results together", async () => {
  const limited = await withLimits({ LOGIN_ATTEMPTS_PER_ADDRESS: "3" });
  const visitor = await enterLab(limited);
  expect((await visitor.logIn(variant)).status).toBe(200);
  // For a known device another counter stands in place of this one.
  visitor.device.clear();
  for (const username of ["bob", "nobody"]) await visitor.logIn(variant, { username, ...wrong });
  expectTooMany(await visitor.logIn(variant), 120);
  expectTooMany(await visitor.logIn(variant, { username: "admin" }), 120);
  expect((await (await enterLab(limited)).logIn(variant)).status).toBe(200);
});

test("refreshes above the limit a minute are TOO_MANY_REQUESTS, and the token stays unused", async () => {
  const limited = await withLimits({ REFRESHES_PER_MINUTE: "2" });
  const visitor = await enterLab(limited);
  await visitor.logIn("memory-jwt/rotating");
  const refresh = () => visitor.post("/api/memory-jwt/refresh");
  for (const _ of [1, 2]) expect((await refresh()).status).toBe(200);
  expectTooMany(await refresh(), 60);
  const neighbour = await enterLab(limited);
  await neighbour.logIn("memory-jwt/rotating");
  expect((await neighbour.post("/api/memory-jwt/refresh")).status).toBe(200);

  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minute });
  expect((await refresh()).status).toBe(200);
});

test("one address has a limit of labs that get a row in an hour; its existing labs go on", async () => {
  const limited = await withLimits({ LABS_PER_HOUR: "2" });
  const [first, second, third] = [createVisitor(limited), createVisitor(limited), createVisitor(limited)];
  for (const visitor of [first, second]) expect((await visitor.logIn(variant)).status).toBe(200);
  const refused = await third.logIn(variant);
  expectTooMany(refused, 3600);
  expect(third.cookies.size).toBe(0);
  expect((await first.logIn(variant)).status).toBe(200);
  expect((await third.get("/api/lab")).status).toBe(200);
});
