import type { Data } from "../../core/session-data.ts";
import { type Duration, type Instant, isInstant } from "../../core/time.ts";
import type { Identity } from "../../core/user.ts";

/** The whole state of a login. It exists only in the cookie. */
export type State = {
  /** A copy of the person, or their username alone. */
  readonly user: Identity | string;
  readonly version: number;
  readonly issuedAt: Instant;
  readonly authenticatedAt: Instant;
  readonly seenAt: Instant;
  readonly idleFor: Duration;
  readonly endsAt: Instant;
  readonly remembered: boolean;
  /** Session data. Absent: none yet. */
  readonly data?: Data;
};

/** The nearer of the two ends. Sliding moves `seenAt`, and never `endsAt` (NIST 5.2 reset). */
export function expiry(state: State): Instant {
  return Math.min(state.seenAt + state.idleFor, state.endsAt);
}

/** A cookie may come from anywhere. A value of this type need not be true, but code can read it safely. */
export function isState(value: unknown): value is State {
  if (!isObject(value)) return false;
  const { user, version, remembered, data = {} } = value;
  const times = [value["issuedAt"], value["authenticatedAt"], value["seenAt"], value["idleFor"], value["endsAt"]];
  return (
    (typeof user === "string" || isIdentity(user)) &&
    [version, ...times].every(isInstant) &&
    typeof remembered === "boolean" &&
    isObject(data) &&
    !Array.isArray(data)
  );
}

function isIdentity(user: unknown): user is Identity {
  return (
    isObject(user) &&
    [user["id"], user["username"], user["displayName"]].every((text) => typeof text === "string") &&
    (user["role"] === "user" || user["role"] === "admin")
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
