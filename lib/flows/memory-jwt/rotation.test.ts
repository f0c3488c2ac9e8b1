import { describe, expect, test } from "vitest";
import { hour, minute } from "../../core/time.ts";
import type { Browser } from "../../testing/browser.ts";
import { createFlowBench, type FlowBench } from "../../testing/flow-bench.ts";
import { accepted, expectRefused, loggedIn, partOf } from "../../testing/flow-part.ts";
import { cookie, createMemoryJwtFlow } from "./flow.ts";
import { manifest } from "./manifest.ts";

const flow = { manifest, create: createMemoryJwtFlow };
const { grace, refresh: familyLifetime, access } = manifest.variants[0].settings.lifetimes;

describe.for(manifest.variants.map(({ id }) => id))("%s, of its refresh tokens", (id) => {
  const refresh = partOf(flow, id).last;
  const inBody = partOf(flow, id).variant.holds.some(({ travels }) => travels === "body");
  const tokenOf = (browser: Browser) => refresh.read(browser);
  const throughOtherDoor = (bench: FlowBench, browser: Browser) => {
    const other = bench.browser();
    if (inBody) other.cookies.set(cookie.name, tokenOf(browser));
    else other.refreshToken = tokenOf(browser);
    return other;
  };

  test("[ASVS 10.4.5] [RFC 9700 2.2.2] [RFC 10017 refresh rotation] rotation succeeds once per token: each refresh gives a new one", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const seen = [tokenOf(browser)];
    for (let times = 0; times < 5; times += 1) {
      bench.clock.advance(minute);
      accepted(await browser.refresh());
      seen.push(tokenOf(browser));
    }
    expect(new Set(seen).size).toBe(6);
    expect(await generations(bench)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("an honest retry within the grace gets the same successor, and a working access token", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const secondTab = browser.copy();
    accepted(await browser.refresh());
    bench.clock.advance(grace - 1);
    accepted(await secondTab.refresh());
    expect(tokenOf(secondTab)).toBe(tokenOf(browser));
    accepted(await secondTab.authenticate());
    expect(await generations(bench)).toEqual([1, 2]);
    accepted(await browser.refresh());
  });

  test("[ASVS 10.4.5] [RFC 9700 4.14.2] after the grace a rotated token is REUSE_DETECTED and its family is over", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const thief = browser.copy();
    const elsewhere = await loggedIn(bench);
    accepted(await browser.refresh());
    bench.clock.advance(grace);
    expectRefused(await thief.refresh(), "REUSE_DETECTED");
    expectRefused(await browser.refresh(), "REVOKED");
    expectRefused(await thief.refresh(), "REVOKED");
    accepted(await elsewhere.refresh());
    expect(await endReasons(bench)).toEqual([undefined, "reuse-detected"]);
    expect(bench.events.map(({ type }) => type)).toContain("refresh-reuse-detected");
  });

  test("[RFC 9700 4.14.2] without a grace a retry in the same millisecond is REUSE_DETECTED", async () => {
    const bench = createFlowBench(flow, id, (ports) => ({
      ...ports,
      settings: { ...ports.settings, lifetimes: { ...ports.settings.lifetimes, grace: 0 } },
    }));
    const browser = await loggedIn(bench);
    const thief = browser.copy();
    accepted(await browser.refresh());
    expectRefused(await thief.refresh(), "REUSE_DETECTED");
    expectRefused(await browser.refresh(), "REVOKED");
  });

  test("[RFC 9700 4.14.2] a rotated token whose successor was used is REUSE_DETECTED, also within the grace", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const thief = browser.copy();
    accepted(await browser.refresh());
    accepted(await browser.refresh());
    expectRefused(await thief.refresh(), "REUSE_DETECTED");
    expectRefused(await browser.refresh(), "REVOKED");
  });

  test("an ended family stays ended, also for a retry within the grace", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const retry = browser.copy();
    accepted(await browser.refresh());
    const actor = accepted(await browser.authenticate());
    await bench.flow.revoke?.(actor, { user: actor.user.id, scope: "current" });
    expectRefused(await retry.refresh(), "REVOKED");
  });

  test("ten refreshes at once give one successor and end no login", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const tabs = Array.from({ length: 10 }, () => browser.copy());
    for (const result of await Promise.all(tabs.map((tab) => tab.refresh()))) accepted(result);
    const [successor, ...others] = new Set(tabs.map(tokenOf));
    expect(others).toEqual([]);
    expect(successor).not.toBe(tokenOf(browser));
    expect(await generations(bench)).toEqual([1, 2]);
    expect(await endReasons(bench)).toEqual([undefined]);
    accepted(await (tabs[0] ?? browser).refresh());
  });

  test("[RFC 10017 refresh lifetime] [ASVS 10.4.8] no successor outlives the first token's family, nor does its access token", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const endsAt = bench.clock.now() + familyLifetime;
    for (let hours = 1; hours < familyLifetime / hour; hours += 1) {
      bench.clock.advance(hour);
      accepted(await browser.refresh());
    }
    bench.clock.advance(hour - access / 3);
    expect(accepted(await browser.refresh()).expiresAt).toBe(endsAt);
    bench.clock.advance(access / 3 - 1);
    accepted(await browser.copy().authenticate());
    bench.clock.advance(1);
    expectRefused(await browser.authenticate(), "EXPIRED");
    expectRefused(await browser.refresh(), "EXPIRED");
  });

  test("a refresh token from a body is refused in the cookie, and one from the cookie in a body", async () => {
    const bench = createFlowBench(flow, id);
    const [browser, native] = [await loggedIn(bench), await loggedIn(bench, "bob", { client: "native" })];
    const throughCookie = bench.browser();
    throughCookie.cookies.set(cookie.name, native.refreshToken ?? "");
    expectRefused(await throughCookie.refresh(), "INVALID_CREDENTIAL");

    const other = throughOtherDoor(bench, browser);
    expectRefused(await other.refresh(), "INVALID_CREDENTIAL");
    expect([...throughCookie.received, ...other.received]).toEqual([]);
    accepted(await native.refresh());
    accepted(await browser.refresh());
  });

  test("a rotated token in the place of another kind of client ends no family", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const other = throughOtherDoor(bench, browser);
    accepted(await browser.refresh());
    bench.clock.advance(grace + 1);
    expectRefused(await other.refresh(), "INVALID_CREDENTIAL");
    accepted(await browser.refresh());
  });

  test("a revocation between look-up and rotation wins: REVOKED, no successor and no reuse logged", async () => {
    const bench = createFlowBench(flow, id, (ports) => ({
      ...ports,
      families: {
        ...ports.families,
        async rotate(hash, successor, at) {
          await ports.families.endAll("alice-id", { at, reason: "revoked" });
          return ports.families.rotate(hash, successor, at);
        },
      },
    }));
    const browser = await loggedIn(bench);
    const { length } = browser.received;
    expectRefused(await browser.refresh(), "REVOKED");
    expect(browser.received.slice(length).filter(({ value }) => value !== "")).toEqual([]);
    expect(await generations(bench)).toEqual([1]);
    expect(await endReasons(bench)).toEqual(["revoked"]);
    expect(bench.events.map(({ type }) => type)).not.toContain("refresh-reuse-detected");
  });

  test("a revocation right after the rotation leaves a successor that is REVOKED", async () => {
    const bench = createFlowBench(flow, id, (ports) => ({
      ...ports,
      families: {
        ...ports.families,
        async rotate(hash, successor, at) {
          const rotated = await ports.families.rotate(hash, successor, at);
          await ports.families.endAll("alice-id", { at, reason: "revoked" });
          return rotated;
        },
      },
    }));
    const browser = await loggedIn(bench);
    accepted(await browser.refresh());
    expectRefused(await browser.refresh(), "REVOKED");
  });

  test("a refresh reads the stored person: a new role is in the next access token", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    bench.change("alice", { role: "admin" });
    expect(accepted(await browser.refresh()).user.role).toBe("admin");
    expect(accepted(await browser.authenticate()).user.role).toBe("admin");
  });

  test("a retry across a rotation of keys gets the same successor", async () => {
    const bench = createFlowBench(flow, id);
    const browser = await loggedIn(bench);
    const retry = browser.copy();
    accepted(await browser.refresh());
    bench.rotateKeys(false);
    accepted(await retry.refresh());
    expect(tokenOf(retry)).toBe(tokenOf(browser));
  });
});

async function generations(bench: FlowBench): Promise<readonly number[]> {
  const families = await bench.ports.families.held(10);
  return families.flatMap(({ tokens }) => tokens.map(({ generation }) => generation));
}

/** Newest family first. */
async function endReasons(bench: FlowBench) {
  return (await bench.ports.families.held(10)).map(({ ended }) => ended?.reason);
}
