import { describe, expect, test } from "vitest";
import { lifetimePresets, second } from "@/lib/core/time.ts";
import { isRenewalDue, type LastRenewal, type TokenLife } from "./token-renewal.ts";

const life = (seconds: number): TokenLife => ({ from: 0, to: seconds * second });

/** The seconds at which a page renews, asking once a second, when each token it gets lives as `next` says. */
function renewals(first: TokenLife, next: (now: number) => TokenLife, seconds: number, fails = false): number[] {
  const asked: number[] = [];
  let token = first;
  let last: LastRenewal | null = null;
  for (let now = 0; now < seconds * second; now += second) {
    if (!isRenewalDue(token, now, last)) continue;
    asked.push(now / second);
    last = { to: token.to, left: token.to - now, failed: fails };
    if (!fails) token = next(now);
  }
  return asked;
}

describe("renewal of a token by the page", () => {
  test("a token that lives for minutes is renewed half a minute before its end", () => {
    const whole = lifetimePresets.standard.access;
    expect(renewals(life(900), (now) => ({ from: now, to: now + whole }), 1800)).toEqual([871, 1742]);
  });

  test("a token with a shorter life is renewed in its last fifth", () => {
    expect(renewals(life(100), (now) => ({ from: now, to: now + 100 * second }), 200)).toEqual([81, 162]);
  });

  test("a token that lives for seconds is never renewed", () => {
    const { access } = lifetimePresets.seconds;
    expect(renewals(life(access / second), (now) => ({ from: now, to: now + access }), 60)).toEqual([]);
  });

  test("an ended token is not renewed", () => {
    expect(isRenewalDue(life(900), 900 * second, null)).toBe(false);
    expect(isRenewalDue(life(900), 2000 * second, null)).toBe(false);
  });

  test("a token is renewed once only if its successor ends no later", () => {
    expect(renewals(life(900), () => life(900), 900)).toEqual([871]);
  });

  test("after a failure, renewal is tried again when half of the remaining time is over", () => {
    expect(renewals(life(900), () => life(900), 900, true)).toEqual([871, 886, 894, 898]);
  });
});
