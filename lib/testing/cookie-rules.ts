import { expect, test } from "vitest";
import { minute } from "../core/time.ts";
import type { SetCookie } from "./browser.ts";
import { type FlowBench, passwordOf } from "./flow-bench.ts";
import { accepted, loggedIn, type Part } from "./flow-part.ts";

export function cookieRules(part: Part): void {
  const { manifest, held, lifetimes } = part;
  /** As many Set-Cookie lines has a login. */
  const inCookies = part.variant.holds.filter(({ travels }) => travels === "cookie").length;
  const specs = new Map(manifest.cookies.map((spec) => [spec.name, spec]));

  test("[ASVS 3.3.1] [ASVS 3.3.2] [ASVS 3.3.3] [ASVS 3.3.4] its cookies are __Host-, Secure, HttpOnly, with an explicit SameSite", () => {
    expect(specs.size).toBeGreaterThan(0);
    for (const { name, ...attributes } of specs.values()) {
      expect(name).toMatch(/^__Host-[a-z]+$/);
      expect(attributes).toEqual({
        path: "/",
        httpOnly: true,
        secure: true,
        sameSite: expect.stringMatching(/^(lax|strict)$/),
      });
    }
  });

  test("every Set-Cookie of a whole life has the attributes of its manifest, and never Expires or Domain", async () => {
    const lines = await wholeLife(part.open(), part);
    expect(lines.length).toBeGreaterThanOrEqual(4);
    for (const { name, attributes } of lines) {
      const { maxAge: _, ...sent } = attributes;
      expect({ name, ...sent }).toEqual(specs.get(name));
    }
  });

  test("[ASVS 3.3.5] name and value together are at most 4096 bytes", async () => {
    for (const { name, value } of await wholeLife(part.open(), part)) {
      expect(Buffer.byteLength(name + value)).toBeLessThanOrEqual(4096);
    }
  });

  test("a login that is not to be remembered ends with the browser: no Max-Age", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    await goOn(bench, part, browser);
    expect(browser.received.map(({ attributes }) => attributes.maxAge)).toEqual(browser.received.map(() => undefined));
    expect(browser.received.length).toBeGreaterThan(0);
  });

  test("a remembered login's Max-Age is what is left to its absolute end, however often it is set", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench, "alice", { remember: true });
    const full = lifetimes.remembered / 1000;
    const given = browser.received.map(({ attributes }) => attributes.maxAge);
    expect(given).toEqual(Array.from({ length: inCookies }, () => full));
    bench.clock.advance(90_500);
    accepted(await part.last.present(browser));
    for (const { attributes } of browser.received.slice(inCookies)) expect(attributes.maxAge).toBe(full - 91);
  });

  test("proving oneself again keeps a login remembered", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench, "alice", { remember: true });
    accepted(await browser.reissue(accepted(await browser.authenticate())));
    expect(browser.received.at(-1)?.attributes.maxAge).toBe(lifetimes.remembered / 1000);
  });

  test("logging out deletes each cookie: empty, Max-Age 0, otherwise the attributes it was set with", async () => {
    const browser = await loggedIn(part.open());
    const set = [...browser.received];
    accepted(await browser.logOut());
    const deleted = set.map((line) => ({ ...line, value: "", attributes: { ...line.attributes, maxAge: 0 } }));
    expect(browser.received.slice(set.length)).toEqual(expect.arrayContaining(deleted));
    expect(browser.received).toHaveLength(2 * set.length);
  });

  test("[ASVS 3.3.4] a browser gets no refresh token in a body", async () => {
    const bench = part.open();
    const browser = bench.browser();
    expect(accepted(await browser.logIn("alice", passwordOf("alice"))).refreshToken).toBeUndefined();
    expect(browser.received).toHaveLength(inCookies);
  });

  if (part.variant.native && !part.slides) {
    test("a native client gets its refresh token in the grant, and no cookie, also when it refreshes", async () => {
      const bench = part.open();
      const native = await loggedIn(bench, "alice", { client: "native" });
      const first = native.refreshToken;
      const grant = accepted(await native.refresh());
      expect(grant.refreshToken).toEqual({
        value: native.refreshToken,
        expiresAt: bench.clock.now() + lifetimes.refresh,
      });
      expect([first, native.refreshToken]).toEqual([expect.any(String), expect.not.stringMatching(`^${first}$`)]);
      expect(accepted(await native.authenticate()).user.username).toBe("alice");
      expect(native.received).toEqual([]);
    });
  }

  test("[ASVS 16.2.5] [ASVS 16.3.1] events tell logins and logouts, and hold no credential", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const values = held.map(({ read }) => read(browser));
    accepted(await browser.logOut());
    expect(bench.events.map(({ type, userId }) => [type, userId])).toEqual([
      ["logged-in", "alice-id"],
      ["logged-out", "alice-id"],
    ]);
    const told = JSON.stringify(bench.events);
    for (const value of [...values, passwordOf("alice")]) expect(told).not.toContain(value);
  });
}

/** Everything that is set from a login to its logout. */
async function wholeLife(bench: FlowBench, part: Part): Promise<readonly SetCookie[]> {
  const browser = await loggedIn(bench);
  await goOn(bench, part, browser);
  accepted(await browser.reissue(accepted(await browser.authenticate())));
  accepted(await browser.logIn("alice", passwordOf("alice"), { remember: true }));
  accepted(await browser.logOut());
  return browser.received;
}

async function goOn(bench: FlowBench, { held }: Part, browser: Awaited<ReturnType<typeof loggedIn>>): Promise<void> {
  for (let minutes = 0; minutes < 3; minutes += 1) {
    bench.clock.advance(minute);
    for (const { present } of held) accepted(await present(browser));
  }
}
