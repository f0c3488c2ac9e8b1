import type { EventLog, FlowDeps } from "./ports.ts";
import type { Ended, RefreshFamily } from "./record.ts";
import { ok, type Result } from "./result.ts";
import type { Binding, Strictness } from "./settings.ts";
import type { Instant } from "./time.ts";
import type { User } from "./user.ts";

/**
 * Does this record count by itself? REVOKED if it was ended, EXPIRED past its nearer end (RFC 9700 §4.14.2 inactivity).
 */
export function judgeRecord(
  { clock, refuse }: Pick<FlowDeps, "clock" | "refuse">,
  record: { readonly ended: Ended | null; readonly endsAt: Instant; readonly idleEndsAt?: Instant },
): Result<null> {
  const now = clock.now();
  if (record.ended) return refuse("REVOKED", "ended record");
  if (now >= record.endsAt) return refuse("EXPIRED", "absolute end");
  if (now >= (record.idleEndsAt ?? record.endsAt)) return refuse("EXPIRED", "idle end");
  return ok(null);
}

/** Is the person still the one that it was issued to? REVOKED if gone, disabled, or raised to another version. */
export function judgeUser(
  { refuse }: Pick<FlowDeps, "refuse">,
  user: User | null,
  issuedVersion: number,
): Result<User> {
  if (!user || user.disabled || user.version !== issuedVersion) return refuse("REVOKED", "person");
  return ok(user);
}

/** The differences that a binding set to `warn` found; `null`: none. */
type Use = { readonly changed: string | null };

/**
 * Does this record count for the client that sends its credential? As `judgeRecord`, and CLIENT_CHANGED by its binding.
 */
export function judgeUse(
  deps: Pick<FlowDeps, "settings" | "clock" | "refuse">,
  record: Parameters<typeof judgeRecord>[1] & GivenTo,
  client: GivenTo,
): Result<Use> {
  const alive = judgeRecord(deps, record);
  return alive.ok ? judgeClient(deps, record, client) : alive;
}

type GivenTo = Pick<RefreshFamily, "ip" | "userAgent">;

/**
 * Does the sender look like the client that the login was given to? Neither property is proof: a thief can send the
 * same user agent, and an honest phone changes its address.
 */
function judgeClient(
  { settings, refuse }: Pick<FlowDeps, "settings" | "refuse">,
  record: GivenTo,
  client: GivenTo,
): Result<Use> {
  const differs = (part: keyof Binding, how: Strictness) =>
    settings.binding?.[part] === how && record[part] !== client[part];
  if (differs("userAgent", "enforce")) return refuse("CLIENT_CHANGED", "user agent");
  if (differs("ip", "enforce")) return refuse("CLIENT_CHANGED", "address");
  const changes = [
    ...(differs("userAgent", "warn") ? [`user agent was ${record.userAgent}`] : []),
    ...(differs("ip", "warn") ? [`address was ${record.ip}`] : []),
  ];
  return ok({ changed: changes.join(", ") || null });
}

/** Logs the differences that a binding found. */
export function noteClient(
  log: EventLog,
  { id, userId }: Pick<RefreshFamily, "id" | "userId">,
  { changed }: Use,
): void {
  if (changed !== null) log.record({ type: "client-changed", userId, recordId: id, detail: changed });
}
