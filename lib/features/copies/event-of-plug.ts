import { experiments } from "../../lab/experiments.ts";
import type { PlugKind } from "../../lab/feed/plug.ts";
import type { EventName } from "../../lab/reason/lab-events.ts";

/** The event as reasons name it: an experiment of the matrix, or a plug that none plays. */
export const eventOf = {
  "log-out": "replay-after-logout",
  "revoke-this": "revoke-this",
  "revoke-one": "revoke-another",
  "revoke-others": "revoke-others",
  "revoke-all": "replay-after-revoke-all",
  "change-password": "password-change",
  "lower-role": "role-lowered",
  "raise-role": "role-raised",
  disable: "user-disabled",
  "admin-ends-all": "admin-ends-all",
  "rotate-keys": "keys-rotated",
  restart: "memory-lost",
  clock: "clock-moved",
} as const satisfies Record<PlugKind, EventName>;

const played: ReadonlySet<string> = new Set(experiments.map(({ id }) => id));

/** The experiment of the matrix with the same event; `null`: there is none. */
export function experimentOf(kind: PlugKind): string | null {
  const event = eventOf[kind];
  return played.has(event) ? event : null;
}
