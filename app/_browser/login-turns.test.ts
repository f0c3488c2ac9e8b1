import { describe, expect, test } from "vitest";
import { createPageLocks, inTurn } from "./login-turns.ts";

const flows = ["cookie", "server-session", "memory-jwt", "hybrid"];

/** Requests whose answers arrive when the test says so. */
function createWire(options: Parameters<typeof inTurn>[2]) {
  const happened: string[] = [];
  return {
    happened,
    /** Answers the function that lets the answer arrive, and its arrival. */
    send(path: string) {
      const gate = Promise.withResolvers<void>();
      const arrived = inTurn(
        path,
        async () => {
          happened.push(`${path} sent`);
          await gate.promise;
          happened.push(`${path} arrived`);
        },
        { flows, ...options },
      );
      return { arrive: gate.resolve, arrived };
    },
  };
}

/** Web Locks are granted in a later task. */
const aMoment = () => new Promise((done) => setTimeout(done, 20));

const kinds = [
  { kind: "with Web Locks", locksOf: () => navigator.locks },
  { kind: "without them, in one page", locksOf: createPageLocks },
];

describe.for(kinds)("$kind", ({ locksOf }) => {
  const wire = (milliseconds = 5000) => createWire({ locks: locksOf(), milliseconds });

  test.for([
    ["/api/cookie/me", "/api/cookie/logout"],
    ["/api/hybrid/refresh", "/api/hybrid/logout"],
    ["/api/hybrid/refresh", "/api/hybrid/login"],
    ["/api/memory-jwt/refresh", "/api/memory-jwt/revoke"],
    ["/api/user-info", "/api/cookie/logout"],
    ["/api/cookie/data/cart", "/api/account/password"],
    ["/api/memory-jwt/refresh", "/api/account/password"],
  ] as const)("while %s is under way, %s waits for its answer", async ([first, second]) => {
    const { send, happened } = wire();
    const one = send(first);
    await aMoment();
    const other = send(second);
    await aMoment();
    expect(happened).toEqual([`${first} sent`]);
    one.arrive();
    other.arrive();
    await Promise.all([one.arrived, other.arrived]);
    expect(happened).toEqual([`${first} sent`, `${first} arrived`, `${second} sent`, `${second} arrived`]);
  });

  test("what is asked after a logout has begun waits for the logout", async () => {
    const { send, happened } = wire();
    const logout = send("/api/cookie/logout");
    await aMoment();
    const me = send("/api/cookie/me");
    await aMoment();
    expect(happened).toEqual(["/api/cookie/logout sent"]);
    logout.arrive();
    me.arrive();
    await Promise.all([logout.arrived, me.arrived]);
  });

  test("readings of one flow run beside each other, and a logout does not wait for another flow", async () => {
    const { send, happened } = wire();
    const all = ["/api/cookie/me", "/api/cookie/data", "/api/hybrid/logout", "/api/lab"].map(send);
    await aMoment();
    expect(happened).toHaveLength(4);
    for (const { arrive } of all) arrive();
    await Promise.all(all.map(({ arrived }) => arrived));
  });

  test("a logout goes without its turn where an answer never arrives", async () => {
    const { send, happened } = wire(60);
    const me = send("/api/cookie/me");
    await aMoment();
    const logout = send("/api/cookie/logout");
    logout.arrive();
    await logout.arrived;
    expect(happened).toEqual(["/api/cookie/me sent", "/api/cookie/logout sent", "/api/cookie/logout arrived"]);
    me.arrive();
    await me.arrived;
  });

  test("a request that fails gives its turn back", async () => {
    const options = { locks: locksOf(), milliseconds: 5000, flows };
    const failing = inTurn("/api/cookie/logout", () => Promise.reject(new Error("gone")), options);
    await expect(failing).rejects.toThrow("gone");
    expect(await inTurn("/api/cookie/login", async () => "in", options)).toBe("in");
  });
});
