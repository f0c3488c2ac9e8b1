import { expect, test } from "vitest";
import type { RevokeTarget } from "../../core/login.ts";
import { minute } from "../../core/time.ts";
import type { Credentials } from "../../core/user.ts";
import type { OptionalOperation } from "../../core/variant.ts";
import type { Browser } from "../browser.ts";
import type { FlowBench } from "../flow-bench.ts";
import { accepted, claimed, expectAsClaimed, expectRefused, loggedIn, type Part, unlessExposed } from "../flow-part.ts";

export function endingRules(part: Part): void {
  const { variant, held, last, keepsRecords, told } = part;
  const missing = Object.keys(variant.cannot);
  const over = (experiment: string) => unlessExposed(part, experiment);

  test("its manifest names exactly the operations that it lacks", async () => {
    const bench = part.open();
    expect(await lackedBy(bench, await loggedIn(bench))).toEqual(missing.sort());
    for (const why of Object.values(variant.cannot)) expect(why).toMatch(/^[A-Z].{20,}\.$/);
  });

  test("[NIST 5.1 logout] logging out deletes all of its cookies, and answers the same when repeated", async () => {
    const browser = await loggedIn(part.open());
    expect(await browser.logOut()).toEqual({ ok: true, value: null });
    expect([...browser.cookies]).toEqual([]);
    expect(await browser.logOut()).toEqual({ ok: true, value: null });
    // What a page keeps in a storage, only the page can take out.
    browser.refreshToken = null;
    expectRefused(await last.present(browser), "NO_CREDENTIAL");
  });

  test("logging out succeeds without a login and with an invalid credential", async () => {
    const bench = part.open();
    expect(await bench.browser().logOut()).toEqual({ ok: true, value: null });
    const forger = bench.browser();
    for (const { put } of held) put(forger, "bench.none.of-ours");
    expect(await forger.logOut()).toEqual({ ok: true, value: null });
    expect([...forger.cookies]).toEqual([]);
    expect(bench.events).toEqual([]);
  });

  test(`[ASVS 7.4.1${over("replay-after-logout")}] [WSTG-SESS-06${over("replay-after-logout")}] [RFC 10017 refresh session${unlessExposed(part, "replay-after-logout", "refresh")}] after a logout a copy answers what the manifest claims`, async () => {
    const browser = await loggedIn(part.open());
    const copy = browser.copy();
    accepted(await browser.logOut());
    await expectAsClaimed(part, "replay-after-logout", copy);
  });

  if (variant.native && !variant.cannot.list) {
    test("logging out ends the login behind each credential that came, whatever client it was given to", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      const native = await loggedIn(bench, "alice", { client: "native" });
      const theirs = native.copy();
      const both = browser.copy();
      both.accessToken = native.accessToken;
      both.refreshToken = native.refreshToken;
      expect(await listed(bench)).toHaveLength(2);
      accepted(await both.logOut());
      // Of the browser only its cookies came: its header was the other client's.
      const cameOf = [
        ...held.filter((_, at) => variant.holds[at]?.travels === "cookie").map(({ kind }) => ({ kind, of: browser })),
        ...held.map(({ kind }) => ({ kind, of: theirs })),
      ];
      for (const { kind, of } of cameOf) {
        const result = await (kind === "access" ? of.authenticate() : of.refresh());
        expect(result.ok ? "exposed" : result.code).toBe(claimed(variant, "replay-after-logout", kind));
      }
    });
  }

  test("logging out ends no other person's login", async () => {
    const bench = part.open();
    const bob = await loggedIn(bench, "bob");
    accepted(await (await loggedIn(bench, "alice")).logOut());
    for (const { present } of held) accepted(await present(bob));
  });

  test(`[ASVS 7.4.3${over("password-change")}] [RFC 9700 4.14.2 events${unlessExposed(part, "password-change", "refresh")}] after a password change a copy answers what the manifest claims`, async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const bob = await loggedIn(bench, "bob");
    await bench.ports.users.raiseVersion("alice-id");
    await expectAsClaimed(part, "password-change", browser);
    accepted(await last.present(bob));
  });

  if (!missing.includes("revoke")) {
    test(`[ASVS 7.4.1${over("replay-after-revoke-all")}] after a revocation of all logins each copy answers what the manifest claims`, async () => {
      const bench = part.open();
      const browsers = [await loggedIn(bench), await loggedIn(bench)];
      const bob = await loggedIn(bench, "bob");
      expect(await revoke(bench, browsers[0], { scope: "all" })).toEqual({ ok: true, value: keepsRecords ? 2 : 1 });
      for (const browser of browsers) await expectAsClaimed(part, "replay-after-revoke-all", browser);
      accepted(await last.present(bob));
    });

    test("revoking all ends a login that is under way as well", async () => {
      let meanwhile = async (): Promise<unknown> => null;
      const bench = part.open((ports) => {
        const verify = async (credentials: Credentials) => {
          const user = await ports.users.verify(credentials);
          await meanwhile();
          return user;
        };
        return { ...ports, users: { ...ports.users, verify } };
      });
      const browser = await loggedIn(bench);
      meanwhile = () => {
        meanwhile = async () => null;
        return revoke(bench, browser, { scope: "all" });
      };
      const late = await loggedIn(bench);
      expectRefused(await last.present(late), told("REVOKED"));
    });

    test("after a revocation the person can log in again", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      accepted(await revoke(bench, browser, { scope: "all" }));
      const again = await loggedIn(bench);
      for (const { present } of held) accepted(await present(again));
    });
  }

  if (!missing.includes("revokeOne")) {
    test("[ASVS 7.5.2] one login is ended by its id, once, and the others stay", async () => {
      const bench = part.open();
      const here = await loggedIn(bench);
      const there = await loggedIn(bench);
      const session = await recordIdOf(there);
      expect(await revoke(bench, here, { session })).toEqual({ ok: true, value: 1 });
      expectRefused(await last.present(there), told("REVOKED"));
      accepted(await last.present(here));
      expect(await revoke(bench, here, { session })).toEqual({ ok: true, value: 0 });
    });

    test("revoking the current login ends it and no other", async () => {
      const bench = part.open();
      const here = await loggedIn(bench);
      const there = await loggedIn(bench);
      expect(await revoke(bench, here, { scope: "current" })).toEqual({ ok: true, value: 1 });
      expectRefused(await last.present(here), told("REVOKED"));
      accepted(await last.present(there));
    });

    test("revoking the others ends all but the current login", async () => {
      const bench = part.open();
      const here = await loggedIn(bench);
      const others = [await loggedIn(bench), await loggedIn(bench)];
      const bob = await loggedIn(bench, "bob");
      expect(await revoke(bench, here, { scope: "others" })).toEqual({ ok: true, value: 2 });
      for (const other of others) expectRefused(await last.present(other), told("REVOKED"));
      for (const spared of [here, bob]) accepted(await last.present(spared));
    });

    test("another person's record id and an unknown one end no login", async () => {
      const bench = part.open();
      const alice = await loggedIn(bench, "alice");
      const bob = await loggedIn(bench, "bob");
      for (const session of [await recordIdOf(bob), "unknown", ""]) {
        expect(await revoke(bench, alice, { session })).toEqual({ ok: true, value: 0 });
      }
      for (const spared of [alice, bob]) accepted(await last.present(spared));
    });
  } else if (!missing.includes("revoke")) {
    test("[ASVS 7.5.2: cannot] without single logins, a revocation of less than all is NOT_SUPPORTED and ends none", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      for (const what of [{ scope: "current" }, { scope: "others" }, { session: "any" }] as const) {
        expectRefused(await revoke(bench, browser, what), "NOT_SUPPORTED");
      }
      accepted(await last.present(browser));
    });
  }

  if (!missing.includes("list")) {
    test("[ASVS 7.5.2] [WSTG-SESS-11] the list has exactly the person's own live logins, newest first", async () => {
      const bench = part.open();
      const first = await loggedIn(bench);
      bench.clock.advance(minute);
      const second = await loggedIn(bench);
      await loggedIn(bench, "bob");
      const ids = [await recordIdOf(second), await recordIdOf(first)];
      expect((await listed(bench)).map(({ id }) => id)).toEqual(ids);
      expect(await listed(bench)).toContainEqual({
        id: ids[0],
        variant: variant.id,
        createdAt: bench.clock.now(),
        lastSeenAt: bench.clock.now(),
        expiresAt: bench.clock.now() + part.lifetimeOf(last.kind),
        device: "a test",
        ip: "192.0.2.7",
      });
    });

    test("the list leaves out logins that were logged out, expired, or ended by a new version", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      expect(await listed(bench)).toHaveLength(1);
      accepted(await browser.logOut());
      // Still listed if a logout ends no record, which only an unsafe variant may claim.
      const stays = claimed(variant, "replay-after-logout", last.kind) === "exposed";
      expect(stays ? variant.safety : "ended").toBe(stays ? "unsafe" : "ended");
      expect(await listed(bench)).toHaveLength(Number(stays));
      bench.clock.advance(part.lifetimeOf(last.kind));

      await loggedIn(bench);
      bench.clock.advance(part.lifetimeOf(last.kind));
      expect(await listed(bench)).toEqual([]);

      await loggedIn(bench);
      await bench.ports.users.raiseVersion("alice-id");
      expect(await listed(bench)).toEqual([]);

      await loggedIn(bench);
      bench.change("alice", { disabled: true });
      expect(await listed(bench)).toEqual([]);
    });
  }
}

async function lackedBy(bench: FlowBench, browser: Browser): Promise<readonly OptionalOperation[]> {
  const { flow } = bench;
  const one = await flow.revoke?.(accepted(await browser.authenticate()), { user: "alice-id", session: "any" });
  const cannotRevokeOne = one === undefined || (!one.ok && one.code === "NOT_SUPPORTED");
  const lacked = (["list", "refresh", "revoke", "data"] as const).filter((operation) => flow[operation] === undefined);
  return [...lacked, ...(cannotRevokeOne ? (["revokeOne"] as const) : [])].sort();
}

type RevokeChoice = { readonly scope: "current" | "others" | "all" } | { readonly session: string };

/** As the endpoint does it: a person revokes logins of their own. */
async function revoke({ flow }: FlowBench, browser: Browser | undefined, what: RevokeChoice) {
  if (!browser || !flow.revoke) throw new Error("There is nobody to revoke, or no way to");
  const actor = accepted(await browser.authenticate());
  const target: RevokeTarget = { user: actor.user.id, ...what };
  return flow.revoke(actor, target);
}

async function listed({ flow }: FlowBench) {
  if (!flow.list) throw new Error("This flow has no list");
  return accepted(await flow.list("alice-id"));
}

async function recordIdOf(browser: Browser): Promise<string> {
  const { recordId } = accepted(await browser.authenticate());
  if (!recordId) throw new Error("There is no record behind this login");
  return recordId;
}
