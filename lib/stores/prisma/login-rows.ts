import type { VariantId } from "../../core/ids.ts";
import type { Replacement } from "../../core/ports.ts";
import type { Ended, EndReason, LoginRecord, RefreshFamily, RefreshToken } from "../../core/record.ts";
import type {
  RefreshFamily as FamilyRow,
  LoginRecord as RecordRow,
  RefreshToken as TokenRow,
} from "./generated/client.ts";
import { instantOf } from "./instants.ts";

/** The columns that records and families share. */
type LoginFields = Omit<RefreshFamily, "client">;
type SharedColumns = Omit<FamilyRow, "client">;

/** The columns of a new record, without its lab and flow. */
export function recordColumns(record: LoginRecord) {
  return {
    ...heldColumns(record),
    key: record.key,
    idleFor: BigInt(record.idleFor),
    idleEndsAt: BigInt(record.idleEndsAt),
  };
}

export function recordOf(row: RecordRow): LoginRecord {
  return { ...heldOf(row), key: row.key, idleFor: instantOf(row.idleFor), idleEndsAt: instantOf(row.idleEndsAt) };
}

/** The columns of a new family, without its lab and flow. */
export function familyColumns(family: RefreshFamily) {
  return { ...heldColumns(family), client: family.client };
}

export function familyOf(row: FamilyRow): RefreshFamily {
  return { ...heldOf(row), client: row.client === "native" ? "native" : "browser" };
}

/** The columns of a new token, without its lab, flow and family. */
export function tokenColumns({ hash, jti, generation, createdAt, usedAt }: RefreshToken) {
  return { hash, jti, generation, createdAt: BigInt(createdAt), usedAt: usedAt === null ? null : BigInt(usedAt) };
}

export function tokenOf(row: Omit<TokenRow, "labId" | "flow" | "replacedBy">): RefreshToken {
  const { hash, jti, familyId, generation, createdAt, usedAt } = row;
  return {
    hash,
    jti,
    familyId,
    generation,
    createdAt: instantOf(createdAt),
    usedAt: usedAt === null ? null : instantOf(usedAt),
  };
}

/** The columns that end a record or a family. */
export function endColumns({ at, reason }: Ended) {
  return { endedAt: BigInt(at), endReason: reason };
}

function heldColumns(held: LoginFields) {
  const { id, variant, userId, userVersion, remembered, ip, userAgent, device } = held;
  return {
    ...{ id, variant, userId, userVersion, remembered, ip, userAgent, device },
    createdAt: BigInt(held.createdAt),
    lastSeenAt: BigInt(held.lastSeenAt),
    authenticatedAt: BigInt(held.authenticatedAt),
    elevatedUntil: BigInt(held.elevatedUntil),
    endsAt: BigInt(held.endsAt),
    ...(held.ended ? endColumns(held.ended) : { endedAt: null, endReason: null }),
  };
}

function heldOf(row: SharedColumns): LoginFields {
  const { id, userId, userVersion, remembered, ip, userAgent, device } = row;
  return {
    ...{ id, userId, userVersion, remembered, ip, userAgent, device },
    variant: variantOf(row.variant),
    createdAt: instantOf(row.createdAt),
    lastSeenAt: instantOf(row.lastSeenAt),
    authenticatedAt: instantOf(row.authenticatedAt),
    elevatedUntil: instantOf(row.elevatedUntil),
    endsAt: instantOf(row.endsAt),
    ended: row.endedAt === null ? null : { at: instantOf(row.endedAt), reason: reasonOf(row.endReason) },
  };
}

const reasons = {
  logout: "logout",
  revoked: "revoked",
  replaced: "replaced",
  "reuse-detected": "reuse-detected",
  evicted: "evicted",
} as const satisfies { [Reason in EndReason]: Reason };

function reasonOf(text: string | null): EndReason {
  const reason = Object.values(reasons).find((known) => known === text);
  if (!reason) throw new Error(`The database holds an end reason that nobody knows: ${text}`);
  return reason;
}

/** Why a row that is not live could not be replaced. */
export function replacementOf(row: Pick<SharedColumns, "endReason"> | undefined | null): Replacement {
  return row && reasonOf(row.endReason) === "replaced" ? "rival" : "over";
}

/** Shared with the rows of a lab, which name variants as well. */
export function variantOf(text: string): VariantId {
  const [flow, name] = text.split("/");
  if (!flow || !name) throw new Error(`The database holds a variant without a flow: ${text}`);
  return `${flow}/${name}`;
}
