import type { FlowId } from "../../core/ids.ts";
import type { UserId } from "../../core/user.ts";
import type { AnsweredCall } from "../../http/application.ts";
import { experiments } from "../../lab/experiments.ts";
import type { PlugKind } from "../../lab/feed/copies-view.ts";
import type { EventName } from "../../lab/reason/lab-events.ts";

/** What an answered call did that should end logins, and which of them. */
export type Plug = {
  readonly kind: PlugKind;
  /** The logins that it is about: all that fit each of these. */
  readonly about: {
    readonly flow?: FlowId;
    /** The person of the logins; `sender`: the one of the logins whose credentials came with the call. */
    readonly user?: UserId | "sender";
    /** The logins whose credentials came with the call, or all others. */
    readonly which?: "own" | "others";
    /** The record of one login. */
    readonly record?: string;
  };
};

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

/**
 * The plug that this call pulled; `null`: none. A revocation that the flow does not have counts as well: its owner asked
 * for it, and the login goes on.
 */
export function plugOf(
  { method, path: address, params, body, response }: AnsweredCall,
  flows: readonly FlowId[],
): Plug | null {
  const { ok, status } = response;
  if (!ok && status !== 405) return null;
  const path = address.replace(/^\/api\//, "");
  const flow = flows.find((id) => path.startsWith(`${id}/`));
  if (flow !== undefined) return plugOfFlow(flow, path.slice(flow.length + 1), method, body);
  if (!ok) return null;
  const user = params["id"] ?? "";
  switch (`${method} ${user ? path.replace(user, ":id") : path}`) {
    case "POST account/password":
      return { kind: "change-password", about: { user: "sender" } };
    case "POST admin/users/:id/role":
      return { kind: field(body, "role") === "admin" ? "raise-role" : "lower-role", about: { user } };
    case "POST admin/users/:id/disable":
      return field(body, "disabled") === false ? null : { kind: "disable", about: { user } };
    case "POST admin/users/:id/revoke":
      return { kind: "admin-ends-all", about: { user, ...ofOne(body) } };
    case "POST lab/keys/rotate":
      return field(body, "overlap") === true ? null : { kind: "rotate-keys", about: {} };
    case "POST lab/forget-memory":
      return { kind: "restart", about: {} };
    case "POST lab/clock":
      return { kind: "clock", about: {} };
    default:
      return null;
  }
}

const scopes: Readonly<Record<string, Plug>> = {
  current: { kind: "revoke-this", about: { which: "own" } },
  others: { kind: "revoke-others", about: { which: "others", user: "sender" } },
  all: { kind: "revoke-all", about: { user: "sender" } },
};

function plugOfFlow(flow: FlowId, action: string, method: string, body: unknown): Plug | null {
  if (method !== "POST") return null;
  if (action === "logout") return { kind: "log-out", about: { flow, which: "own" } };
  if (action !== "revoke") return null;
  const scoped = scopes[String(field(body, "scope"))] ?? { kind: "revoke-one", about: ofOne(body) };
  return { ...scoped, about: { ...scoped.about, flow } };
}

/** Of a call that names one login. */
function ofOne(body: unknown): { readonly record?: string } {
  const record = field(body, "session");
  return typeof record === "string" ? { record } : {};
}

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
}
