import type { FlowDeps } from "./ports.ts";
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
  if (record.ended) return refuse("REVOKED", `ended record: ${record.ended.reason}`);
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
  if (!user || user.disabled) return refuse("REVOKED", "person");
  if (user.version !== issuedVersion) return refuse("REVOKED", "version");
  return ok(user);
}

/** How a record is used: by which client, where that is known, and whether this counts as use. `fresh`: past a read cache. */
export type Asking = { readonly client: GivenTo | null; readonly touch: boolean; readonly fresh: boolean };

type GivenTo = Pick<RefreshFamily, "ip" | "userAgent" | "device">;

/** A record that is bound to the client that it was given to. */
type BoundRecord = GivenTo & Pick<RefreshFamily, "id" | "userId">;

/** How the client differs, where a binding set to `warn` looks; `null`: not at all. */
type Use = { readonly changed: string | null };

/**
 * Does this record count for the client that sends its credential? As `judgeRecord`, and CLIENT_CHANGED by its binding,
 * which is logged if it is a use.
 */
export function judgeUse(
  deps: Pick<FlowDeps, "settings" | "clock" | "log" | "refuse">,
  record: Parameters<typeof judgeRecord>[1] & BoundRecord,
  { client, touch }: Omit<Asking, "fresh">,
): Result<Use> {
  const alive = judgeRecord(deps, record);
  if (!alive.ok) return alive;
  const changes = client ? changesOf(deps.settings.binding, record, client) : [];
  const [refused] = changes.filter(({ how }) => how === "enforce");
  if (!refused) return ok({ changed: changes.map(({ was }) => was).join(", ") || null });
  if (touch) note(deps, "client-refused", record, refused.was);
  return deps.refuse("CLIENT_CHANGED", refused.part);
}

/** Logs how the client of an accepted use differs. */
export function noteClient(deps: Pick<FlowDeps, "settings" | "log">, record: BoundRecord, { changed }: Use): void {
  if (changed !== null) note(deps, "client-changed", record, changed);
}

/** At once, since a thief may come in the same minute as the owner; and not with each request of one client. */
function note(
  { settings, log }: Pick<FlowDeps, "settings" | "log">,
  type: "client-changed" | "client-refused",
  { id, userId }: BoundRecord,
  detail: string,
): void {
  log.record({ type, userId, recordId: id, detail }, { onceIn: settings.lifetimes.touchEvery });
}

type Change = { readonly part: "user agent" | "address"; readonly how: Strictness; readonly was: string };

/**
 * How the sender differs from the client that the login was given to. Of a user agent, browser, system and form factor
 * count, which the device's name has: an update changes its versions. Neither property is proof: a thief can send the
 * same user agent, and an honest phone changes its address.
 */
function changesOf(binding: Binding | undefined, record: GivenTo, client: GivenTo): readonly Change[] {
  const { userAgent = "off", ip = "off" } = binding ?? {};
  const changes: readonly (Change & { readonly isSame: boolean })[] = [
    {
      ...{ part: "user agent", how: userAgent, isSame: record.device === client.device },
      was: `user agent was ${record.userAgent}`,
    },
    { part: "address", how: ip, isSame: record.ip === client.ip, was: `address was ${record.ip}` },
  ];
  return changes.filter(({ how, isSame }) => how !== "off" && !isSame);
}
