import type { Principal, RecordSummary, RevokeTarget } from "./login.ts";
import type { AuthEvent, EventLog, FlowDeps } from "./ports.ts";
import type { Ended, EndReason, RefreshFamily } from "./record.ts";
import { ok, type Result } from "./result.ts";
import type { Instant } from "./time.ts";
import type { User, UserId } from "./user.ts";
import { judgeUser } from "./validity.ts";

/**
 * What ending logins needs of a store. Sessions have records, token logins have families; both kinds of store offer
 * this.
 */
type EndableLogins<T> = {
  end(id: string, why: Ended, how?: { readonly key?: string | undefined }): Promise<boolean>;
  endAll(userId: UserId, why: Ended, exceptId?: string): Promise<number>;
  list(userId: UserId, now: Instant): Promise<readonly T[]>;
};

/** Ends what the target names and answers how many records ended. Finds only the target person's own records. */
export async function endLogins(
  logins: EndableLogins<{ readonly id: string; readonly key?: string }>,
  actor: Principal,
  target: RevokeTarget,
  why: { readonly at: Instant; readonly reason: EndReason },
): Promise<number> {
  if ("session" in target) {
    const theirs = await logins.list(target.user, why.at);
    const found = theirs.find((record) => record.id === target.session);
    return found ? Number(await logins.end(found.id, why, { key: found.key })) : 0;
  }
  if (target.scope === "all") return logins.endAll(target.user, why);
  if (target.scope === "others") return logins.endAll(target.user, why, actor.recordId);
  return actor.recordId ? Number(await logins.end(actor.recordId, why, { key: actor.recordKey })) : 0;
}

/**
 * Is the login that only a token names still live, and its person the same? The token itself is good to its `exp`.
 * REVOKED: it was ended, is past its end, or its person is of another version.
 */
export async function confirmLogin(
  { users, clock, refuse }: Pick<FlowDeps, "users" | "clock" | "refuse">,
  logins: Pick<EndableLogins<Listed>, "list">,
  { userId, recordId }: { readonly userId: UserId; readonly recordId: string | undefined },
): Promise<Result<null>> {
  const login = (await logins.list(userId, clock.now())).find(({ id }) => id === recordId);
  if (!login) return refuse("REVOKED", "ended record");
  const user = judgeUser({ refuse }, await users.find(userId, { fresh: true }), login.userVersion);
  return user.ok ? ok(null) : user;
}

/** The event of logins that were revoked, or evicted by the cap on parallel logins. */
export function endedEvent(target: RevokeTarget, ended: number, reason: "revoked" | "evicted"): AuthEvent {
  const { user: userId } = target;
  if (reason === "evicted" && "session" in target) return { type: "evicted", userId, recordId: target.session };
  return { type: "revoked", userId, detail: `${ended} ended` };
}

/**
 * After a login: ends the oldest logins above the cap (ASVS 7.1.2, WSTG-SESS-11). The new login is added before it
 * counts, so logins at the same moment see each other and agree on which ones end.
 */
export async function evictOldest(
  logins: EndableLogins<Listed>,
  user: User,
  { parallelLogins, now, log }: { parallelLogins: number | undefined; now: Instant; log: EventLog },
): Promise<void> {
  if (parallelLogins === undefined) return;
  const live = (await logins.list(user.id, now)).filter((each) => each.userVersion === user.version);
  const oldest = [...live].sort((a, b) => b.createdAt - a.createdAt || b.id.localeCompare(a.id)).slice(parallelLogins);
  for (const { id, key } of oldest) {
    const ended = await logins.end(id, { at: now, reason: "evicted" }, { key });
    if (ended) log.record({ type: "evicted", userId: user.id, recordId: id });
  }
}

/** The logins of a person that are accepted now. */
export async function liveLogins(
  { users, clock }: Pick<FlowDeps, "users" | "clock">,
  logins: Pick<EndableLogins<Listed>, "list">,
  userId: UserId,
): Promise<readonly RecordSummary[]> {
  const records = await logins.list(userId, clock.now());
  // Each login asks this of every flow, and most have none of this person's.
  const user = records.length > 0 ? await users.find(userId, { fresh: true }) : null;
  if (!user || user.disabled) return [];
  return records
    .filter((record) => record.userVersion === user.version)
    .map(({ id, variant, createdAt, lastSeenAt, idleEndsAt, endsAt, device, ip }) => ({
      id,
      variant,
      createdAt,
      lastSeenAt,
      expiresAt: Math.min(idleEndsAt ?? endsAt, endsAt),
      device,
      ip,
    }));
}

type Listed = Pick<
  RefreshFamily,
  "id" | "variant" | "userVersion" | "createdAt" | "lastSeenAt" | "endsAt" | "device" | "ip"
> & {
  readonly idleEndsAt?: Instant;
  readonly key?: string;
};
