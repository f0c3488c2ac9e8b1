import type { EndReason } from "../../core/record.ts";
import type { experiments } from "../experiments.ts";
import { type DecidingStep, endedRecord } from "./enders.ts";

/**
 * `ends`: it should end the login. `untold`: the server hears nothing of it. `role`: it changes what the person may do.
 * The others are named after what changes.
 */
export type EventKind =
  | "ends"
  | "untold"
  | "role"
  | "keys"
  | "overlap"
  | "memory"
  | "node"
  | "routed"
  | "node-lost"
  | "time"
  | "client"
  | "planted"
  | "exchanged"
  | "forged"
  | "other-flow"
  | "late";

/** An event as a sentence tells it. */
export type LabEvent = {
  readonly kind: EventKind;
  /** Its name inside a sentence: `the logout`. */
  readonly name: string;
  /**
   * The steps at which a look-up notices it: first the one for the login that was copied, then the one for other logins
   * of its person. Absent: no look-up does.
   */
  readonly steps?: readonly [DecidingStep, ...DecidingStep[]];
  /** The copy is tried at another node. */
  readonly elsewhere?: true;
  /** Each node has a read cache. */
  readonly cached?: true;
};

const endedWith = (reason: EndReason) => `${endedRecord}: ${reason}`;

const logout: LabEvent = { kind: "ends", name: "the logout", steps: [endedWith("logout")] };
const revocation: LabEvent = { kind: "ends", name: "the revocation", steps: [endedWith("revoked"), "version"] };
const newKeys: LabEvent = { kind: "keys", name: "the new keys" };
const planted: LabEvent = { kind: "planted", name: "the new login", steps: [endedWith("replaced")] };
const otherNode: LabEvent = { kind: "node", name: "the other node", elsewhere: true };
const otherDevice: LabEvent = { kind: "client", name: "the other device" };

const ofExperiments = {
  "client-forgets": { kind: "untold", name: "closing the tab" },
  "browser-data-cleared": { kind: "untold", name: "clearing the browser" },
  "replay-after-logout": logout,
  "late-answer": { ...logout, kind: "late" },
  "revoke-this": revocation,
  "revoke-another": revocation,
  "revoke-others": revocation,
  "replay-after-revoke-all": revocation,
  // The browser that changes it gets a new login in the place of its own.
  "password-change": { kind: "ends", name: "the password change", steps: [endedWith("replaced"), "version"] },
  "admin-ends-all": { kind: "ends", name: "the admin", steps: [endedWith("revoked"), "version"] },
  "user-disabled": { kind: "ends", name: "disabling the person", steps: ["person"] },
  "role-lowered": { kind: "role", name: "the demotion" },
  "keys-rotated": newKeys,
  "keys-rotated-overlap": { ...newKeys, kind: "overlap" },
  "memory-lost": { kind: "memory", name: "the restart" },
  "second-node": otherNode,
  "logout-elsewhere": { ...logout, elsewhere: true },
  "logout-elsewhere-cached": { ...logout, elsewhere: true, cached: true },
  "idle-passed": { kind: "time", name: "the idle time", steps: ["idle end"] },
  "absolute-passed": { kind: "time", name: "the longest time", steps: ["absolute end"] },
  "other-device": otherDevice,
  "other-device-bound": { ...otherDevice, steps: ["user agent"] },
  fixation: planted,
  "fixation-kept": planted,
  "network-changed": { kind: "client", name: "the other network", steps: ["address"] },
  "sticky-routing": { kind: "routed", name: "the router" },
  "sticky-node-lost": { kind: "node-lost", name: "the lost node" },
  "refresh-replay": { kind: "exchanged", name: "the refresh" },
  forge: { kind: "forged", name: "the forgery" },
  "cross-flow": { kind: "other-flow", name: "the other flow" },
} as const satisfies Record<(typeof experiments)[number]["id"], LabEvent>;

/** Plugs of the dashboard that no experiment plays, so no variant claims anything about them. */
const ofPlugs = {
  "role-raised": { kind: "role", name: "the promotion", steps: ["version"] },
  "clock-moved": { kind: "time", name: "the moved clock" },
} as const satisfies Record<string, LabEvent>;

/** An experiment, or a plug that no experiment plays. */
export type EventName = keyof typeof ofExperiments | keyof typeof ofPlugs;

const known: ReadonlyMap<string, LabEvent> = new Map(Object.entries({ ...ofExperiments, ...ofPlugs }));

/** The event of an experiment or a plug; `null`: it has none of that name. */
export function findLabEvent(name: string | null): LabEvent | null {
  return (name !== null && known.get(name)) || null;
}
