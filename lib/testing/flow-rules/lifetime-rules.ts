import { expect, test } from "vitest";
import { type Duration, day, minute, second } from "../../core/time.ts";
import type { Browser } from "../browser.ts";
import type { FlowBench } from "../flow-bench.ts";
import { accepted, expectRefused, loggedIn, type Part } from "../flow-part.ts";

export function lifetimeRules(part: Part): void {
  const { lifetimes, last, held, told } = part;

  for (const credential of held) {
    const lifetime = part.lifetimeOf(credential.kind);
    test(`an unused ${credential.kind} credential gets in to the last millisecond of its ${lifetime / minute} minutes`, async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      bench.clock.advance(lifetime - 1);
      accepted(await credential.present(browser.copy()));
    });

    // A login that only its absolute end would end has no idle end.
    const idle = lifetime < part.absolute ? "" : ": cannot";
    test(`[ASVS 7.3.1${idle}] [ASVS 9.2.1] [NIST 5.1.1 expiry] [NIST 5.2 timeout] [RFC 9700 4.14.2 inactivity${idle}] [WSTG-SESS-07] an unused ${credential.kind} credential is EXPIRED from its end on`, async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      bench.clock.advance(lifetime);
      expectRefused(await credential.present(browser.copy()), told("EXPIRED"));
      bench.clock.advance(400 * day);
      expectRefused(await credential.present(browser.copy()), told("EXPIRED"));
    });
  }

  test("a remembered login may be unused, and is EXPIRED at its own absolute end", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench, "alice", { remember: true });
    expect(lifetimes.remembered).toBeGreaterThanOrEqual(part.lifetimeOf(last.kind));
    bench.clock.advance(lifetimes.remembered - 1);
    accepted(await last.present(browser.copy()));
    bench.clock.advance(1);
    expectRefused(await last.present(browser.copy()), told("EXPIRED"));
  });

  test("[ASVS 7.3.2] a remembered login in constant use still has an absolute end", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench, "alice", { remember: true });
    expect(await useUntilRefused(bench, browser, part, day / 2)).toBe(lifetimes.remembered);
  });

  test("[ASVS 7.3.2] [ASVS 10.4.8] [NIST 5.2 timeout] [RFC 10017 refresh expiry] [WSTG-SESS-07] a login in constant use still has an absolute end", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const every = part.lifetimeOf(last.kind) === part.absolute ? day / 4 : 5 * minute;
    expect(await useUntilRefused(bench, browser, part, every)).toBe(part.absolute);
  });

  test("a login ends at the end that its principal and grant name", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const { expiresAt } = accepted(await browser.authenticate());
    bench.clock.advance(expiresAt - bench.clock.now() - 1);
    accepted(await browser.copy().authenticate({ touch: false }));
    bench.clock.advance(1);
    expectRefused(await browser.copy().authenticate({ touch: false }), told("EXPIRED"));
  });

  test("authenticating without touch extends no login and sets no cookie", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const { length } = browser.received;
    const { expiresAt } = accepted(await browser.authenticate({ touch: false }));
    const lifetime = expiresAt - bench.clock.now();
    for (let looked = 0; looked < 4; looked += 1) {
      bench.clock.advance(lifetime / 5);
      expect(accepted(await browser.authenticate({ touch: false })).expiresAt).toBe(expiresAt);
    }
    expect(browser.received).toHaveLength(length);
    bench.clock.advance(lifetime / 5);
    expectRefused(await browser.authenticate({ touch: false }), told("EXPIRED"));
  });

  if (!part.slides) {
    test("a renewal whose answer was lost can be asked for again", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      bench.clock.advance(lifetimes.access);
      accepted(await browser.copy().refresh());
      bench.clock.advance(second);
      accepted(await browser.refresh());
      accepted(await browser.authenticate());
      bench.clock.advance(lifetimes.access);
      accepted(await browser.refresh());
    });

    test("using an access token extends no login and sets no cookie", async () => {
      const bench = part.open();
      const browser = await loggedIn(bench);
      const { length } = browser.received;
      const { expiresAt } = accepted(await browser.authenticate());
      for (let used = 0; used < 7; used += 1) {
        bench.clock.advance(2 * minute);
        expect(accepted(await browser.authenticate()).expiresAt).toBe(expiresAt);
      }
      expect(browser.received).toHaveLength(length);
    });
    return;
  }

  test("[NIST 5.2 reset] using a login moves its end on, and at most once a minute", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const { length } = browser.received;
    const first = accepted(await browser.authenticate()).expiresAt;
    const endAfter = async (wait: Duration) => {
      bench.clock.advance(wait);
      return accepted(await browser.authenticate()).expiresAt - first;
    };
    expect(await endAfter(lifetimes.touchEvery - second)).toBe(0);
    expect(browser.received).toHaveLength(length);
    expect(await endAfter(second)).toBe(lifetimes.touchEvery);
    expect(browser.received.length).toBeLessThanOrEqual(length + 1);
    const moved = browser.received.length;
    expect(await endAfter(lifetimes.touchEvery - second)).toBe(lifetimes.touchEvery);
    expect(browser.received).toHaveLength(moved);
    expect(await endAfter(second)).toBe(2 * lifetimes.touchEvery);
  });

  test("[NIST 5.2 reset] a use whose answer was lost shortens no login", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    bench.clock.advance(lifetimes.idle - minute);
    // The server moves the end on. The browser never sees the answer, and keeps the credential that it has.
    const { expiresAt } = accepted(await browser.copy().authenticate());
    // Sooner than a use would move the end on again.
    bench.clock.advance(lifetimes.touchEvery - second);
    expect(accepted(await browser.authenticate()).expiresAt).toBeGreaterThanOrEqual(expiresAt);
    bench.clock.advance(lifetimes.idle - minute);
    accepted(await browser.authenticate());
  });

  test("a copy from before a reissue ends no later than its own end", async () => {
    const bench = part.open();
    const browser = await loggedIn(bench);
    const copy = browser.copy();
    bench.clock.advance(lifetimes.idle - minute);
    accepted(await browser.authenticate());
    const reissued = last.read(browser) !== last.read(copy);
    bench.clock.advance(minute);
    accepted(await browser.authenticate());
    // Only where the end stands in the record rather than in the credential does the copy share it.
    const result = await copy.authenticate();
    if (reissued) expectRefused(result, told("EXPIRED"));
    else accepted(result);
  });
}

/** Uses it every so often; how long after the login it was refused for the first time, as EXPIRED. */
async function useUntilRefused(
  bench: FlowBench,
  browser: Browser,
  { last, told }: Part,
  every: Duration,
): Promise<Duration> {
  const began = bench.clock.now();
  for (;;) {
    bench.clock.advance(every);
    const passed = bench.clock.now() - began;
    const result = await last.present(browser);
    if (!result.ok) {
      expectRefused(result, told("EXPIRED"));
      return passed;
    }
    if (passed > 1000 * day) throw new Error("It never ends");
  }
}
