import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { minute } from "../../core/time.ts";
import { markOfName } from "../../http/password-attempts/device-cookie.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import { networkOf } from "../../http/request/network.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab, type Reply, type Visitor } from "../../testing/visitor.ts";

const [usual, few] = await Promise.all([
  createTestApplication({ LOGIN_ATTEMPTS: "10", LOGIN_ATTEMPTS_PER_ADDRESS: "100" }),
  createTestApplication({ LOGIN_ATTEMPTS: "1" }),
]);
afterAll(() => Promise.all([usual.dispose(), few.dispose()]));
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const variant = "server-session/sql";
const wrong = { password: "not this one" };

/** A browser of its own at this address, with what it was given before. */
function from(visitor: Visitor, address: string) {
  return (username: string, password: string) =>
    visitor.send("POST", "/api/server-session/login", {
      body: { username, password },
      headers: { "x-forwarded-for": address },
    });
}

const right = "alice-likes-tea";

/**
 * Wrong passwords at once in the lab of this visitor, as the edge counts them: each is reserved, and none given back.
 * Answers how many would have been hashed.
 */
async function failed(
  { cookies }: Visitor,
  times: number,
  attempt: (at: number) => { readonly username: string; readonly address: string },
): Promise<number> {
  const context = await usual.app.findLabContext(usual.app.labIdOf(cookies.get(labCookie.name) ?? ""));
  if (!context) throw new Error("This visitor has no lab");
  const reserved = await Promise.all(
    Array.from({ length: times }, (_, at) => {
      const { username, address } = attempt(at);
      const [lab, network, name] = [context.lab.id, networkOf(address), markOfName(context, username)];
      return usual.app.limits.password.reserve({ lab, network, name, devices: [] });
    }),
  );
  return reserved.filter(({ wait }) => wait === null).length;
}

function failFromEverywhere(visitor: Visitor, username: string, times: number): Promise<number> {
  return failed(visitor, times, (at) => ({ username, address: `198.18.${at >> 8}.${at & 0xff}` }));
}

describe("a known device", () => {
  const ofDevice = (reply: Reply) =>
    reply.headers.getSetCookie().find((line) => line.startsWith("__Host-known-device=")) ?? null;

  test("is a signed cookie that no script and no other site sends", async () => {
    const visitor = await enterLab(usual);
    const line = ofDevice(await visitor.logIn(variant)) ?? "";
    expect(line.slice(line.indexOf(";"))).toBe("; Max-Age=7776000; Path=/; HttpOnly; Secure; SameSite=Strict");
    expect(line).toMatch(/^__Host-known-device=[\da-f]{20}\.known-device\.1\.[\w-]+\.[\w-]{43};/);
    expect(line).not.toContain("alice");
  });

  test("is made by a right password of a browser, and by nothing else", async () => {
    const visitor = await enterLab(usual);
    expect(ofDevice(await visitor.logIn(variant, wrong))).toBeNull();
    expect(ofDevice(await visitor.logIn("memory-jwt/rotating", { client: "native" }))).toBeNull();
    expect(ofDevice(await visitor.logIn(variant))).not.toBeNull();
  });

  test("[NIST 3.2.2] a thousand addresses and a limited network do not keep alice out of a browser that knows her", async () => {
    const alice = await enterLab(usual);
    const home = "192.0.2.1";
    expect((await from(alice, home)("alice", right)).status).toBe(200);

    const stranger = alice.another();
    expect(await failFromEverywhere(alice, "alice", 1000)).toBe(100);
    const closed = await from(stranger, "203.0.113.9")("alice", right);
    expect([closed.code, closed.headers.get("retry-after")]).toEqual(["TOO_MANY_REQUESTS", "30"]);
    expect(closed.body["detail"]).toContain("up to an hour");

    expect(await failed(alice, 200, (at) => ({ username: `name-${at}`, address: home }))).toBe(99);
    expect((await from(stranger, home)("bob", "bob-likes-coffee")).code).toBe("TOO_MANY_REQUESTS");
    expect((await from(alice, home)("alice", right)).status).toBe(200);
  });

  test("counts for its own people alone: of two who share it each gets in, and a third does not", async () => {
    const shared = await enterLab(few);
    for (const username of ["alice", "bob"]) await shared.logIn(variant, { username });
    const exhaust = (username: string) => shared.another().logIn(variant, { username, ...wrong });
    for (const username of ["alice", "bob", "admin"]) await exhaust(username);
    const statuses = [];
    for (const username of ["alice", "bob", "admin"]) statuses.push((await shared.logIn(variant, { username })).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  test("is ended by ten wrong passwords, and a copy of it with it", async () => {
    const alice = await enterLab(few);
    await alice.logIn(variant);
    const thief = alice.copy();
    for (let at = 0; at < 10; at += 1) expect((await thief.logIn(variant, wrong)).code).toBe("BAD_CREDENTIALS");
    expect((await thief.logIn(variant, wrong)).code).toBe("BAD_CREDENTIALS");
    expect((await thief.logIn(variant)).code).toBe("TOO_MANY_REQUESTS");
    expect((await alice.logIn(variant)).code).toBe("TOO_MANY_REQUESTS");
  });

  test("has nothing counted after a right password, and the copy of the one before has", async () => {
    const alice = await enterLab(few);
    await alice.logIn(variant);
    const before = alice.copy();
    for (let at = 0; at < 9; at += 1) await alice.logIn(variant, wrong);
    expect((await alice.logIn(variant)).status).toBe(200);
    expect([...alice.device]).not.toEqual([...before.device]);
    for (let at = 0; at < 10; at += 1) expect((await alice.logIn(variant, wrong)).code).toBe("BAD_CREDENTIALS");
  });

  test.for([
    ["changed", (value: string) => value.replace(/\.1\.(.)/, ".1.$1x")],
    ["without its signature", (value: string) => value.slice(0, value.lastIndexOf(".") + 1)],
    ["of another lab", (value: string) => `${"0".repeat(20)}${value.slice(20)}`],
  ] as const)("that is %s is not known", async ([, change]) => {
    const alice = await enterLab(few);
    await alice.logIn(variant);
    await alice.another().logIn(variant, wrong);
    const [[name, value] = ["", ""]] = alice.device;
    alice.device.set(name, change(value));
    expect((await alice.logIn(variant)).code).toBe("TOO_MANY_REQUESTS");
  });

  test("of an earlier lab is not known after a reset", async () => {
    const alice = await enterLab(few);
    const cookies = [...alice.cookies];
    await alice.logIn(variant);
    const before = alice.copy();
    const reset = await alice.post("/api/lab/reset");
    expect(ofDevice(reset)).toMatch(/^__Host-known-device=; Max-Age=0; Path=\//);
    const again = createVisitor(few, cookies);
    for (const [name, value] of before.device) again.device.set(name, value);
    await again.another().logIn(variant, wrong);
    expect((await again.logIn(variant)).code).toBe("TOO_MANY_REQUESTS");
  });

  test("is known for 90 days on the lab's clock", async () => {
    const alice = await enterLab(few);
    await alice.logIn(variant);
    await alice.another().logIn(variant, wrong);
    const days = (count: number) => alice.post("/api/lab/clock", { advanceSeconds: count * 86_400 });
    await days(89);
    expect((await alice.copy().logIn(variant, wrong)).code).toBe("BAD_CREDENTIALS");
    await days(1);
    expect((await alice.logIn(variant)).code).toBe("TOO_MANY_REQUESTS");
  });
});

describe("[NIST 3.2.2] of one name over all networks", () => {
  /** A lab in which a hundred passwords in a row were wrong for this name. */
  async function closed(username: string) {
    const stranger = await enterLab(usual);
    await failFromEverywhere(stranger, username, 100);
    return { elsewhere: from(stranger, "203.0.113.9") };
  }

  test("[ASVS 6.3.8] an unknown name is closed like a known one, in any spelling of its case", async () => {
    for (const [username, other] of [
      ["alice", "ALICE"],
      ["Nobody", "nobodY"],
    ] as const) {
      const { elsewhere } = await closed(username);
      expect((await elsewhere(other, "not this one")).body).toMatchObject({
        code: "TOO_MANY_REQUESTS",
        detail: expect.stringMatching(/^A hundred passwords in a row were wrong for this name\. .+ Wait 30 seconds/),
      });
    }
  });

  test("after its wait a right password gets in, and ends the row", async () => {
    const { elsewhere } = await closed("alice");
    vi.setSystemTime(Date.now() + minute / 2);
    expect((await elsewhere("alice", right)).status).toBe(200);
    for (let at = 0; at < 5; at += 1) expect((await elsewhere("alice", "not this one")).code).toBe("BAD_CREDENTIALS");
  });

  test("a right password from a known device leaves the row of others as it is", async () => {
    const alice = await enterLab(usual);
    await alice.logIn(variant);
    const stranger = alice.another();
    await failFromEverywhere(alice, "alice", 100);
    expect((await alice.logIn(variant)).status).toBe(200);
    expect((await from(stranger, "203.0.113.9")("alice", right)).code).toBe("TOO_MANY_REQUESTS");
  });
});
