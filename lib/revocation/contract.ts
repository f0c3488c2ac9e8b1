import { expect } from "vitest";
import type { Denylist, Revocation, Users } from "../core/ports.ts";
import type { Duration } from "../core/time.ts";

export type PolicyWorld = {
  readonly policy: Revocation;
  readonly users: Users;
  readonly denylist: Denylist;
  readonly clock: { now(): number; advance(by: Duration): void };
};

export type PolicyRules = Readonly<Record<string, (world: PolicyWorld) => Promise<void>>>;

/** What was issued to a person just now, as a flow shows it to the policy. */
async function issued({ users, clock }: PolicyWorld, userId: string, jti: string, lifetime: Duration = 100) {
  const user = await users.find(userId);
  return { userId, version: user?.version ?? 0, jti, expiresAt: clock.now() + lifetime };
}

const wanted = { ok: true, value: null };
const revoked = { ok: false, code: "REVOKED" };

/** The rules for every policy. alice and bob are people of its lab. */
export const everyPolicy: PolicyRules = {
  async "a credential that was not ended is accepted, however often it is checked"(world) {
    const token = await issued(world, "alice-id", "a");
    for (let turn = 0; turn < 3; turn += 1) expect(await world.policy.check(token)).toEqual(wanted);
  },

  async "does not judge time: past its exp the signer refuses, not the policy"(world) {
    const token = await issued(world, "alice-id", "a");
    world.clock.advance(1000);
    expect(await world.policy.check(token)).toEqual(wanted);
  },
};

/** For a policy that knows single credentials. */
export const endsOne: PolicyRules = {
  async "[ASVS 7.4.1] ends the credential that it is given, and no other of that person"(world) {
    const [one, other] = [await issued(world, "alice-id", "a"), await issued(world, "alice-id", "b")];
    await world.policy.end?.(one);
    expect(await world.policy.check(one)).toMatchObject(revoked);
    expect(await world.policy.check(other)).toEqual(wanted);
  },

  async "ending a credential again, also at the same moment, has no effect"(world) {
    const one = await issued(world, "alice-id", "a");
    await Promise.all(Array.from({ length: 8 }, () => world.policy.end?.(one)));
    await world.policy.end?.(one);
    expect(await world.policy.check(one)).toMatchObject(revoked);
  },

  async "an ended credential stays ended to the last moment before its exp"(world) {
    const one = await issued(world, "alice-id", "a");
    await world.policy.end?.(one);
    world.clock.advance(99);
    await world.policy.end?.(await issued(world, "bob-id", "b"));
    expect(await world.policy.check(one)).toMatchObject(revoked);
  },

  async "the list holds only ended tokens before their exp"(world) {
    for (const jti of ["a", "b", "c"]) {
      await world.policy.end?.(await issued(world, "alice-id", jti));
      world.clock.advance(60);
    }
    expect(await world.denylist.count()).toBe(2);
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
  async "[ASVS 7.4.1] ends all earlier credentials of a person, and no later ones or other people's"(world) {
    const before = [await issued(world, "alice-id", "a"), await issued(world, "alice-id", "b")];
    const bob = await issued(world, "bob-id", "c");
    await world.policy.endAll?.("alice-id");
    for (const each of before) expect(await world.policy.check(each)).toMatchObject(revoked);
    for (const each of [bob, await issued(world, "alice-id", "d")]) {
      expect(await world.policy.check(each)).toEqual(wanted);
    }
  },

  async "a credential of an unknown person is refused"(world) {
    expect(await world.policy.check(await issued(world, "nobody", "a"))).toMatchObject(revoked);
  },
};
