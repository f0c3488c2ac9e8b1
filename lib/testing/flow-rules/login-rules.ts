import { expect, test } from "vitest";
import { minute } from "../../core/time.ts";
import { changedSpellings } from "../changed-spellings.ts";
import { passwordOf } from "../flow-bench.ts";
import { accepted, claimed, expectRefused, loggedIn, type Part, unlessExposed } from "../flow-part.ts";
import { isForgeable } from "../forgeable.ts";

export function loginRules(part: Part): void {
  const { held, last, keepsRecords, variant, told } = part;

  test("[ASVS 6.3.8] a wrong password and an unknown name are the same BAD_CREDENTIALS, and set no cookie", async () => {
    const bench = part.open();
    const browser = bench.browser();
    expectRefused(await browser.logIn("alice", passwordOf("bob")), "BAD_CREDENTIALS");
    expectRefused(await browser.logIn("nobody", passwordOf("alice")), "BAD_CREDENTIALS");
    expectRefused(await browser.logIn("", ""), "BAD_CREDENTIALS");
    expect(browser.received).toEqual([]);
    expect(bench.events).toEqual([]);
  });

  test("a disabled person's login is refused like a wrong password", async () => {
    const bench = part.open();
    bench.change("alice", { disabled: true });
    const browser = bench.browser();
    expectRefused(await browser.logIn("alice", passwordOf("alice")), "BAD_CREDENTIALS");
    expect(browser.received).toEqual([]);
  });

  test("a request without a credential is NO_CREDENTIAL", async () => {
    const browser = part.open().browser();
    for (const { present } of held) expectRefused(await present(browser), "NO_CREDENTIAL");
    expect(browser.received).toEqual([]);
  });

  test("a login names its person and its time", async () => {
    const bench = part.open();
    const browser = bench.browser();
    const grant = accepted(await browser.logIn("alice", passwordOf("alice")));
    const principal = accepted(await browser.authenticate());
    expect(principal).toMatchObject({
      user: { id: "alice-id", username: "alice", displayName: "ALICE", role: "user" },
      issuedAt: bench.clock.now(),
      authenticatedAt: bench.clock.now(),
      expiresAt: grant.expiresAt,
    });
    expect(Object.keys(principal.user).sort()).toEqual(["displayName", "id", "role", "username"]);
    expect(grant.user).toEqual(principal.user);
  });

  test("two people are told apart", async () => {
    const bench = part.open();
    const browsers = [await loggedIn(bench, "alice"), await loggedIn(bench, "bob")];
    const people = await Promise.all(browsers.map((browser) => browser.authenticate()));
    expect(people.map((each) => accepted(each).user.username)).toEqual(["alice", "bob"]);
  });

  test("[ASVS 7.2.2] [WSTG-SESS-03] a login gets new credentials, with any old ones on the request", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const before = held.map(({ read }) => read(browser));
    const first = accepted(await browser.authenticate());
    bench.clock.advance(minute);
    accepted(await browser.logIn("alice", passwordOf("alice")));
    const after = held.map(({ read }) => read(browser));
    for (const [index, value] of before.entries()) expect(after[index]).not.toBe(value);
    if (keepsRecords) expect(accepted(await browser.authenticate()).recordId).not.toBe(first.recordId);
  });

  test("a refused login ends no login", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    expectRefused(await browser.logIn("alice", "wrong"), "BAD_CREDENTIALS");
    for (const { present } of held) accepted(await present(browser));
  });

  if (keepsRecords) {
    test("[ASVS 7.2.4] logging in again ends the login that this browser had, and no other one", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      const elsewhere = await loggedIn(bench);
      const copy = browser.copy();
      accepted(await browser.logIn("alice", passwordOf("alice")));
      expectRefused(await last.present(copy), told("REVOKED"));
      accepted(await last.present(browser));
      accepted(await last.present(elsewhere));
    });

    test("logging in as another person ends the login that this browser had", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench, "alice");
      const copy = browser.copy();
      accepted(await browser.logIn("bob", passwordOf("bob")));
      expectRefused(await last.present(copy), told("REVOKED"));
      expect(accepted(await browser.authenticate()).user.username).toBe("bob");
    });
  }

  test("reauthenticating gives new, fresh credentials", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const copy = browser.copy();
    bench.clock.advance(10 * minute);
    const before = accepted(await browser.authenticate({ touch: false }));
    expect(before.authenticatedAt).toBe(bench.clock.now() - 10 * minute);
    accepted(await browser.reissue(before));
    for (const { read } of held) expect(read(browser)).not.toBe(read(copy));
    const after = accepted(await browser.authenticate());
    expect(after.authenticatedAt).toBe(bench.clock.now());
    expect(after.user).toEqual(before.user);
    // A record ends with the old login; a flow without records has none to end.
    if (keepsRecords) expectRefused(await last.present(copy), told("REVOKED"));
    accepted(await last.present(browser));
  });

  test("a disabled person's login is not reissued: REVOKED", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const principal = accepted(await browser.authenticate());
    bench.change("alice", { disabled: true });
    expectRefused(await browser.reissue(principal), "REVOKED");
  });

  const stale = variant.claims["role-lowered"]?.some(({ authority }) => authority === "stale") ? ": cannot" : "";
  test(`[ASVS 8.3.2${stale}] a lowered role counts at once, or stays stale, as the manifest claims`, async () => {
    const bench = part.open();
    bench.change("alice", { role: "admin" });
    const browser = await loggedIn(bench);
    bench.change("alice", { role: "user" });
    const [claim] = variant.claims["role-lowered"] ?? [];
    const { role } = accepted(await browser.authenticate()).user;
    expect(role).toBe(claim?.authority === "stale" ? "admin" : "user");
  });

  for (const { kind, read, put, present } of held) {
    // What can be forged on purpose has other rules: the encoding's own.
    if (isForgeable(variant)) continue;
    test(`[ASVS 7.2.1] [ASVS 9.1.1] [WSTG-SESS-01] a changed ${kind} credential is INVALID_CREDENTIAL, and the true one stays good`, async () => {
      const browser = await loggedIn(part.open());
      const value = read(browser);
      const spellings = changedSpellings(value);
      expect(spellings.length).toBeGreaterThan(value.length);
      for (const spelling of spellings) {
        const forged = browser.copy();
        put(forged, spelling);
        expect([spelling, await present(forged)]).toMatchObject([spelling, { ok: false, code: "INVALID_CREDENTIAL" }]);
        // At most what stands there is deleted.
        expect(forged.received.filter(({ value: set }) => set !== "")).toEqual([]);
      }
      accepted(await present(browser));
    });
  }

  test(`[ASVS 7.4.2${unlessExposed(part, "user-disabled")}] a disabled person's live login answers REVOKED where the variant looks`, async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    bench.change("alice", { disabled: true });
    for (const { kind, present } of held) {
      // As the variant claims it: looking at a credential alone tells nothing of its person.
      const looks = claimed(variant, "user-disabled", kind) !== "exposed";
      const result = await present(browser.copy());
      expect({ kind, ok: result.ok }).toEqual({ kind, ok: !looks });
      if (looks) expectRefused(result, told("REVOKED"));
    }
  });
}
