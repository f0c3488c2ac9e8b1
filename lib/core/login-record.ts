import { lately, type Principal } from "./login.ts";
import { evictOldest } from "./login-list.ts";
import type { FlowDeps } from "./ports.ts";
import type { LoginRecord } from "./record.ts";
import type { Client } from "./request.ts";
import { ok, type Result } from "./result.ts";
import { succeed } from "./succession.ts";
import { endsOf, type Instant } from "./time.ts";
import { identityOf, type User } from "./user.ts";
import { type Asking, judgeUse, judgeUser, noteClient } from "./validity.ts";

/** A record that let its client in. `moved`: its idle end was moved on. */
export type Used = { readonly record: LoginRecord; readonly user: User; readonly moved: boolean };

/** A record by its id, and by its key where that is known. */
export type Named = { readonly id: string; readonly key?: string };

type Needed = "variant" | "settings" | "users" | "records" | "random" | "clock" | "log" | "refuse";

/** The life of a login's record: it is opened, kept, and judged on each request. */
export function loginRecords(deps: Pick<FlowDeps, Needed>) {
  const { variant, settings, users, records, random, clock, log, refuse } = deps;

  return {
    /** The record of a login that begins now. `key`: the hash by which it will be found. */
    open(login: {
      readonly key: string;
      readonly user: User;
      readonly client: Client;
      readonly remembered: boolean;
    }): LoginRecord {
      const { key, user, client, remembered } = login;
      const now = clock.now();
      const { idleFor, endsAt } = endsOf(settings.lifetimes, now, remembered);
      return {
        id: random.id(),
        key,
        variant,
        userId: user.id,
        userVersion: user.version,
        createdAt: now,
        lastSeenAt: now,
        authenticatedAt: now,
        elevatedUntil: now + lately,
        idleFor,
        idleEndsAt: now + idleFor,
        endsAt,
        remembered,
        ...client,
        ended: null,
      };
    },

    /**
     * Adds the record of a login in the place of those that this client had when its request began. With `renews` it
     * is the first of these again, and gets its session data. Then the oldest logins above the cap on parallel logins
     * are ended. Refuses with SUPERSEDED, or REVOKED, as `succeed` does.
     */
    async keep(
      record: LoginRecord,
      user: User,
      { previous, renews }: { readonly previous: readonly Named[]; readonly renews: boolean },
    ): Promise<Result<null>> {
      const now = clock.now();
      const store = {
        add: () => records.add(record),
        replace: (each: Named) => records.replace(each, record, { keepsData: renews }),
        end: ({ id, key }: Named) => records.end(id, { at: now, reason: "replaced" }, { key }),
      };
      const kept = await succeed(deps, previous, store, { renews });
      if (kept.ok) await evictOldest(records, user, { parallelLogins: settings.parallelLogins, now, log });
      return kept;
    },

    /** Did another login of the same client take this record's place? */
    async wasReplaced({ key }: { readonly key: string }): Promise<boolean> {
      return (await records.find(key, { fresh: true }))?.ended?.reason === "replaced";
    },

    /**
     * Judges a record that a credential led to. With `touch`, its idle end moves on (NIST 5.2 reset), at most once in
     * `touchEvery`. Refuses with INVALID_CREDENTIAL without a record, EXPIRED, REVOKED, or CLIENT_CHANGED.
     */
    async admit(record: LoginRecord | null, asking: Asking): Promise<Result<Used>> {
      if (!record) return refuse("INVALID_CREDENTIAL", "look-up");
      const now = clock.now();
      const judged = judgeUse(deps, record, asking);
      if (!judged.ok) return judged;
      // The live person, not a copy from login: a lowered role counts on the next request (ASVS 8.3.2).
      const user = judgeUser(deps, await users.find(record.userId, asking), record.userVersion);
      if (!user.ok) return user;
      const unmoved = { record, user: user.value, moved: false };
      if (!asking.touch) return ok(unmoved);
      noteClient(deps, record, judged.value);
      if (now - record.lastSeenAt < settings.lifetimes.touchEvery) return ok(unmoved);
      const seen = { at: now, idleEndsAt: Math.min(now + record.idleFor, record.endsAt) };
      // False: it was ended between the look-up and now.
      if (!(await records.touch(record.key, seen))) return refuse("REVOKED");
      const moved = { ...record, lastSeenAt: seen.at, idleEndsAt: seen.idleEndsAt };
      return ok({ record: moved, user: user.value, moved: true });
    },
  };
}

/** When the login ends if it is not used again. */
export function expiryOf(record: LoginRecord): Instant {
  return Math.min(record.idleEndsAt, record.endsAt);
}

/**
 * The time to the absolute end of a remembered login, in seconds. Absent: the cookie goes with the browser
 * (NIST 5.1 restart).
 */
export function maxAgeOf(record: LoginRecord, now: Instant): number | undefined {
  return record.remembered ? Math.floor((record.endsAt - now) / 1000) : undefined;
}

/** The person behind a record that was accepted. */
export function principalOf(record: LoginRecord, user: User): Principal {
  return {
    user: identityOf(user),
    issuedAt: record.createdAt,
    authenticatedAt: record.authenticatedAt,
    elevatedUntil: record.elevatedUntil,
    expiresAt: expiryOf(record),
    recordId: record.id,
    recordKey: record.key,
  };
}
