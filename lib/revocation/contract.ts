import { expect } from "vitest";
import type { Denylist, Revocation, Users } from "../core/ports.ts";
import type { Duration } from "../core/time.ts";

export type PolicyContext = {
  readonly policy: Revocation;
  readonly users: Users;
  readonly denylist: Denylist;
  readonly clock: { now(): number; advance(by: Duration): void };
};

export type PolicyRules = Readonly<Record<string, (context: PolicyContext) => Promise<void>>>;

/** What was issued to a person just now, as a flow shows it to the policy. */
async function issued({ users, clock }: PolicyContext, userId: string, jti: string, lifetime: Duration = 100) {
  const user = await users.find(userId);
  return { userId, version: user?.version ?? 0, jti, expiresAt: clock.now() + lifetime };
}

const wanted = { ok: true, value: null };
const revoked = { ok: false, code: "REVOKED" };

/** The rules for every policy. alice and bob are people of its lab. */
export const everyPolicy: PolicyRules = {
  async "a credential that was not ended is accepted, however often it is checked"(context) {
    const token = await issued(context, "alice-id", "a");
    for (let turn = 0; turn < 3; turn += 1) expect(await context.policy.check(token)).toEqual(wanted);
  },

  async "does not judge time: past its exp the signer refuses, not the policy"(context) {
    const token = await issued(context, "alice-id", "a");
    context.clock.advance(1000);
    expect(await context.policy.check(token)).toEqual(wanted);
  },
};

/** For a policy that knows single credentials. */
export const endsOne: PolicyRules = {
  async "[ASVS 7.4.1] ends the credential that it is given, and no other of that person"(context) {
    const [one, other] = [await issued(context, "alice-id", "a"), await issued(context, "alice-id", "b")];
    await context.policy.end?.(one);
    expect(await context.policy.check(one)).toMatchObject(revoked);
    expect(await context.policy.check(other)).toEqual(wanted);
  },

  async "ending a credential again, also at the same moment, has no effect"(context) {
    const one = await issued(context, "alice-id", "a");
    await Promise.all(Array.from({ length: 8 }, () => context.policy.end?.(one)));
    await context.policy.end?.(one);
    expect(await context.policy.check(one)).toMatchObject(revoked);
  },

  async "an ended credential stays ended to the last moment before its exp"(context) {
    const one = await issued(context, "alice-id", "a");
    await context.policy.end?.(one);
    context.clock.advance(99);
    await context.policy.end?.(await issued(context, "bob-id", "b"));
    expect(await context.policy.check(one)).toMatchObject(revoked);
  },

  async "the list holds only ended tokens before their exp"(context) {
    for (const jti of ["a", "b", "c"]) {
      await context.policy.end?.(await issued(context, "alice-id", jti));
      context.clock.advance(60);
    }
    expect(await context.denylist.count()).toBe(2);
  },

  async "a credential without a jti is refused"({ policy }) {
    expect(await policy.check({ userId: "alice-id", version: 0 })).toMatchObject({
      ok: false,
      code: "INVALID_CREDENTIAL",
    });
  },
};

/** For a policy that knows people. */
export const endsAll: PolicyRules = {
  async "[ASVS 7.4.1] ends all earlier credentials of a person, and no later ones or other people's"(context) {
    const before = [await issued(context, "alice-id", "a"), await issued(context, "alice-id", "b")];
    const bob = await issued(context, "bob-id", "c");
    await context.policy.endAll?.("alice-id");
    for (const each of before) expect(await context.policy.check(each)).toMatchObject(revoked);
    for (const each of [bob, await issued(context, "alice-id", "d")]) {
      expect(await context.policy.check(each)).toEqual(wanted);
    }
  },

  async "a credential of an unknown person is refused"(context) {
    expect(await context.policy.check(await issued(context, "nobody", "a"))).toMatchObject(revoked);
  },
};
