import type { FlowId } from "../../core/ids.ts";
import type { UserId } from "../../core/user.ts";

/** What can be done that should end logins. */
export const plugKinds = [
  "log-out",
  "revoke-this",
  "revoke-one",
  "revoke-others",
  "revoke-all",
  "change-password",
  "lower-role",
  "raise-role",
  "disable",
  "admin-ends-all",
  "rotate-keys",
  "restart",
  "clock",
] as const;
export type PlugKind = (typeof plugKinds)[number];

/** What a call did that should end logins, and which: all that fit each of these. */
export type Plug = {
  readonly kind: PlugKind;
  readonly flow?: FlowId;
  readonly user?: UserId;
  /** The logins whose credentials came with the call, or all others. */
  readonly which?: "own" | "others";
  /** The record of one login. */
  readonly record?: string;
};
