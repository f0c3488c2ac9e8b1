import type { Principal, RecordSummary, RevokeTarget } from "./flow.ts";
import type { Ended, EndReason, RefreshFamily } from "./record.ts";
import { ok, type Result, refuse } from "./result.ts";
import type { Instant } from "./time.ts";
import type { User, UserId } from "./user.ts";

/** Is this record still worth something by itself? REVOKED if it was ended, EXPIRED past its nearer end. */
export function judgeRecord(
  record: { readonly ended: Ended | null; readonly endsAt: Instant; readonly idleEndsAt?: Instant },
  now: Instant,
): Result<null> {
  if (record.ended) return refuse("REVOKED", "ended record");
  if (now >= record.endsAt) return refuse("EXPIRED", "absolute end");
  if (now >= (record.idleEndsAt ?? record.endsAt)) return refuse("EXPIRED", "idle end");
  return ok(null);
}

/** Is the person behind it still the one it was issued to? REVOKED if gone, disabled, or raised to another version. */
export function judgeUser(user: User | null, issuedVersion: number): Result<User> {
  if (!user || user.disabled || user.version !== issuedVersion) return refuse("REVOKED", "person");
  return ok(user);
}

/** What both kinds of store offer to whoever ends logins: sessions by their records, token logins by their families. */
type Logins<T> = {
  end(id: string, why: Ended): Promise<boolean>;
  endAll(userId: UserId, why: Ended, exceptId?: string): Promise<number>;
  list(userId: UserId, now: Instant): Promise<readonly T[]>;
};

/** Ends what the target names and answers how many records that was. A record of somebody else is not found. */
export async function endLogins(
  logins: Logins<{ readonly id: string }>,
  actor: Principal,
  target: RevokeTarget,
  why: { readonly at: Instant; readonly reason: EndReason },
): Promise<number> {
  if ("session" in target) {
    const theirs = await logins.list(target.user, why.at);
    if (!theirs.some((record) => record.id === target.session)) return 0;
    return Number(await logins.end(target.session, why));
  }
  if (target.scope === "all") return logins.endAll(target.user, why);
  if (target.scope === "others") return logins.endAll(target.user, why, actor.recordId);
  return actor.recordId ? Number(await logins.end(actor.recordId, why)) : 0;
}

/** The logins of a person that would get in now. */
export async function liveLogins(
  logins: Logins<Listed>,
  user: User | null,
  now: Instant,
): Promise<readonly RecordSummary[]> {
  if (!user || user.disabled) return [];
  const records = await logins.list(user.id, now);
  return records
    .filter((record) => record.userVersion === user.version)
    .map(({ id, createdAt, lastSeenAt, idleEndsAt, endsAt, device, ip }) => ({
      id,
      createdAt,
      lastSeenAt,
      expiresAt: Math.min(idleEndsAt ?? endsAt, endsAt),
      device,
      ip,
    }));
}

type Listed = Pick<RefreshFamily, "id" | "userVersion" | "createdAt" | "lastSeenAt" | "endsAt" | "device" | "ip"> & {
  readonly idleEndsAt?: Instant;
};
