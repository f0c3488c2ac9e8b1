import { expect, test } from "vitest";
import { holdingOf } from "../../core/credential.ts";
import { minute } from "../../core/time.ts";
import { traitsOf } from "../../core/token-storage.ts";
import type { SetCookie } from "../browser.ts";
import { type FlowBench, passwordOf } from "../flow-bench.ts";
import { accepted, loggedIn, type Part } from "../flow-part.ts";

export function cookieRules(part: Part): void {
  const { manifest, held, lifetimes, variant } = part;
  const specs = new Map(manifest.cookies.map((spec) => [spec.name, spec]));
  // The cookies that a browser of this variant holds: none where the page keeps everything itself.
  const names = variant.holds.flatMap((holding) => (holding.travels === "cookie" ? holding.cookie : []));
  const inBody = variant.holds.some(({ travels }) => travels === "body");
  const { inCookie, readable } = traitsOf(variant.settings.storage);
  const bare = inCookie && readable ? holdingOf(variant, "access") : undefined;

  test("[ASVS 3.3.1] [ASVS 3.3.2] [ASVS 3.3.3] [NIST 5.1.1 secure] [NIST 5.1.1 prefix] [NIST 5.1.1 samesite] [RFC 10017 6.1 scope] [RFC 10017 6.1 prefix: cannot] [WSTG-SESS-09] its cookies are __Host-, Secure, HttpOnly, with an explicit SameSite", () => {
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

  const unreadable = bare ? ": cannot" : "";
  const strict = names.every((name) => specs.get(name)?.sameSite === "strict") ? "" : ": cannot";
  test(`[ASVS 3.3.4${unreadable}] [NIST 5.1.1 script${unreadable}] [RFC 10017 6.1 secure${unreadable}] [RFC 10017 6.1 strict${strict}] [WSTG-SESS-02${unreadable}] every Set-Cookie of a whole life has the attributes of its manifest, and never Expires or Domain`, async () => {
    const lines = await wholeLife(part.open(), part);
    expect(lines.length).toBeGreaterThanOrEqual(names.length * 4);
    for (const { name, attributes } of lines) {
      const { maxAge: _, ...sent } = attributes;
      expect(names).toContain(name);
      const httpOnly = !(bare?.travels === "cookie" && bare.cookie === name);
      expect({ name, ...sent }).toEqual({ ...specs.get(name), httpOnly });
    }
    // A cookie that scripts can read is wrong on purpose, and only then.
    if (bare) expect(variant.safety).toBe("unsafe");
  });

  test("[ASVS 3.3.5] name and value together are at most 4096 bytes", async () => {
    for (const { name, value } of await wholeLife(part.open(), part)) {
      expect(Buffer.byteLength(name + value)).toBeLessThanOrEqual(4096);
    }
  });

  if (names.length > 0) {
    test("[NIST 5.1 restart] a login that is not to be remembered ends with the browser: no Max-Age", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      await goOn(bench, part, browser);
      const ages = browser.received.map(({ attributes }) => attributes.maxAge);
      expect(ages).toEqual(browser.received.map(() => undefined));
      expect(new Set(browser.received.map(({ name }) => name))).toEqual(new Set(names));
    });
  }

  test("a remembered login's Max-Age is the time to its absolute end, at each Set-Cookie", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench, "alice", { remember: true });
    const full = lifetimes.remembered / 1000;
    expect(browser.received.map(({ attributes }) => attributes.maxAge)).toEqual(names.map(() => full));
    bench.clock.advance(90_500);
    accepted(await part.last.present(browser));
    for (const { attributes } of browser.received.slice(names.length)) expect(attributes.maxAge).toBe(full - 91);
  });

  test("reauthenticating keeps a login remembered", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench, "alice", { remember: true });
    accepted(await browser.reissue(accepted(await browser.authenticate())));
    const again = browser.received.slice(names.length);
    expect(again.map(({ attributes }) => attributes.maxAge)).toEqual(names.map(() => lifetimes.remembered / 1000));
  });

  test("logging out deletes each cookie: empty, Max-Age 0, otherwise the attributes it was set with", async () => {
    const browser = await loggedIn(part.open());
    const set = [...browser.received];
    accepted(await browser.logOut());
    const deleted = set.map((each) => ({ ...each, value: "", attributes: { ...each.attributes, maxAge: 0 } }));
    const last = browser.received.slice(set.length);
    expect(sortedByName(last)).toEqual(sortedByName(deleted));
  });

  test("a browser gets no refresh token in a body, except in the variant whose page stores it", async () => {
    const browser = part.open().browser();
    const grant = accepted(await browser.logIn("alice", passwordOf("alice")));
    expect(grant.refreshToken !== undefined).toBe(inBody);
    if (inBody) expect(variant.safety).toBe("unsafe");
    expect(browser.received.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  if (variant.native && !part.slides) {
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

  test("[ASVS 16.2.5] [WSTG-SESS-04] logins and logouts are logged without a credential", async () => {
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

function sortedByName(lines: readonly SetCookie[]): readonly SetCookie[] {
  return [...lines].sort((a, b) => a.name.localeCompare(b.name));
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
