import { afterAll, describe, expect, test } from "vitest";
import { createTestApplication } from "../../testing/test-application.ts";
import { createVisitor, enterLab } from "../../testing/visitor.ts";
import { networkOf } from "./network.ts";

const app = await createTestApplication({
  LOGIN_ATTEMPTS: "3",
  LOGIN_ATTEMPTS_PER_ADDRESS: "5",
  REFRESHES_PER_MINUTE: "3",
  LABS_PER_HOUR: "2",
});
afterAll(() => app.dispose());

describe("a limit counts", () => {
  test.for([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:0:0:1::", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["1::", "1:0:0:0::/64"],
    ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
    ["::2:3:4:5:6:7:8", "0:2:3:4::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:207", "192.0.2.7"],
    ["0:0:0:0:0:FFFF:192.0.2.7", "192.0.2.7"],
    ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
    ["::192.0.2.7", "0:0:0:0::/64"],
    ["unknown", "unknown"],
    ["", ""],
    ["2001:db8::1::2", "2001:db8::1::2"],
    ["[::1]:80", "[::1]:80"],
  ] as const)("%s as %s", ([address, counted]) => {
    expect(networkOf(address)).toBe(counted);
  });
});

describe("the owner of a whole IPv6 network", () => {
  const from = (address: string) => ({ "x-forwarded-for": address });

  test("guesses no more passwords with it than with one address", async () => {
    const visitor = await enterLab(app);
    const guess = async (address: string) => {
      const body = { username: "alice", password: "not this one" };
      return (await visitor.another().send("POST", "/api/cookie/login", { body, headers: from(address) })).status;
    };
    for (const last of ["1", "2", "3"]) expect(await guess(`2001:db8:0:1::${last}`)).toBe(401);
    expect(await guess("2001:db8:0:1:ffff::4")).toBe(429);
    expect(await guess("2001:db8:0:2::1")).toBe(401);
    for (const address of ["192.0.2.7", "::ffff:192.0.2.7", "::ffff:c000:207"]) expect(await guess(address)).toBe(401);
    expect(await guess("192.0.2.7")).toBe(429);
    expect(await guess("192.0.2.8")).toBe(401);
  });

  test("refreshes no more often, and opens no more labs", async () => {
    const visitor = await enterLab(app);
    const refresh = async (last: number) =>
      (await visitor.send("POST", "/api/memory-jwt/refresh", { headers: from(`2001:db8:7:7::${last}`) })).status;
    for (const last of [1, 2, 3]) expect(await refresh(last)).toBe(401);
    expect(await refresh(4)).toBe(429);
    const open = async (last: number) =>
      (await createVisitor(app).send("POST", "/api/lab/reset", { headers: from(`2001:db8:8:8::${last}`) })).status;
    expect([await open(1), await open(2), await open(3)]).toEqual([204, 204, 429]);
  });

  test("sees the full address in the list of logins", async () => {
    const visitor = await enterLab(app);
    const body = { username: "alice", password: "alice-likes-tea" };
    await visitor.send("POST", "/api/server-session/login", { body, headers: from("2001:db8:9:9::1") });
    const { sessions } = (await visitor.get("/api/server-session/sessions")).body;
    expect(sessions).toMatchObject([{ ip: "2001:db8:9:9::1" }]);
  });
});
